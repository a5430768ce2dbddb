#!lua flags=allow-oom
-- Takes the lease of a key: puts a placeholder there, unless something stands there that is to stay, in one step.
-- KEYS[1]  the key
-- KEYS[2]  the key of its refresh lease; left out while a slot moves, when two keys are refused
-- ARGV[1]  the placeholder, which no other lease has
-- ARGV[2]  how long it stands, in milliseconds
-- ARGV[3]  the version of bytes that it may take the place of; empty: of none
-- ARGV[4]  how old another lease is at most, in milliseconds; empty: however old
-- Answers {'granted', 0}; {'held', ms} by another lease, here or for a refresh; {'failed', ms} while an error marker stands;
-- {'changed', 0} when something else is alive. What is held or failed is tracked, so that its end is announced. What is
-- granted is not, as far as it can be told without PTTL: the placeholder would be announced to its own holder.

local bytes = redis.call('GETEX', KEYS[1])
if bytes and bytes ~= ARGV[1] then
  local here = standing(KEYS[1], bytes, ARGV[4])
  if here then return here end
  local unwanted = marker(bytes) or (version(bytes) == ARGV[3] and not isCounter(bytes))
  if not unwanted then
    local isDead = hasLives(bytes) and isOver(bytes, STALE, redis.call('PTTL', KEYS[1]))
    if not isDead then return {'changed', 0} end
    local refresh = KEYS[2] and standing(KEYS[2], redis.call('GETEX', KEYS[2]), ARGV[4])
    if refresh then return refresh end
  end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {'granted', 0}

#!lua flags=allow-oom
-- Reads an epoch, or makes one where there is none, in one step.
-- KEYS[1]  the key
-- ARGV[1]  the epoch to make
-- Answers what stands there now, and its remaining life in milliseconds (-1: for ever). PTTL comes last, so that the key is
-- tracked, and an epoch that was made is announced to its maker only if he tracked its absence.

local bytes = redis.call('GETEX', KEYS[1])
if not bytes then
  bytes = ARGV[1]
  redis.call('SET', KEYS[1], bytes)
end
return {bytes, redis.call('PTTL', KEYS[1])}

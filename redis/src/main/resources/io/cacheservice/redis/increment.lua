#!lua
-- Adds to the counter under a key, which it creates if nothing usable is there, in one step. The life of a counter that
-- is there stays as it is.
-- KEYS[1]  the key
-- ARGV[1]  what to add, a 64-bit number
-- ARGV[2]  the life of a new counter in milliseconds; 0: for ever
-- Answers {'count', the new count}; {'overflow', the count as it stays}; {'no counter'} when the key holds other bytes.
-- Counts are answered as text, since numbers of a script are exact only up to 2^53.

local before = usable(KEYS[1])
if not before then
  put(KEYS[1], ARGV[1], ARGV[2])
  return {'count', ARGV[1]}
end
local after = redis.pcall('INCRBY', KEYS[1], ARGV[1])
if type(after) ~= 'table' then return {'count', redis.call('GETEX', KEYS[1])} end
if string.find(after.err, 'would overflow', 1, true) then return {'overflow', before} end
if string.find(after.err, 'not an integer', 1, true) then return {'no counter'} end
return after

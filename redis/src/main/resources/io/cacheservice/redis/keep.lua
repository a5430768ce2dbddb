#!lua
-- Reads what is kept under a key, or puts it there, and lengthens its life where it would end too soon, in one step.
-- KEYS[1]  the key
-- ARGV[1]  what to put there where nothing is
-- ARGV[2]  how long it is to live from now at least, in milliseconds; 0: for ever
-- Answers what stands there now, and its remaining life in milliseconds (-1: for ever). GETEX makes it one that was read a moment
-- ago, so that it is not the next to be evicted. SET where PEXPIRE would do: the user of a cache may do that anyway.

local bytes = redis.call('GETEX', KEYS[1])
local remaining = bytes and redis.call('PTTL', KEYS[1]) or -2
local wanted = tonumber(ARGV[2])
if not bytes or (remaining >= 0 and (wanted == 0 or remaining < wanted)) then
  bytes = bytes or ARGV[1]
  put(KEYS[1], bytes, ARGV[2])
end
return {bytes, redis.call('PTTL', KEYS[1])}

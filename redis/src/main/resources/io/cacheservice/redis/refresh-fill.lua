#!lua
-- Stores a value in the place of the entry that a refresh lease was taken for, if both stand there, and ends the lease, in
-- one step.
-- KEYS[1]  the key of the entry
-- KEYS[2]  the key of its refresh lease
-- ARGV[1]  the lease's placeholder
-- ARGV[2]  the version of the entry
-- ARGV[3]  the value
-- ARGV[4]  its life in milliseconds; 0: for ever
-- Answers 1 if it stored the value, else 0.

if redis.call('GETEX', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[2])
local bytes = redis.call('GETEX', KEYS[1])
if not bytes or version(bytes) ~= ARGV[2] then return 0 end
put(KEYS[1], ARGV[3], ARGV[4])
return 1

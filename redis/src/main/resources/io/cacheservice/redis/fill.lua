#!lua
-- Stores a value in the place of a lease's placeholder, if exactly that stands there, in one step.
-- KEYS[1]  the key
-- ARGV[1]  the placeholder
-- ARGV[2]  the value
-- ARGV[3]  its life in milliseconds; 0: for ever
-- Answers 1 if it stored the value, else 0.

if redis.call('GETEX', KEYS[1]) ~= ARGV[1] then return 0 end
put(KEYS[1], ARGV[2], ARGV[3])
return 1

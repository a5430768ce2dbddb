#!lua
-- Stores a value if what is under the key is usable and still the entry that the caller saw, in one step.
-- KEYS[1]  the key
-- ARGV[1]  the version seen
-- ARGV[2]  the value
-- ARGV[3]  its life in milliseconds; 0: for ever
-- Answers 1 if it stored the value, else 0.

local bytes = usable(KEYS[1])
if not bytes or version(bytes) ~= ARGV[1] then return 0 end
put(KEYS[1], ARGV[2], ARGV[3])
return 1

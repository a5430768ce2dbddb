#!lua
-- Stores a value if nothing usable is under the key, in one step.
-- KEYS[1]  the key
-- ARGV[1]  the value
-- ARGV[2]  its life in milliseconds; 0: for ever
-- Answers 1 if it stored the value, else 0.

if usable(KEYS[1]) then return 0 end
put(KEYS[1], ARGV[1], ARGV[2])
return 1

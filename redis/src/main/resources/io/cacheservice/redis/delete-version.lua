#!lua flags=allow-oom
-- Removes a key if what is under it is usable and still the entry that the caller saw, in one step.
-- KEYS[1]  the key
-- ARGV[1]  the version seen
-- Answers 1 if it removed the key, else 0.

local bytes = usable(KEYS[1])
if not bytes or version(bytes) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
return 1

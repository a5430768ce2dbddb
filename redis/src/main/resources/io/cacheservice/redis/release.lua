#!lua flags=allow-oom
-- Ends a lease without a value, if exactly its placeholder stands there, in one step.
-- KEYS[1]  the key that it stands under
-- ARGV[1]  the placeholder
-- ARGV[2]  the error marker to leave there; empty: nothing is left
-- ARGV[3]  the life of the marker in milliseconds
-- Answers 1 if the placeholder was there, else 0.

if redis.call('GETEX', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 1

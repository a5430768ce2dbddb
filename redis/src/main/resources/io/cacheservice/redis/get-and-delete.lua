#!lua flags=allow-oom
-- Removes a key and answers what was usable there, in one step.
-- KEYS[1]  the key
-- Answers the bytes and their remaining life in milliseconds (-1: for ever), or an empty list when nothing usable was
-- there; what is not usable is left alone, since a lease placeholder belongs to somebody who is loading.

local bytes, remaining = usable(KEYS[1])
if not bytes then return {} end
redis.call('DEL', KEYS[1])
return {bytes, remaining}

#!lua flags=allow-oom
-- Takes the lease to refresh an entry, which stays where it is, in one step.
-- KEYS[1]  the key of the entry
-- KEYS[2]  the key of its refresh lease
-- ARGV[1]  the placeholder, which no other lease has
-- ARGV[2]  how long it stands, in milliseconds
-- ARGV[3]  the version of the entry that is to be refreshed
-- ARGV[4]  how old another lease is at most, in milliseconds; empty: however old
-- Answers {'granted', 0}; {'held', ms} by another refresh; {'failed', ms} while the error marker of one stands; {'changed',
-- 0} when the entry is another, or a counter. What is held or failed is tracked, so that its end is announced.

local lease = redis.call('GETEX', KEYS[2])
local there = lease ~= ARGV[1] and standing(KEYS[2], lease, ARGV[4])
if there then return there end
local bytes = redis.call('GETEX', KEYS[1])
if not bytes or version(bytes) ~= ARGV[3] or isCounter(bytes) then return {'changed', 0} end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return {'granted', 0}

#!lua flags=allow-oom
-- Stores bytes whatever stands there, also when memory is short: for epochs, and for leases that wait for nobody.
-- KEYS[1]  the key
-- ARGV[1]  the bytes
-- ARGV[2]  their life in milliseconds; 0: for ever
-- Answers 1.

-- Redis before version 7 does not know the flag, and refuses a script for its memory until that has called a command that
-- may write. GETEX may, and does not; that it fails on another type does not matter.
redis.pcall('GETEX', KEYS[1])
put(KEYS[1], ARGV[1], ARGV[2])
return 1

#!lua
-- Writes a key and removes it again, in one step: nobody ever sees anything there, and whoever has read the key is told.
-- KEYS[1]  the key, under which nothing is
-- Answers nothing.

put(KEYS[1], '', '1000')
redis.call('UNLINK', KEYS[1])

#!lua
-- Stores a value if what is under the key is usable and still the entry that the caller saw, in one step.
-- KEYS[1]  the key
-- ARGV[1]  the version seen: 16 hexadecimal digits of an entry's id, or 's-' and the SHA-1 of plain bytes
-- ARGV[2]  the value
-- ARGV[3]  its life in milliseconds; 0: for ever
-- Answers 1 if it stored the value, else 0.

local function version(bytes)
  if #bytes < 32 or string.sub(bytes, 1, 2) ~= '\197\206' then return 's-' .. redis.sha1hex(bytes) end
  return (string.gsub(string.sub(bytes, 9, 16), '.', function(c) return string.format('%02x', string.byte(c)) end))
end

local bytes = usable(KEYS[1])
if not bytes or version(bytes) ~= ARGV[1] then return 0 end
put(KEYS[1], ARGV[2], ARGV[3])
return 1

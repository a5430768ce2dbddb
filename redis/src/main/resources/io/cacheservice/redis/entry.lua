-- Placed in front of every script: what the scripts read in stored bytes, as docs/wire-format.md defines them.

-- Where the lives of an entry stand in its bytes, counted from 1.
local FRESH, STALE = 33, 39

-- What a kept of all ones says.
local FOR_EVER = 281474976710655

local function number(bytes, first, last)
  local sum = 0
  for i = first, last do sum = sum * 256 + string.byte(bytes, i) end
  return sum
end

-- 'held' by a lease, or 'failed' by an error marker; nothing: they are other bytes.
local function marker(bytes)
  if #bytes ~= 32 or string.sub(bytes, 1, 3) ~= '\197\206\1' then return nil end
  local kind = string.byte(bytes, 4)
  return kind == 3 and 'held' or kind == 4 and 'failed' or nil
end

-- Whether an entry says when it is no longer fresh and stale. Those of a later format version are unknown: they count as
-- alive.
local function hasLives(bytes)
  return #bytes >= 44 and string.sub(bytes, 1, 3) == '\197\206\1' and string.byte(bytes, 6) % 2 == 1
end

-- Whether one of the lives, FRESH or STALE, of an entry has ended; remaining: its PTTL.
local function isOver(bytes, life, remaining)
  if not hasLives(bytes) or remaining < 0 then return false end
  local kept = number(bytes, 27, 32)
  return kept < FOR_EVER and remaining - (kept - number(bytes, life, life + 5)) <= 0
end

-- The version of stored bytes: 16 hexadecimal digits of an entry's id, or 's-' and the SHA-1 of plain bytes.
local function version(bytes)
  if #bytes < 32 or string.sub(bytes, 1, 2) ~= '\197\206' then return 's-' .. redis.sha1hex(bytes) end
  return (string.gsub(string.sub(bytes, 9, 16), '.', function(c) return string.format('%02x', string.byte(c)) end))
end

-- Whether bytes are a plain decimal within 64 signed bits, as increment keeps it.
local function isCounter(bytes)
  local sign, digits = string.match(bytes, '^(%-?)([1-9]%d*)$')
  if not digits then return bytes == '0' end
  local largest = sign == '' and '9223372036854775807' or '9223372036854775808'
  return #digits < 19 or (#digits == 19 and digits <= largest)
end

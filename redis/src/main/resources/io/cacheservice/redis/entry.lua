-- Placed in front of every script: what the scripts read in stored bytes, as docs/wire-format.md defines them.

-- Which of the durations that an entry begins with, after the 21 bytes that each has.
local KEPT, FRESH, STALE = 0, 1, 2

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

-- How many bytes each of the durations of an entry has that says when it is no longer fresh and stale; nothing: it does not.
-- Those of another format version are unknown: they count as alive.
local function durationLength(bytes)
  if #bytes < 33 or string.sub(bytes, 1, 3) ~= '\197\206\2' then return nil end
  local flags = string.byte(bytes, 6) % 8
  return flags == 3 and 4 or flags == 7 and #bytes >= 39 and 6 or nil
end

local function hasLives(bytes)
  return durationLength(bytes) ~= nil
end

-- Whether one of the lives, FRESH or STALE, of an entry has ended; remaining: its PTTL.
local function isOver(bytes, life, remaining)
  local length = durationLength(bytes)
  if not length or remaining < 0 then return false end
  local function millis(which)
    local before = 21 + which * length
    return number(bytes, before + 1, before + length)
  end
  return remaining - (millis(KEPT) - millis(life)) <= 0
end

-- The version of stored bytes: 16 hexadecimal digits of an entry's id, or 's-' and the SHA-1 of plain bytes.
local function version(bytes)
  if #bytes < 20 or string.sub(bytes, 1, 2) ~= '\197\206' then return 's-' .. redis.sha1hex(bytes) end
  return (string.gsub(string.sub(bytes, 9, 16), '.', function(c) return string.format('%02x', string.byte(c)) end))
end

-- Whether bytes are a plain decimal within 64 signed bits, as increment keeps it.
local function isCounter(bytes)
  local sign, digits = string.match(bytes, '^(%-?)([1-9]%d*)$')
  if not digits then return bytes == '0' end
  local largest = sign == '' and '9223372036854775807' or '9223372036854775808'
  return #digits < 19 or (#digits == 19 and digits <= largest)
end

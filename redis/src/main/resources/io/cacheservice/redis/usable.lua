-- Placed in front of every script: what the scripts call usable, as docs/wire-format.md defines it.
-- GETEX without options reads without tracking the key and without changing it.

local function number(bytes, first, last)
  local sum = 0
  for i = first, last do sum = sum * 256 + string.byte(bytes, i) end
  return sum
end

-- The bytes under a key and its remaining life; nothing when the key is absent or holds a lease placeholder, an error
-- marker or an entry past its stale life. Lives of a later format version are unknown: its entries count as alive.
local function usable(key)
  local bytes = redis.call('GETEX', key)
  if not bytes then return nil end
  local remaining = redis.call('PTTL', key)
  if #bytes < 32 or string.sub(bytes, 1, 3) ~= '\197\206\1' then return bytes, remaining end
  local kind = string.byte(bytes, 4)
  if #bytes == 32 and (kind == 3 or kind == 4) then return nil end
  local hasLives = string.byte(bytes, 6) % 2 == 1 and #bytes >= 44
  if hasLives and remaining >= 0 then
    local kept, stale = number(bytes, 27, 32), number(bytes, 39, 44)
    if kept < 281474976710655 and remaining - (kept - stale) <= 0 then return nil end
  end
  return bytes, remaining
end

-- Stores a value for so many milliseconds; '0': for ever.
local function put(key, value, px)
  if px == '0' then redis.call('SET', key, value) else redis.call('SET', key, value, 'PX', px) end
end

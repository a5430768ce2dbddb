-- Placed in front of every script, after entry.lua: what the scripts call usable, as docs/wire-format.md defines it.
-- GETEX without options reads without tracking the key and without changing it; PTTL tracks it.

-- The bytes under a key and its remaining life; nothing when the key is absent or holds a lease placeholder, an error
-- marker or an entry past its fresh life, which is kept as a fallback only.
local function usable(key)
  local bytes = redis.call('GETEX', key)
  if not bytes or marker(bytes) then return nil end
  local remaining = redis.call('PTTL', key)
  if isOver(bytes, FRESH, remaining) then return nil end
  return bytes, remaining
end

-- What a marker says under a key and for how many milliseconds, {'held', ms} or {'failed', ms}; nothing when other bytes
-- are there. A marker without an end is none: it would stand for ever. The key is tracked then, so that the end is announced.
-- A lease that is older than oldest milliseconds is none either: nobody can fill it any more; oldest '': however old it is.
local function standing(key, bytes, oldest)
  local state = bytes and marker(bytes)
  local remaining = state and redis.call('PTTL', key) or -1
  if remaining < 0 then return nil end
  local age = number(bytes, 27, 32) - remaining
  if state == 'held' and oldest ~= '' and age > tonumber(oldest) then return nil end
  return {state, remaining}
end

-- Stores a value for so many milliseconds; '0': for ever.
local function put(key, value, px)
  if px == '0' then redis.call('SET', key, value) else redis.call('SET', key, value, 'PX', px) end
end

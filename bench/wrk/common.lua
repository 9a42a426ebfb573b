-- What every load script shares: its settings, the position of its thread, and the figures as one line of JSON.
-- Settings come as BENCH_… variables: whatever is in them stands in no process list.

local threads = 0

function setting(name)
  return os.getenv("BENCH_" .. name) or error("BENCH_" .. name .. " is not set")
end

-- Each thread has a Lua of its own; `number` is the one thing that tells them apart.
function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function request_text(method, path, body)
  local head = method .. " " .. path .. " HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " .. setting("TOKEN") .. "\r\n"
  if not body then return head .. "\r\n" end
  return head .. "Content-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function seed_random()
  math.randomseed(tonumber(setting("ROUND")) * 1000 + number)
end

-- The ids of the seeded contacts: one text, 26 characters each.
function read_ids()
  local file = assert(io.open(setting("IDS"), "rb"))
  local ids = file:read("*a")
  file:close()
  local count = #ids / 26
  return function()
    local from = math.random(0, count - 1) * 26
    return ids:sub(from + 1, from + 26)
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"bad_status":%d,"broken":%d,"timeouts":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write, errors.timeout))
end

-- Sends the requests of a file, one after the other, each thread its own share of them; begins anew at the end.
--   wrk … -s requests.lua URL -- FILE HEADERS THREADS
-- A line of FILE is METHOD, path and body, cut by tabs. In a body, @N@ is a number that never comes twice, @V@ is how
-- often the file has been sent before, and @C@ is a letter of a mark that changes each time. HEADERS has lines of
-- "Name: value". The last line of the output is one JSON object.

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(arguments)
  requests, at, pass, sent = {}, 0, 0, 0
  headers = {}
  for line in io.lines(arguments[2]) do
    local name, value = line:match("^(.-): (.*)$")
    headers[name] = value
  end
  local count, place = tonumber(arguments[3]), 0
  for line in io.lines(arguments[1]) do
    if place % count == number then
      local method, path, body = line:match("^(%S+)\t([^\t]+)\t?(.*)$")
      table.insert(requests, { method = method, path = path, body = body, moves = body:find("@", 1, true) ~= nil })
    end
    place = place + 1
  end
end

function request()
  at = at + 1
  if at > #requests then at, pass = 1, pass + 1 end
  local one = requests[at]
  if one.body == "" then
    if not one.ready then one.ready = wrk.format(one.method, one.path, headers) end
    return one.ready
  end
  sent = sent + 1
  local body = one.body
  if one.moves then
    local letter = pass % 2 == 0 and "A" or "P"
    body = body:gsub("@N@", string.format("%d%07d", number + 1, sent)):gsub("@V@", pass):gsub("@C@", letter)
  end
  return wrk.format(one.method, one.path, headers, body)
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"max":%d,"bytes":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max, summary.bytes,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end

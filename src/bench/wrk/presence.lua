-- Sends presences of different students to the classes in turn. Arguments: the path before the class id, the number of classes,
-- a prefix that makes the student ids of this run new, and for classes that require a code a file: a class id and its code in
-- each line. With the variable PORTS the threads use the nodes at these ports in turn.
local threads, ports = 0, {}
for port in (os.getenv("PORTS") or ""):gmatch("%d+") do
  ports[#ports + 1] = port
end

function setup(thread)
  thread:set("thread_number", threads)
  if #ports > 0 then
    thread.addr = wrk.lookup("127.0.0.1", ports[threads % #ports + 1])[1]
  end
  threads = threads + 1
end

function init(args)
  prefix, classes, run = args[1], tonumber(args[2]), args[3]
  ids, codes = {}, {}
  for line in args[4] and io.lines(args[4]) or function() end do
    ids[#ids + 1], codes[#codes + 1] = line:match("(%d+) (%a+)")
  end
  n = 0
  headers = { ["Content-Type"] = "application/json" }
end

function request()
  n = n + 1
  local i = n % classes + 1
  local path = prefix .. (ids[i] or i) .. "/presence"
  local code = codes[i] and ',"code":"' .. codes[i] .. '"' or ""
  return wrk.format("POST", path, headers, '{"studentId":"' .. run .. "-" .. thread_number .. "-" .. n .. '"' .. code .. "}")
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("RESULT %d %.1f %d %.2f %.2f\n", summary.requests, summary.requests / summary.duration * 1e6,
    failed, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end

-- The requests of a file, picked at random: one on each line, as METHOD, PATH and BODY with tabs between them. What else
-- stands on a line is for others (load/requests.hpp).
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

function init()
  seed_random()
  texts = {}
  for line in io.lines(setting("LINES")) do
    local method, path, body = line:match("^(%S+)\t(%S+)\t([^\t]*)")
    texts[#texts + 1] = request_text(method, path, body ~= "" and body or nil)
  end
end

function request()
  return texts[math.random(#texts)]
end

-- GET of one list, again and again.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

function init()
  text = request_text("GET", setting("PATH"))
end

function request()
  return text
end

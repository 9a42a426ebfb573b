-- POST /contacts/ of a new contact with one property.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")
dofile(os.getenv("BENCH_LUA") .. "/contact.lua")

function init()
  seed_random()
  request = creator()
end

function request() end

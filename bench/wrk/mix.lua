-- Nine reads of a random contact, then one create; each thread by itself, so that they mingle.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")
dofile(os.getenv("BENCH_LUA") .. "/contact.lua")

function init()
  seed_random()
  random_id = read_ids()
  create = creator()
  before, behind = request_text("GET", "/contacts/|/"):match("^(.-)|(.*)$")
end

function request()
  if math.random(10) == 1 then return create() end
  return before .. random_id() .. behind
end

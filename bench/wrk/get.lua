-- GET /contacts/{id}/ of a random seeded contact.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

function init()
  seed_random()
  random_id = read_ids()
  before, behind = request_text("GET", "/contacts/|/"):match("^(.-)|(.*)$")
end

function request()
  return before .. random_id() .. behind
end

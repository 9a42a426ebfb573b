-- PATCH /contacts/{id}/ of a random seeded contact: other tags than it has, so that there is something to write.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

function init()
  seed_random()
  random_id = read_ids()
  made = 0
  before, behind = request_text("PATCH", "/contacts/|/", "|"):match("^(.-)|(.-Content%-Length: )1\r\n\r\n|$")
end

function request()
  made = made + 1
  local body = string.format('{"tags":["kyc-complete","reviewed-%d-%03d"]}', number, made % 1000)
  return before .. random_id() .. behind .. #body .. "\r\n\r\n" .. body
end

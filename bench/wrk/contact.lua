-- New contacts as text: for every script that creates some.

local first = {"Aarav", "Diya", "Ishaan", "Kavya", "Meera", "Nikhil", "Pooja", "Rohan", "Sanjana", "Vikram"}
local last = {"Agarwal", "Bose", "Chatterjee", "Deshmukh", "Fernandes", "Gupta", "Iyer", "Khan", "Menon", "Reddy"}
local namespaces = {"Retail Lending", "Retail Lending", "Retail Lending", "Corporate Lending", "MSME"}
local tags = {'"kyc-complete"', '"kyc-complete","salaried"', '"salaried"', '"vip"'}
local form = '{"name":"%s %s %s","ref_id":"%s","status":"active","type":"individual","tags":[%s],"rm_id":"rm-%03d",' ..
  '"branch_id":"BR%04d","namespace":"%s","props":[{"key":"pan_no","type":"text","value":"ABCPK%04dL"}]}'

-- A function that gives a request with a contact that never was before.
function creator()
  local prefix = string.format("%s/%s/%d-", setting("RUN"), setting("ROUND"), number)
  local made = 0
  local random = math.random
  local before, behind = request_text("POST", "/contacts/", "|"):match("^(.-Content%-Length: )1(\r\n\r\n)|$")
  return function()
    made = made + 1
    local body = form:format(first[random(10)], last[random(10)], last[random(10)], prefix .. made, tags[random(4)],
      random(0, 99), random(0, 199), namespaces[random(5)], made % 10000)
    return before .. #body .. behind .. body
  end
end

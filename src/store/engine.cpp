// Secrets and refusals.
#include "store/engine.hpp"

#include <sys/random.h>

#include <stdexcept>

#include "base/problem.hpp"

namespace contactd::store {
namespace {

std::string random_hex(std::size_t bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string raw(bytes, '\0'), hex;
  if (getrandom(raw.data(), raw.size(), 0) != static_cast<ssize_t>(raw.size())) {
    throw std::runtime_error("getrandom failed");
  }
  for (const unsigned char c : raw) {
    hex += digits[c >> 4];
    hex += digits[c & 15];
  }
  return hex;
}

std::string load_secret(Connection& connection, std::string_view name) {
  std::string secret;
  const Value values[] = {name};
  connection.run("SELECT value FROM secrets WHERE name = $1", values, [&](const Row& row) {
    secret = std::string(row.text(0));
    return false;
  });
  return secret;
}

}  // namespace

std::string load_or_make_secret(Connection& connection, std::string_view name) {
  std::string secret = load_secret(connection, name);
  if (!secret.empty()) return secret;
  secret = random_hex(32);
  const Value both[] = {name, std::string_view(secret)};
  connection.begin_write();
  connection.run("INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", both);
  connection.commit();
  return load_secret(connection, name);
}

void refuse_overload() {
  Problem problem(problem_kind("overloaded"));
  problem.headers.emplace_back("Retry-After", "1");
  throw problem;
}

}  // namespace contactd::store

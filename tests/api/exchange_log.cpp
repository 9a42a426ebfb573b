// Exchanges as lines of JSON.
#include "exchange_log.hpp"

#include <cstdlib>
#include <fstream>
#include <mutex>
#include <stdexcept>

#include "resource/json_write.hpp"

namespace contactd::scenario {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

void append_headers(std::string& out, const Headers& headers) {
  out += '[';
  for (const auto& [name, value] : headers) {
    if (out.back() != '[') out += ',';
    resource::append_json_string(out += '[', name);
    resource::append_json_string(out += ',', value);
    out += ']';
  }
  out += ']';
}

std::string line_of(const Asked& asked, const Answer& answer) {
  std::string line;
  {
    resource::JsonObject object(line);
    object.text("method", asked.method);
    object.text("target", asked.target);
    append_headers(object.member("headers"), asked.headers);
    if (asked.has_body) object.text("body", asked.body);
    object.integer("status", answer.status);
    append_headers(object.member("answer_headers"), answer.headers);
    object.text("answer_body", answer.body);
  }
  return line;
}

}  // namespace

void log_exchange(const Asked& asked, const Answer& answer) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  static const char* const path = std::getenv("CONTACTD_EXCHANGES");  // NOLINT(concurrency-mt-unsafe): under the lock
  if (path == nullptr) return;
  static std::ofstream file(path, std::ios::app);
  file << line_of(asked, answer) << '\n';
  if (!file) throw std::runtime_error(std::string("cannot write ") + path);
}

}  // namespace contactd::scenario

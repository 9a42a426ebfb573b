// Answers against each other: whole ones, their statuses, and rows in their order.
#include <algorithm>
#include <charconv>

#include "expectations.hpp"
#include "match.hpp"

namespace contactd::scenario {
namespace {

std::string without_request_id(const Answer& answer) {
  std::string body = answer.body;
  const auto id = answer.header("X-Request-Id");
  const auto at = id && !id->empty() ? body.find("\"request_id\":\"" + *id + "\"") : std::string::npos;
  if (at != std::string::npos) body.erase(at + 14, id->size());
  return body;
}

/// How many there shall be (0: all that are left), and the statuses that count.
struct Share {
  std::size_t count = 0;
  std::vector<int> statuses;
};

Share share_of(const std::string& part) {
  Share share;
  std::string_view rest = part;
  const auto times = part.find(" x ");
  if (times != std::string::npos) {
    std::from_chars(part.data(), part.data() + times, share.count);
    rest.remove_prefix(times + 3);
  }
  for (const std::string& text : split(rest, " or ")) {
    int status = 0;
    std::from_chars(text.data(), text.data() + text.size(), status);
    share.statuses.push_back(status);
  }
  return share;
}

std::string member_text(resource::JsonValue row, const std::string& name) {
  const auto value = row.find(name);
  return value ? std::string(value->text()) : std::string{};
}

}  // namespace

std::string answer_difference(const Answer& expected, const Answer& actual) {
  if (expected.status != actual.status) {
    return "status " + std::to_string(actual.status) + ", not " + std::to_string(expected.status);
  }
  for (const char* name : {"Content-Type", "Location", "ETag", "Allow", "WWW-Authenticate"}) {
    const std::string left = expected.header(name).value_or("(absent)");
    const std::string right = actual.header(name).value_or("(absent)");
    if (left != right) return "header " + std::string(name) + " is " + right + ", not " + left;
  }
  const std::string left = without_request_id(expected);
  const std::string right = without_request_id(actual);
  return left == right ? "" : "the body is " + right + ", not " + left;
}

std::string status_complaint(const std::string& expected, std::vector<int> statuses) {
  std::string actual;
  for (const int status : statuses) actual += " " + std::to_string(status);
  const std::string complaint = "statuses" + actual + ", not: " + expected;
  std::vector<Share> shares;
  for (const std::string& part : split(expected, ", ")) shares.push_back(share_of(part));
  std::stable_sort(shares.begin(), shares.end(),
                   [](const Share& left, const Share& right) { return left.count != 0 && right.count == 0; });
  for (const Share& share : shares) {
    const std::size_t wanted = share.count == 0 ? statuses.size() : share.count;
    for (std::size_t taken = 0; taken < wanted; ++taken) {
      const auto found = std::find_if(statuses.begin(), statuses.end(), [&](int status) {
        return std::find(share.statuses.begin(), share.statuses.end(), status) != share.statuses.end();
      });
      if (found == statuses.end()) return complaint;
      statuses.erase(found);
    }
  }
  return statuses.empty() ? "" : complaint;
}

std::string order_complaint(const std::vector<resource::JsonValue>& rows, const std::string& names) {
  const std::vector<std::string> columns = split(names, ",");
  for (std::size_t row = 1; row < rows.size(); ++row) {
    for (const std::string& column : columns) {
      const bool descending = column.starts_with('-');
      const std::string name = column.substr(descending ? 1 : 0);
      const int order = member_text(rows[row - 1], name).compare(member_text(rows[row], name));
      if (order == 0) continue;
      if ((order > 0) != descending) return "row " + std::to_string(row) + " is out of order by " + column;
      break;
    }
  }
  return "";
}

}  // namespace contactd::scenario

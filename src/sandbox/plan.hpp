// What the sandbox consists of: contacts in households and companies, and everything that was done to them, by whom.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dedupe/party.hpp"

namespace contactd::sandbox {

/// One request of the lender's past. `{id}` in path and body is the contact's own id, `{other}` that of another
/// contact.
struct Step {
  std::string mark;  ///< Unique within the contact; part of the request's id, by which a later run knows it was done.
  std::string user;
  std::string method;
  std::string path;
  std::string body;
  std::optional<std::size_t> other = std::nullopt;  ///< Index of the contact that `{other}` stands for.
};

/// Why a contact stands for somebody who is there already; for tests.
enum class Twin : unsigned char { none, spelling, same_pan, moved_house };

struct PlannedContact {
  dedupe::Party record;  ///< As it is created, with its ref_id.
  Step create;
  std::vector<Step> steps;      ///< In this order, after it was created.
  std::vector<Step> relations;  ///< When all contacts are there.
  Twin twin = Twin::none;
  std::size_t twin_of = 0;
  std::size_t household = 0;  ///< Members of one share it.
};

struct Plan {
  std::vector<Step> namespaces;
  std::vector<PlannedContact> contacts;
  std::size_t request_count() const;
};

inline constexpr std::size_t contacts_default = 400;

/// The same for the same number; the plan for a larger number begins with that for a smaller one.
Plan make_plan(std::size_t contacts);

/// Who did all this. Makers create and correct, checkers decide, and neither does the other's work.
std::vector<std::string> makers();
std::vector<std::string> checkers();
inline constexpr const char* namespace_keeper = "sandbox-operator";

}  // namespace contactd::sandbox

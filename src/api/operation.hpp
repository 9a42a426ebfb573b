// What an endpoint is: the function that answers, and what it takes and gives, from which /openapi.json is made.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "api/call.hpp"

namespace contactd::api {

class Components;

using Endpoint = Plan (*)(const Call&);

/// A schema of the document. It is called as its noun and its suffix say: "contact", "Create" is ContactCreate.
struct Schema {
  std::string_view noun = {};
  std::string_view suffix = {};
  std::string (*text)(Components&) = nullptr;
};

/// What a body is like, and one that is true.
struct Content {
  Schema schema = {};
  std::string (*example)() = nullptr;
  bool has_example = false;

  constexpr Content() = default;
  // Whether an example was given is remembered: under sanitizers g++ does not compare functions while it compiles.
  constexpr Content(Schema of, std::string (*true_one)()) : schema(of), example(true_one), has_example(true) {}
};

/// An answer that is no problem.
struct Success {
  int status = 0;
  std::string_view meaning = {};
  Content content = {};  ///< Without a schema: no body.
  bool located = false;  ///< `Location` tells where it is from now on.
};

/// How a parameter takes several values: not, separated by commas, or by being there several times.
enum class Several : std::uint8_t { no, commas, repeated };

/// A query parameter.
struct Parameter {
  std::string_view name;
  std::string description;
  std::string schema;
  std::string example = {};  ///< As JSON; may be empty.
  Several several = Several::no;
};

/// All of one endpoint but where it is and who may call it, which its row in the route table says. Problems that follow
/// from that (no token, a malformed body, an unknown id …) are not listed here.
struct Operation {
  Endpoint endpoint;
  std::string_view description = {};
  std::string_view note = {};  ///< What is special about this resource, behind the description.
  std::array<Success, 2> successes = {};
  Content body = {};  ///< Without a schema: takes none.
  bool body_required = true;
  std::vector<Parameter> (*parameters)() = nullptr;
  bool versioned = false;   ///< One resource: answers bear an ETag, and If-Match or If-None-Match are heeded.
  bool repeatable = false;  ///< Heeds Idempotency-Key.
  bool stored = true;       ///< Asks the store.
  bool listed = true;       ///< Stands in the document; a page for readers does not.
  std::array<std::string_view, 6> problems = {};  ///< The codes of those that are its own.
};

/// Nothing that a reader of the document needs is missing.
constexpr bool is_described(const Operation& operation) {
  if (!operation.listed) return true;
  const bool has_example = operation.body.schema.noun.empty() || operation.body.has_example;
  for (const Success& success : operation.successes) {
    if (success.status != 0 && success.meaning.empty()) return false;
    if (!success.content.schema.noun.empty() && !success.content.has_example) return false;
  }
  return !operation.description.empty() && operation.successes[0].status != 0 && has_example;
}

}  // namespace contactd::api

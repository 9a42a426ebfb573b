// Whether another run would get further is the first thing that an operator wants to know.
#include "store/copy_failed.hpp"

namespace contactd::store {
namespace {

constexpr const char* begin_anew = "; see to that, remove the copy and begin anew";

/// Whether time or room mends it, so that another run gets further.
bool may_pass(StoreError::Kind kind) {
  using Kind = StoreError::Kind;
  return kind == Kind::full || kind == Kind::busy || kind == Kind::away || kind == Kind::again || kind == Kind::unknown;
}

/// What an engine said, and what to do about it.
std::string in_words(const StoreError& error) {
  constexpr const char* again = "run the same command again, and the copy goes on where it stopped";
  if (error.kind == StoreError::Kind::full) return std::string("there is no room left; make some, and ") + again;
  if (error.kind == StoreError::Kind::conflict) {
    return "a row contradicts what is there (" + std::string(error.what()) +
           "): somebody else has written to it, or the row contradicts the source itself" + begin_anew;
  }
  if (error.kind == StoreError::Kind::unfit) {
    return "a value is taken there that is not taken here (" + std::string(error.what()) + ")" + begin_anew;
  }
  return may_pass(error.kind) ? std::string(error.what()) + "; " + again : error.what();
}

}  // namespace

bool is_of_a_row(StoreError::Kind kind) {
  return kind == StoreError::Kind::conflict || kind == StoreError::Kind::unfit;
}

CopyFailed copy_failed(const std::string& name, const StoreError& error) {
  return CopyFailed(name + ": " + in_words(error), is_of_a_row(error.kind));
}

/// It may have the name already; a command that it ends with does not count.
CopyFailed copy_failed(const std::string& name, const std::runtime_error& error) {
  const std::string line = error.what();
  const bool is_named = line.substr(0, line.find("; run: ")).find(name) != std::string::npos;
  return CopyFailed(is_named ? line : name + ": " + line);
}

}  // namespace contactd::store

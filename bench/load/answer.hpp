// One answer, as far as a load generator has to understand it.
#pragma once

#include <optional>
#include <string_view>

namespace contactd::bench {

struct Answer {
  int status = 0;
  std::string_view body;
  bool has_retry_after = false;
};

/// The answer at the beginning of `received`; nothing while some of it is missing. Throws std::runtime_error when it is
/// no answer, or one whose length is not told.
std::optional<Answer> whole_answer(std::string_view received);

}  // namespace contactd::bench

// Answers kept under an Idempotency-Key, in the transaction of the write. Contract section 1.4.
#pragma once

#include <optional>
#include <string>

#include "store/session.hpp"

namespace contactd::store {

/// An answer as it will be given again.
struct KeptAnswer {
  std::string digest;  ///< Of path, query and body of the request.
  std::int64_t status = 0;
  std::string location;
  std::string etag;
  std::string body;
};

/// At least this long an answer is kept.
inline constexpr std::int64_t kept_answer_hours_min = 24;

/// The answer kept for the session's tenant and user under that key.
std::optional<KeptAnswer> find_kept_answer(Session& session, std::string_view key);
/// Among several nodes: holds the key until the transaction ends. Throws Problem `in_progress` when another request
/// holds it.
void hold_key(WriteSession& session, std::string_view key);
/// Keeps an answer, and drops a few of the tenant's that are older than 24 hours.
void keep_answer(WriteSession& session, std::string_view key, const KeptAnswer& answer);

}  // namespace contactd::store

// Search before create: who is known already. Contract section 4.
#pragma once

#include "api/call.hpp"

namespace contactd::api {

inline constexpr double threshold_default = 0.5;
inline constexpr std::int64_t duplicates_default = 10;
inline constexpr std::int64_t duplicates_max = 50;
inline constexpr std::size_t described_rows_max = 100;     ///< Addresses, and bank accounts, of a described party.
inline constexpr std::size_t compared_contacts_max = 400;  ///< For one request, the most promising first.
inline constexpr std::size_t compared_children_max = 100;   ///< Newest addresses, and accounts, of each of them.

Plan find_duplicates(const Call& call);

/// The answer to the document's example when the contact that it shows is the only one that is there.
std::string duplicates_example();

}  // namespace contactd::api

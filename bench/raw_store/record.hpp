// Has the service make contacts, and notes what it writes for them.
#pragma once

#include "folder.hpp"
#include "recording.hpp"

namespace contactd::bench {

/// The store that a replay begins with: the schema, a tenant and its namespaces, and no contact.
inline constexpr const char* empty_store = "empty.db";

/// Makes `empty_store` in the folder, and on a copy of it so many contacts. Throws when one of them is refused.
Recording record_creates(Folder& folder, std::size_t count);

}  // namespace contactd::bench

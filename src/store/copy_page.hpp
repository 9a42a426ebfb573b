// A page of rows on its way from one store to the other.
#pragma once

#include "store/copy_ends.hpp"
#include "store/copy_reader.hpp"

namespace contactd::store {

enum class CopyWaits {
  for_the_page,  ///< Rows follow each other without a pause; what is wrong with one is heard of later.
  for_each_row,  ///< Much slower, and the row with which something is wrong is known.
};

/// A page has its place in one table of one tenant.
struct CopyTask {
  const CopyPlace& from;
  const CopyPlace& to;
  Connection& source;
  Connection& target;
  const CopiedTable& table;
  std::int64_t tenant;
};

struct CopiedPage {
  std::int64_t rows = 0;
  bool has_more = false;
};

/// Within a transaction of each store. Throws CopyFailed.
CopiedPage bring_page(const CopyTask& task, CopyReader& reader, CopyWaits waits);

}  // namespace contactd::store

// Writes again what was recorded, and measures it.
#pragma once

#include "folder.hpp"
#include "recording.hpp"

namespace contactd::bench {

struct Replay {
  std::size_t batch = 1;   ///< So many creates share a commit.
  bool row_alone = false;  ///< Only the row of `contacts`, with its indexes.
  double seconds = 3;
};

struct Rate {
  double creates_per_second = 0;
  double cpu_microseconds = 0;  ///< Of this process, for one create.
};

/// Replays on copies of the empty store until that much time was measured: from the first recorded create on, on a new
/// copy when all were written. Throws when a store does not hold afterwards what was written to it.
Rate replay(Folder& folder, const Recording& recording, const Replay& wish);

}  // namespace contactd::bench

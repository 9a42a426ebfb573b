// What the two engines have in common: where work runs, and what is known of it. `Store` holds one of them.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "store/writer.hpp"

namespace contactd::store {

/// Whether a read's cost grows with the number of rows that there are.
enum class ReadLength {
  is_short,
  is_long,
  is_long_and_decides,  ///< Somebody acts upon it: never on a replica.
};

/// What became of the long reads that a replica might have answered.
struct ReplicaReadCounts {
  std::uint64_t answered = 0;
  std::uint64_t differed = 0;  ///< Its snapshot had not the writes that the primary's had: read on the primary.
  std::uint64_t failed = 0;    ///< It could not be reached, or broke off: read on the primary.
};

class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  /// Finishes what waits.
  virtual ~Engine() = default;

  virtual void read(const Caller& caller, FunctionRef<void(Session&)> work) = 0;
  virtual void release_snapshot() = 0;
  virtual void read_later(Caller caller, ReadLength length, std::function<void(Session&)> work,
                          std::function<void(std::exception_ptr)> done) = 0;
  virtual void write_later(WriteJob job) = 0;
  virtual const std::string& cursor_secret() const = 0;
  virtual std::size_t writes_waiting() const = 0;
  virtual bool refuses_writes() const = 0;
  virtual std::uint64_t change_number(std::string_view tenant) const = 0;
  /// Whether the data are in this process, and nobody else's: short reads run on the caller's thread, and
  /// `change_number` tells of every change.
  virtual bool is_embedded() const = 0;
  /// Nothing where there is no replica.
  virtual std::optional<ReplicaReadCounts> replica_reads() const { return std::nullopt; }
  /// `SharedReads::run_again`; nothing where no reads share a transaction.
  virtual std::optional<std::uint64_t> reads_run_again() const { return std::nullopt; }
};

/// The secret of that name, 32 bytes in hex; made on first use. Of several who make it at once all get the same.
std::string load_or_make_secret(Connection& connection, std::string_view name);

/// The Problem `overloaded`: too much waits already.
[[noreturn]] void refuse_overload();

}  // namespace contactd::store

// Which engine a store has.
#include "store/store.hpp"

#include <atomic>

#include "store/embedded_engine.hpp"
#include "store/postgres_engine.hpp"

namespace contactd::store {
namespace {

std::uint64_t next_serial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

std::unique_ptr<Engine> make_engine(StoreSettings settings, std::uint64_t serial) {
  if (settings.postgres) return std::make_unique<PostgresEngine>(std::move(settings));
  return std::make_unique<EmbeddedEngine>(std::move(settings), serial);
}

}  // namespace

Store::Store(StoreSettings settings) : serial_(next_serial()), engine_(make_engine(std::move(settings), serial_)) {}

}  // namespace contactd::store

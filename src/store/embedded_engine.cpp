// Opening the embedded store, and the three places where work runs.
#include "store/embedded_engine.hpp"

#include "store/migrate.hpp"
#include "store/schema.hpp"
#include "store/search_rebuild.hpp"

namespace contactd::store {
namespace {

/// The newest time that any row bears, so that times and ids go on from there even if the clock was set back. What was
/// removed is known to the history alone.
Time newest_time(Connection& connection) {
  std::vector<std::int64_t> tenants;
  connection.run("SELECT tenant_id FROM tenants", {}, [&](const Row& row) {
    tenants.push_back(row.integer(0));
    return true;
  });
  std::vector<std::string> statements{"SELECT MAX(at) FROM history WHERE " + tenant_wall("history") +
                                      " AND action = 'delete'"};
  for (const TableShape& table : contact_store_tables()) {
    const bool has_times = std::any_of(table.columns.begin(), table.columns.end(),
                                       [](const ColumnShape& column) { return column.name == "updated_at"; });
    if (has_times)
      statements.push_back("SELECT MAX(updated_at) FROM " + table.name + " WHERE " + tenant_wall(table.name));
  }
  Time newest;
  for (const std::string& sql : statements) {
    for (const std::int64_t tenant : tenants) {
      const Value values[] = {tenant};
      connection.run(sql, values, [&](const Row& row) {
        newest = std::max(newest, Time{row.integer(0)});
        return false;
      });
    }
  }
  return newest;
}

}  // namespace

Connection& Reader::at(std::uint64_t commits) {
  if (open_ && commits_ == commits) return *connection_;
  release();
  connection_->begin_read();
  open_ = true;
  commits_ = commits;
  return *connection_;
}

std::int64_t Reader::number_of(std::string_view tenant) {
  if (const auto known = tenants_.find(tenant)) return *known;
  const std::int64_t number = tenant_number(*connection_, tenant);
  if (number != 0) tenants_.keep(tenant, number);
  return number;
}

void Reader::release() {
  if (!open_) return;
  open_ = false;
  connection_->rollback();
}

EmbeddedEngine::EmbeddedEngine(StoreSettings settings, std::uint64_t serial)
    : sqlite_(std::move(settings.sqlite)), wrap_(std::move(settings.wrap)), serial_(serial), lock_(sqlite_.path) {
  require_fitting_schema(sqlite_, settings.migrate_command);
  auto connection = wrapped(open_sqlite_writer(sqlite_));
  prepare_schema(*connection, contact_store_tables());
  prepare_search(*connection, settings.on_progress);
  cursor_secret_ = load_or_make_secret(*connection, "cursor");
  settings.stamps.start_after(newest_time(*connection));
  writer_ = std::make_unique<Writer>(std::move(connection), std::move(settings.stamps), std::move(settings.writer));
  long_reads_ = std::make_unique<LongReads>(
      LongReadSettings{settings.long_read_threads, settings.long_read_queue_max, [this] { release_snapshot(); }});
}

EmbeddedEngine::~EmbeddedEngine() {
  long_reads_.reset();
  readers_.clear();  // before the writer, whose connection is the last to close and moves the log
}

std::unique_ptr<Connection> EmbeddedEngine::wrapped(std::unique_ptr<Connection> connection) const {
  return wrap_ ? wrap_(std::move(connection)) : std::move(connection);
}

namespace {

/// A thread remembers its reader of the store that it used last; serials are never given twice.
struct RememberedReader {
  std::uint64_t serial = 0;
  Reader* reader = nullptr;
};
thread_local RememberedReader remembered;

}  // namespace

Reader& EmbeddedEngine::reader() {
  if (remembered.serial != serial_) {
    auto fresh = std::make_unique<Reader>(wrapped(open_sqlite_reader(sqlite_)));
    remembered = {serial_, fresh.get()};
    const std::lock_guard lock(readers_mutex_);
    readers_.push_back(std::move(fresh));
  }
  return *remembered.reader;
}

void EmbeddedEngine::read_on(Reader& reader, const Caller& caller, FunctionRef<void(Session&)> work) {
  Connection& connection = reader.at(writer_->commits());
  Session session(connection, caller, reader.number_of(caller.tenant));
  work(session);
}

void EmbeddedEngine::read(const Caller& caller, FunctionRef<void(Session&)> work) {
  read_on(reader(), caller, work);
}

void EmbeddedEngine::release_snapshot() {
  // A thread that has no reader of this store has nothing to give back, and need not open one for that.
  if (remembered.serial == serial_) remembered.reader->release();
}

void EmbeddedEngine::read_later(Caller caller, ReadLength, std::function<void(Session&)> work,
                                std::function<void(std::exception_ptr)> done) {
  const std::string tenant(caller.tenant);
  const bool taken = long_reads_->submit(tenant, [this, caller = std::move(caller), work = std::move(work), done]() {
    std::exception_ptr error;
    try {
      read_on(reader(), caller, work);
    } catch (...) {
      error = std::current_exception();
    }
    done(error);
  });
  if (!taken) refuse_overload();
}

void EmbeddedEngine::write_later(WriteJob job) {
  if (!writer_->submit(std::move(job))) refuse_overload();
}

}  // namespace contactd::store

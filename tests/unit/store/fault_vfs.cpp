// The wrapper: every call goes to the default file system, but for those that the plan has fail.
#include "fault_vfs.hpp"

#include <sqlite3.h>

#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

namespace contactd::store::test {

struct FaultVfs::State {
  explicit State(const std::string& given_name) : name(given_name) {}

  /// True when this call is to fail. `file` hears of it.
  bool fails(bool sync, FaultFile file) {
    if (!armed.load() || sync != (fault == Fault::sync_error)) return false;
    const std::int64_t step = steps.fetch_add(1);
    if (step < first || step - first >= count) return false;
    failed.fetch_add(1);
    if (on_failure != nullptr && *on_failure) (*on_failure)(file);
    return true;
  }
  int write_code() const { return fault == Fault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE; }

  std::string name;
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  std::chrono::milliseconds sync_delay{0};
  const std::function<void(FaultFile)>* on_failure = nullptr;
  std::atomic<bool> armed{false};
  Fault fault = Fault::full;
  std::int64_t first = 0;
  std::int64_t count = 0;
  std::atomic<std::int64_t> steps{0};
  std::atomic<std::int64_t> failed{0};
};

namespace {

/// SQLite gives the room for this and, behind it, for the real file.
struct WrappedFile {
  sqlite3_file base;
  FaultVfs::State* state;
  FaultFile kind;
};

WrappedFile* wrapped(sqlite3_file* file) {
  return reinterpret_cast<WrappedFile*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(wrapped(file) + 1);
}
FaultVfs::State* state_of(sqlite3_vfs* vfs) {
  return static_cast<FaultVfs::State*>(vfs->pAppData);
}

int close(sqlite3_file* file) {
  return real(file)->pMethods->xClose(real(file));
}
int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), bytes, size, at);
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  FaultVfs::State& state = *wrapped(file)->state;
  const auto put = [&](int count) { return real(file)->pMethods->xWrite(real(file), bytes, count, at); };
  if (!state.fails(false, wrapped(file)->kind)) return put(size);
  put(size / 2);  // A disk that ends has taken a part of it.
  return state.write_code();
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return real(file)->pMethods->xTruncate(real(file), size);
}

int sync(sqlite3_file* file, int flags) {
  FaultVfs::State& state = *wrapped(file)->state;
  if (state.fails(true, wrapped(file)->kind)) return SQLITE_IOERR_FSYNC;
  if (state.sync_delay.count() > 0) std::this_thread::sleep_for(state.sync_delay);
  return real(file)->pMethods->xSync(real(file), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int is_reserved(sqlite3_file* file, int* out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control(sqlite3_file* file, int what, void* value) {
  return real(file)->pMethods->xFileControl(real(file), what, value);
}
int sector_size(sqlite3_file* file) {
  return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void barrier(sqlite3_file* file) {
  real(file)->pMethods->xShmBarrier(real(file));
}
int unmap_shared(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

/// Version 2: shared memory for the log, no mapped reading, so that every access comes by here.
constexpr sqlite3_io_methods methods{
    2,           close,   read,        write,           truncate,   sync,        file_size, lock,         unlock,
    is_reserved, control, sector_size, characteristics, map_shared, lock_shared, barrier,   unmap_shared, nullptr,
    nullptr};

FaultFile kind_of(int flags) {
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0) return FaultFile::database;
  return (flags & SQLITE_OPEN_WAL) != 0 ? FaultFile::log : FaultFile::other;
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  FaultVfs::State* state = state_of(vfs);
  wrapped(file)->state = state;
  wrapped(file)->kind = kind_of(flags);
  const int code = state->real->xOpen(state->real, path, real(file), flags, flags_out);
  file->pMethods = code == SQLITE_OK ? &methods : nullptr;
  return code;
}

int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  return state_of(vfs)->real->xDelete(state_of(vfs)->real, path, sync_folder);
}
int access(sqlite3_vfs* vfs, const char* path, int flags, int* result) {
  return state_of(vfs)->real->xAccess(state_of(vfs)->real, path, flags, result);
}
int full_path(sqlite3_vfs* vfs, const char* path, int size, char* out) {
  return state_of(vfs)->real->xFullPathname(state_of(vfs)->real, path, size, out);
}

void enter(FaultVfs::State& state) {
  state.real = sqlite3_vfs_find(nullptr);
  state.vfs = *state.real;  // Clock, randomness and the like are the real one's.
  state.vfs.zName = state.name.c_str();
  state.vfs.pNext = nullptr;
  state.vfs.pAppData = &state;
  state.vfs.szOsFile = static_cast<int>(sizeof(WrappedFile)) + state.real->szOsFile;
  state.vfs.xOpen = open;
  state.vfs.xDelete = remove;
  state.vfs.xAccess = access;
  state.vfs.xFullPathname = full_path;
  if (sqlite3_vfs_register(&state.vfs, 0) != SQLITE_OK) throw std::runtime_error("cannot register " + state.name);
}

}  // namespace

FaultVfs::FaultVfs(const std::string& name) : state_(std::make_unique<State>(name)) {
  state_->on_failure = &on_failure;
  enter(*state_);
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& FaultVfs::name() const {
  return state_->name;
}

void FaultVfs::arm(const FaultPlan& plan) {
  state_->armed = false;
  state_->fault = plan.fault;
  state_->first = plan.first;
  state_->count = plan.count;
  state_->steps = state_->failed = 0;
  state_->armed = true;
}

void FaultVfs::disarm() {
  state_->armed = false;
}

std::int64_t FaultVfs::failures() const {
  return state_->failed;
}

void register_slow_sync_vfs(const std::string& name, unsigned milliseconds) {
  auto* state = new FaultVfs::State(name);  // For the rest of the program.
  state->sync_delay = std::chrono::milliseconds(milliseconds);
  enter(*state);
}

}  // namespace contactd::store::test

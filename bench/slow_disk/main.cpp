// contactd on a disk whose fsync takes longer: for what group commit is worth where a disk is no fast one.
//
//   ninja -C build/release bench_slow_disk_server
//   BENCH_SYNC_MICROSECONDS=5000 build/release/bench_slow_disk_server serve …      as contactd
//
// It puts a layer between SQLite and the file system that sleeps before each fsync, and is contactd otherwise.
#include <sqlite3.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <thread>

#include "cli/commands.hpp"

namespace {

sqlite3_vfs* real = nullptr;
std::chrono::microseconds delay{0};

/// A table of the real file system's functions with another xSync; a file's table is found by its address.
struct SlowMethods {
  sqlite3_io_methods methods;
  const sqlite3_io_methods* real;
};

int sync(sqlite3_file* file, int flags) {
  std::this_thread::sleep_for(delay);
  return reinterpret_cast<const SlowMethods*>(file->pMethods)->real->xSync(file, flags);
}

/// SQLite's file systems have a few tables, by how files are locked; each is copied once.
const sqlite3_io_methods* slow(const sqlite3_io_methods* methods) {
  constexpr std::size_t tables_max = 8;
  static SlowMethods tables[tables_max] = {};
  for (SlowMethods& table : tables) {
    if (table.real == nullptr) {
      table = {*methods, methods};
      table.methods.xSync = sync;
    }
    if (table.real == methods) return &table.methods;
  }
  std::fputs("bench_slow_disk_server: this SQLite has too many kinds of files\n", stderr);
  std::abort();
}

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  static std::mutex mutex;
  const int code = real->xOpen(real, path, file, flags, flags_out);
  const std::lock_guard lock(mutex);
  if (file->pMethods != nullptr) file->pMethods = slow(file->pMethods);
  return code;
}

bool register_slow_disk() {
  const char* text = std::getenv("BENCH_SYNC_MICROSECONDS");
  long microseconds = 0;
  if (text == nullptr || std::from_chars(text, text + std::strlen(text), microseconds).ec != std::errc{}) return false;
  delay = std::chrono::microseconds(microseconds);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);  // As the store does, which after this would be too late to do it.
  real = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs layer = *real;
  layer.zName = "bench-slow-disk";
  layer.pNext = nullptr;
  layer.xOpen = open;
  return sqlite3_vfs_register(&layer, 1) == SQLITE_OK;
}

}  // namespace

int main(int argc, char** argv) {
  if (!register_slow_disk()) {
    std::fputs("bench_slow_disk_server: BENCH_SYNC_MICROSECONDS must be a number\n", stderr);
    return EXIT_FAILURE;
  }
  return contactd::cli::run_program(argc, argv);
}

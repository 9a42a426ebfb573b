// SQLite by its C API, with nothing around it but what a program that writes in batches needs.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "recording.hpp"

namespace contactd::bench {

class RawDatabase {
 public:
  /// Opens the file with the recorded settings and prepares all recorded statements, once.
  RawDatabase(const std::string& path, const Recording& recording);

  void begin() { step(begin_.get()); }
  void commit() { step(commit_.get()); }
  void write(const Write& write);
  /// As the service's writer does it: between transactions, once the log has grown to about that many pages.
  void checkpoint_if_due();
  std::int64_t count(const std::string& sql);
  void execute(const std::string& sql);

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Close>;
  struct Prepared {
    Statement statement;
    std::vector<int> positions;  // of $1, $2 …, which SQLite takes for names
  };

  [[noreturn]] void fail(const std::string& doing) const;
  Statement prepare(const std::string& sql) const;
  void step(sqlite3_stmt* statement) const;

  std::unique_ptr<sqlite3, Close> database_;
  Statement begin_, commit_;
  std::vector<Prepared> writes_;
  int log_pages_ = 0;
};

}  // namespace contactd::bench

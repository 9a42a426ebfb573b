// Lines for the log on standard error, gathered and written a few times a second: a system call a line would cost more
// than many a request.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace contactd {

class Log {
 public:
  /// Writes to that file descriptor; -1 writes nowhere.
  explicit Log(int descriptor);
  /// Writes what is left.
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// Takes one line without its end. Thread-safe. Written within `delay_milliseconds_max`, or at once when `urgent`.
  void line(std::string_view text, bool urgent = false);

  static constexpr int delay_milliseconds_max = 100;
  static constexpr std::size_t waiting_bytes_max = 8 * 1024 * 1024;  ///< Lines beyond it are counted and dropped.

 private:
  void loop();
  void write_out(std::string_view text) const;

  int descriptor_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::string waiting_;
  std::size_t dropped_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace contactd

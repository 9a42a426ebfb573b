// The thread that writes the gathered lines.
#include "base/log.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>

namespace contactd {

Log::Log(int descriptor) : descriptor_(descriptor) {
  if (descriptor_ >= 0) thread_ = std::thread([this] { loop(); });
}

Log::~Log() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Log::line(std::string_view text, bool urgent) {
  if (descriptor_ < 0) return;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + text.size() > waiting_bytes_max) {
      ++dropped_;
      return;
    }
    waiting_ += text;
    waiting_ += '\n';
  }
  if (urgent) wake_.notify_one();
}

void Log::loop() {
  for (bool last = false; !last;) {
    std::string lines;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, std::chrono::milliseconds(delay_milliseconds_max));
      last = stopping_;
      lines.swap(waiting_);
      if (dropped_ > 0)
        lines += R"({"level":"warning","message":"log lines were dropped","lines":)" + std::to_string(dropped_) + "}\n";
      dropped_ = 0;
    }
    write_out(lines);
  }
}

void Log::write_out(std::string_view text) const {
  while (!text.empty()) {
    const auto written = ::write(descriptor_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace contactd

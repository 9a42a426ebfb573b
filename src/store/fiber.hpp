// Code that is written to wait, of which many wait on one thread.
#pragma once

#include <boost/context/fiber.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>
#include <functional>

namespace contactd::store {

/// A body with a stack of its own: `resume` runs it until it waits or ends, on the thread that calls. It must stay on
/// one thread, must not wait while an exception is handled, and must have ended before it is destroyed.
class Fiber {
 public:
  Fiber();
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  /// Begins a body, up to where it first waits. Only when none is running. It must not throw.
  void start(std::function<void()> body);
  /// Goes on behind `wait`.
  void resume();
  /// Called by the body: gives the thread back to whoever started or resumed it.
  void wait();
  bool is_running() const { return is_running_; }

 private:
  /// What the tools that watch memory and threads have to be told of each change of stacks.
  struct Switch {
    void* saved_stack = nullptr;
    const void* stack_bottom = nullptr;
    std::size_t stack_bytes = 0;
    void* thread = nullptr;
  };
  static void leave(Switch& from, const Switch& to);
  static void arrive(Switch& here, Switch& from);
  void loop();

  boost::context::stack_context stack_;
  boost::context::fiber inside_, outside_;
  Switch of_inside_, of_outside_;
  std::function<void()> body_;
  bool is_running_ = false;
  bool is_over_ = false;
};

}  // namespace contactd::store

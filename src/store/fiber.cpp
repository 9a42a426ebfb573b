// Changing stacks, and telling AddressSanitizer and ThreadSanitizer of it: else they take the other stack for a
// mistake.
#include "store/fiber.hpp"

#include <cassert>
#include <exception>
#include <utility>

#if defined(__SANITIZE_ADDRESS__)
#define CONTACTD_WATCHES_STACKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CONTACTD_WATCHES_STACKS 1
#endif
#endif
#if defined(CONTACTD_WATCHES_STACKS)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace contactd::store {
namespace {

/// What an API request needs is a tenth of it, in a build for debugging too. What is not touched takes no memory.
constexpr std::size_t stack_bytes = 512 * 1024;

/// What AddressSanitizer forbade of a stack's memory is forgotten: frames that were never left are still on it when it
/// changes hands, from a thread's to a fiber's or the other way.
void forget_marks([[maybe_unused]] const boost::context::stack_context& stack) {
#if defined(CONTACTD_WATCHES_STACKS)
  __asan_unpoison_memory_region(static_cast<const char*>(stack.sp) - stack.size, stack.size);
#endif
}

class Stacks {
 public:
  boost::context::stack_context allocate() {
    boost::context::stack_context stack = all_.allocate();
    forget_marks(stack);
    return stack;
  }
  void deallocate(boost::context::stack_context& stack) noexcept {
    forget_marks(stack);
    all_.deallocate(stack);
  }

 private:
  boost::context::protected_fixedsize_stack all_{stack_bytes};
};

}  // namespace

// Both are made part of whoever calls them: ThreadSanitizer counts a function's end on the stack that it ends on.
[[gnu::always_inline]] inline void Fiber::leave([[maybe_unused]] Switch& from, [[maybe_unused]] const Switch& to) {
#if defined(CONTACTD_WATCHES_STACKS)
  // Not even the last switch gives up what AddressSanitizer keeps of a stack: frames of Boost's are still on it.
  __sanitizer_start_switch_fiber(&from.saved_stack, to.stack_bottom, to.stack_bytes);
#endif
#if defined(__SANITIZE_THREAD__)
  __tsan_switch_to_fiber(to.thread, 0);
#endif
}

[[gnu::always_inline]] inline void Fiber::arrive([[maybe_unused]] Switch& here, [[maybe_unused]] Switch& from) {
#if defined(CONTACTD_WATCHES_STACKS)
  __sanitizer_finish_switch_fiber(here.saved_stack, &from.stack_bottom, &from.stack_bytes);
#endif
}

Fiber::Fiber() : stack_(Stacks().allocate()) {
  of_inside_.stack_bottom = static_cast<const char*>(stack_.sp) - stack_.size;
  of_inside_.stack_bytes = stack_.size;
#if defined(__SANITIZE_THREAD__)
  of_inside_.thread = __tsan_create_fiber(0);
#endif
  const boost::context::preallocated place(stack_.sp, stack_.size, stack_);
  inside_ = boost::context::fiber(std::allocator_arg, place, Stacks(), [this](boost::context::fiber&& outside) {
    outside_ = std::move(outside);
    arrive(of_inside_, of_outside_);
    loop();
    leave(of_inside_, of_outside_);
    return std::move(outside_);
  });
}

Fiber::~Fiber() {
  assert(!is_running_);
  is_over_ = true;
  resume();  // out of the loop, which gives the stack back
#if defined(__SANITIZE_THREAD__)
  __tsan_destroy_fiber(of_inside_.thread);
#endif
}

void Fiber::start(std::function<void()> body) {
  assert(!is_running_);
  body_ = std::move(body);
  is_running_ = true;
  resume();
}

void Fiber::resume() {
#if defined(__SANITIZE_THREAD__)
  of_outside_.thread = __tsan_get_current_fiber();
#endif
  leave(of_outside_, of_inside_);
  inside_ = std::move(inside_).resume();
  arrive(of_outside_, of_inside_);
}

void Fiber::wait() {
  assert(!std::current_exception() && std::uncaught_exceptions() == 0);
  leave(of_inside_, of_outside_);
  outside_ = std::move(outside_).resume();
  arrive(of_inside_, of_outside_);
}

void Fiber::loop() {
  while (!is_over_) {
    if (body_) std::exchange(body_, nullptr)();
    is_running_ = false;
    wait();
  }
}

}  // namespace contactd::store

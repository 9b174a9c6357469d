#include "interrupts.hpp"

#include <unistd.h>

#include <array>
#include <string_view>

#include "console.hpp"

namespace ecr6::cli {

namespace {

constexpr std::array interrupts{SIGINT, SIGTERM};

sigset_t interrupt_set() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : interrupts) sigaddset(&set, signal);
  return set;
}

/// Only what signal-safety(7) allows.
extern "C" void end_the_writing(int) {
  constexpr std::string_view sentence = "ecr6: interrupted while the report was being written\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, sentence.data(), sentence.size());
  ::_exit(exit_unknown);
}

}  // namespace

WithoutInterrupts::WithoutInterrupts() {
  const sigset_t set = interrupt_set();
  ::pthread_sigmask(SIG_BLOCK, &set, &before_);
}

WithoutInterrupts::~WithoutInterrupts() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

HeldInterrupts::HeldInterrupts() {
  const sigset_t set = interrupt_set();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void HeldInterrupts::release() {
  if (released_) return;
  released_ = true;
  const sigset_t set = interrupt_set();
  constexpr timespec at_once{};
  while (::sigtimedwait(&set, nullptr, &at_once) > 0) {
  }
  struct sigaction action {};
  action.sa_handler = end_the_writing;
  for (const int signal : interrupts) ::sigaction(signal, &action, nullptr);
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace ecr6::cli

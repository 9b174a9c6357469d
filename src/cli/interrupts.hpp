#pragma once

#include <csignal>

namespace ecr6::cli {

/// SIGINT and SIGTERM of this thread, held back while it stands; then the mask is as it was and what came is delivered.
class WithoutInterrupts {
 public:
  WithoutInterrupts();
  ~WithoutInterrupts();
  WithoutInterrupts(const WithoutInterrupts&) = delete;
  WithoutInterrupts& operator=(const WithoutInterrupts&) = delete;

 private:
  sigset_t before_{};
};

/// SIGINT and SIGTERM of a run: held back until its event loop takes them, so that Ctrl-C always gives what there is,
/// and again once the loop has ended, so that it never costs a finished report.
class HeldInterrupts {
 public:
  HeldInterrupts();
  ~HeldInterrupts() { release(); }
  HeldInterrupts(const HeldInterrupts&) = delete;
  HeldInterrupts& operator=(const HeldInterrupts&) = delete;

  /// For the writing, which may get stuck: what came since the loop ended is forgotten, and from here on either signal
  /// ends the program with one sentence and exit 3.
  void release();

 private:
  bool released_{};
};

}  // namespace ecr6::cli

#include "child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

extern char** environ;

namespace ecr6::cli {

namespace {

using Clock = std::chrono::steady_clock;

class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_{value} {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int value() const { return value_; }
  [[nodiscard]] bool is_open() const { return value_ >= 0; }
  void open(int value) { value_ = value; }
  void close() {
    if (value_ >= 0) ::close(value_);
    value_ = -1;
  }

 private:
  int value_;
};

struct Pipe {
  Descriptor read, write;

  /// 0 or errno.
  int open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return errno;
    read.open(ends[0]);
    write.open(ends[1]);
    return 0;
  }
};

/// Holds back what would end this program, so that the command can be ended first.
class HeldSignals {
 public:
  HeldSignals() {
    sigemptyset(&held_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&held_, signal);
    ::sigprocmask(SIG_BLOCK, &held_, &before_);
    descriptor_.open(::signalfd(-1, &held_, SFD_CLOEXEC | SFD_NONBLOCK));
  }
  ~HeldSignals() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_.value(); }
  [[nodiscard]] const sigset_t& before() const { return before_; }
  /// The signal that came; 0 for none.
  [[nodiscard]] int take() const {
    signalfd_siginfo info{};
    return ::read(descriptor(), &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
  }

 private:
  sigset_t held_{}, before_{};
  Descriptor descriptor_;
};

struct Spawned {
  Pipe in, out, err;
  pid_t pid{-1};
};

/// 0 or the errno of what failed. The command gets its own process group and the signals as a shell expects them:
/// this program ignores SIGPIPE, and that would be inherited.
int spawn(Spawned& child, const std::string& command, const sigset_t& mask) {
  for (Pipe* const pipe : {&child.in, &child.out, &child.err})
    if (const int error = pipe->open(); error != 0) return error;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, child.in.read.value(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, child.out.write.value(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, child.err.write.value(), STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setsigmask(&attributes, &mask);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  std::string shell = "sh", option = "-c", text = command;
  const std::array<char*, 4> arguments{shell.data(), option.data(), text.data(), nullptr};
  const int error = ::posix_spawn(&child.pid, "/bin/sh", &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  child.in.read.close();
  child.out.write.close();
  child.err.write.close();
  return error;
}

void feed(Descriptor& to, std::string_view& input) {
  const ssize_t written = ::write(to.value(), input.data(), input.size());
  if (written > 0) input.remove_prefix(static_cast<std::size_t>(written));
  const bool gone = written < 0 && errno != EAGAIN && errno != EINTR;
  if (input.empty() || gone) to.close();
}

void collect(Descriptor& from, std::string& into, ChildResult& result, std::size_t limit) {
  std::array<char, 65536> chunk;
  const ssize_t count = ::read(from.value(), chunk.data(), chunk.size());
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) return from.close();
  const std::size_t kept = std::min(static_cast<std::size_t>(count), limit - into.size());
  into.append(chunk.data(), kept);
  if (kept < static_cast<std::size_t>(count)) result.cut = true;
}

int left_ms(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1'000'000));
}

/// Feeds and collects until the command has closed its outputs. False when the time is over.
bool converse(Spawned& child, std::string_view input, const ChildLimits& limits, const HeldSignals& signals,
              ChildResult& result) {
  const auto deadline = Clock::now() + limits.time;
  if (input.empty()) child.in.write.close();
  while (child.out.read.is_open() || child.err.read.is_open()) {
    std::array<pollfd, 4> polled{{{child.in.write.value(), POLLOUT, 0},
                                  {child.out.read.value(), POLLIN, 0},
                                  {child.err.read.value(), POLLIN, 0},
                                  {signals.descriptor(), POLLIN, 0}}};
    if (::poll(polled.data(), polled.size(), left_ms(deadline)) < 0 && errno != EINTR) return false;
    if (polled[0].revents != 0) feed(child.in.write, input);
    if (polled[1].revents != 0) collect(child.out.read, result.out, result, limits.bytes);
    if (polled[2].revents != 0) collect(child.err.read, result.err, result, limits.bytes);
    if (polled[3].revents != 0 || Clock::now() >= deadline) return false;
  }
  return true;
}

/// Waits for the end of a command that has closed its outputs, but not beyond the deadline.
bool reap(pid_t pid, Clock::time_point deadline, int& status) {
  while (true) {
    const pid_t done = ::waitpid(pid, &status, WNOHANG);
    if (done == pid || (done < 0 && errno != EINTR)) return done == pid;
    if (Clock::now() >= deadline) return false;
    ::usleep(1000);
  }
}

void end_group(pid_t pid) {
  ::kill(-pid, SIGKILL);
  int status{};
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
}

void make_nonblocking(const Descriptor& descriptor) {
  ::fcntl(descriptor.value(), F_SETFL, ::fcntl(descriptor.value(), F_GETFL) | O_NONBLOCK);
}

}  // namespace

ChildResult run_shell(const std::string& command, std::string_view input, const ChildLimits& limits) {
  ChildResult result;
  int signal{};
  {
    const HeldSignals signals;
    const auto deadline = Clock::now() + limits.time;
    Spawned child;
    if (result.code = spawn(child, command, signals.before()); result.code != 0) return result;
    make_nonblocking(child.in.write);
    int status{};
    if (converse(child, input, limits, signals, result) && reap(child.pid, deadline, status)) {
      result.end = WIFEXITED(status) ? ChildResult::End::exited : ChildResult::End::signalled;
      result.code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
      ::kill(-child.pid, SIGKILL);  // what it left running in the background
    } else {
      result.end = ChildResult::End::timed_out;
      end_group(child.pid);
    }
    signal = signals.take();
  }
  if (signal != 0) ::raise(signal);
  return result;
}

}  // namespace ecr6::cli

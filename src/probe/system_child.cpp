#include "probe/system_child.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <limits>
#include <memory>
#include <thread>
#include <utility>

namespace ecr6::probe {

namespace {

static_assert(sizeof(SystemMessage) < 4096);  // PIPE_BUF on Linux
static_assert(std::is_trivially_copyable_v<SystemMessage>);

/// Names that are asked for at once.
constexpr std::size_t most_threads = 16;

/// False when nobody reads any more.
bool send(int pipe, const SystemMessage& message) {
  ssize_t written{};
  do {
    written = ::write(pipe, &message, sizeof message);
  } while (written < 0 && errno == EINTR);
  return written == static_cast<ssize_t>(sizeof message);
}

void add(const addrinfo& entry, SystemMessage& message) {
  std::array<std::uint8_t, 16> bytes{};
  const bool is_v6 = entry.ai_family == AF_INET6;
  if (is_v6)
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6*>(entry.ai_addr)->sin6_addr, 16);
  else
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in*>(entry.ai_addr)->sin_addr, 4);
  for (std::uint32_t i = 0; i < message.count; ++i)
    if (message.addresses[i] == bytes && (message.is_v6[i] != 0) == is_v6) return;  // a hosts file may repeat itself
  if (message.count == SystemMessage::most_addresses) {
    ++message.left_out;
    return;
  }
  message.is_v6[message.count] = is_v6 ? 1 : 0;
  message.addresses[message.count++] = bytes;
}

/// The child's life: asks for each name, in some order, and ends.
void answer_all(const std::vector<std::string>& names, int pipe) {
  std::atomic<std::uint32_t> next{};
  const auto work = [&] {
    for (std::uint32_t i = next++; i < names.size(); i = next++) {
      SystemMessage begun;
      begun.name = i;
      begun.at = std::chrono::steady_clock::now();
      if (!send(pipe, begun) || !send(pipe, ask_system(i, names[i]))) return;
    }
  };
  std::vector<std::thread> helpers;
  try {
    while (helpers.size() + 1 < std::min(names.size(), most_threads)) helpers.emplace_back(work);
  } catch (const std::system_error&) {
    // Fewer at once, then.
  }
  work();
  for (std::thread& helper : helpers) helper.join();
}

/// Nothing of the parent's is touched on the way out: no destructors, no buffers.
[[noreturn]] void live_as_child(const std::vector<std::string>& names, int pipe) {
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // when the parent is killed, nobody else would end it
#endif
  if (const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC); null >= 0)
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(null, stream);
  try {
    answer_all(names, pipe);
  } catch (...) {
    ::_exit(1);
  }
  ::_exit(0);
}

}  // namespace

SystemMessage ask_system(std::uint32_t index, const std::string& name) {
  SystemMessage message;
  message.kind = SystemMessage::Kind::answered;
  message.name = index;
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found{};
  message.code = ::getaddrinfo(name.c_str(), nullptr, &hints, &found);
  message.error = message.code == EAI_SYSTEM ? errno : 0;
  message.at = std::chrono::steady_clock::now();
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned{message.code == 0 ? found : nullptr, &::freeaddrinfo};
  for (const addrinfo* each = owned.get(); each != nullptr; each = each->ai_next)
    if (each->ai_family == AF_INET6 || each->ai_family == AF_INET) add(*each, message);
  return message;
}

std::vector<Address> addresses_in(const SystemMessage& message) {
  std::vector<Address> addresses;
  for (std::size_t i = 0; i < std::min<std::size_t>(message.count, SystemMessage::most_addresses); ++i) {
    const std::span<const std::uint8_t, 16> bytes{message.addresses[i]};
    addresses.push_back(message.is_v6[i] != 0 ? Address::from_bytes(bytes) : Address::from_bytes(bytes.first<4>()));
  }
  return addresses;
}

std::optional<SystemChild> SystemChild::start(const std::vector<std::string>& names) {
  std::array<int, 2> ends{};
  if (names.empty() || ::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  const pid_t process = ::fork();
  if (process == 0) {
    ::close(ends[0]);
    live_as_child(names, ends[1]);
  }
  ::close(ends[1]);
  if (process < 0) {
    ::close(ends[0]);
    return std::nullopt;
  }
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);  // not in pipe2: the child's end shall block
  return SystemChild{process, ends[0]};
}

SystemChild::SystemChild(SystemChild&& from) noexcept
    : process_{std::exchange(from.process_, 0)}, pipe_{std::exchange(from.pipe_, -1)} {}

SystemChild::~SystemChild() {
  if (process_ <= 0) return;
  ::close(pipe_);
  ::kill(process_, SIGKILL);
  int status{};
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace ecr6::probe

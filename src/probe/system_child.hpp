#pragma once

#include <netdb.h>
#include <sys/types.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ecr6/core/address.hpp"

namespace ecr6::probe {

/// What the child writes into its pipe: when it begins with a name, and what getaddrinfo(3) gave. Smaller than
/// PIPE_BUF, so that its threads cannot mix their messages.
struct SystemMessage {
  enum class Kind : std::uint32_t { begun, answered };
  static constexpr std::size_t most_addresses = 64;

  Kind kind{};
  std::uint32_t name{};  ///< index into the names
  std::chrono::steady_clock::time_point at{};
  std::int32_t code{};   ///< EAI_…, 0 for an answer
  std::int32_t error{};  ///< errno of EAI_SYSTEM
  std::uint32_t count{}, left_out{};
  std::array<std::uint8_t, most_addresses> is_v6{};
  std::array<std::array<std::uint8_t, 16>, most_addresses> addresses{};
};

/// A process that asks getaddrinfo(3), which cannot be cancelled: the process can. Killed and reaped with this object.
class SystemChild {
 public:
  /// Forks; empty when the system refuses. Call while the process has one thread and no event loop.
  [[nodiscard]] static std::optional<SystemChild> start(const std::vector<std::string>& names);
  SystemChild(SystemChild&& from) noexcept;
  SystemChild& operator=(SystemChild&&) = delete;
  ~SystemChild();

  /// The end of the pipe that SystemMessages come from. Non-blocking; end of file when all names are answered.
  [[nodiscard]] int pipe() const { return pipe_; }

 private:
  SystemChild(pid_t process, int pipe) : process_{process}, pipe_{pipe} {}

  pid_t process_;
  int pipe_;
};

/// The addresses that a message carries, each once, in its order.
[[nodiscard]] std::vector<Address> addresses_in(const SystemMessage& message);

/// What getaddrinfo(3) says in this process about one name; both families, for a stream.
[[nodiscard]] SystemMessage ask_system(std::uint32_t index, const std::string& name);

}  // namespace ecr6::probe

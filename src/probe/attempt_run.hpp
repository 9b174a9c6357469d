#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "probe/attempt.hpp"
#include "probe/classify.hpp"
#include "probe/dial.hpp"
#include "probe/http_answer.hpp"
#include "probe/result.hpp"
#include "probe/tls_session.hpp"

namespace ecr6::probe {

/// How much a peer may send in one attempt: the largest certificate message, all headers, and the records around them.
inline constexpr std::size_t max_received_bytes = 1024 * 1024;

/// One attempt under way. Each stage is a coroutine that says whether the next one may begin; what it saw goes into the
/// attempt.
class AttemptRun {
 public:
  AttemptRun(AttemptPlan plan, const TlsContext& tls, asio::any_io_executor executor);

  [[nodiscard]] asio::awaitable<bool> connect();
  void tell_connect_ended() const;
  [[nodiscard]] asio::awaitable<bool> shake_hands();
  [[nodiscard]] asio::awaitable<void> exchange();
  /// Reads the kernel's account of the connection, closes it, and gives the attempt away.
  [[nodiscard]] Attempt finish();

 private:
  using Clock = std::chrono::steady_clock;
  using Progress = TlsSession::Progress;

  template <class T>
  asio::awaitable<Result<T>> timed(std::optional<Duration>& time, asio::awaitable<Result<T>> op);
  [[nodiscard]] asio::awaitable<Result<Progress>> await_connection();
  [[nodiscard]] asio::awaitable<Result<Progress>> handshake();
  [[nodiscard]] asio::awaitable<Result<Progress>> request_and_answer();
  [[nodiscard]] asio::awaitable<error_code> send(std::string bytes);
  [[nodiscard]] asio::awaitable<error_code> receive();
  [[nodiscard]] Progress read_answer();

  void enter(Stage stage);
  bool fail(Cause cause, std::string detail);
  bool fail(const error_code& error);
  bool fail_at_once(const error_code& error);
  void look_at_route();
  void look_at_next_hop(const error_code& error);
  bool fail_handshake(Progress progress);
  bool judge_certificate();
  void judge_answer(Progress progress);

  AttemptPlan plan_;
  const TlsContext& context_;
  Attempt attempt_;
  Stage stage_{Stage::connect};
  Clock::time_point stage_began_{};
  bool deadline_is_nearer_{};  ///< than the stage's timeout
  Destination destination_;
  asio::ip::tcp::socket socket_;
  std::optional<TlsSession> session_;
  HttpAnswer answer_;
  std::size_t received_{};
  std::array<char, 16 * 1024> input_;
};

}  // namespace ecr6::probe

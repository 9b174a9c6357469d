#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <exception>
#include <functional>
#include <list>

namespace ecr6::probe {

/// Coroutines that run side by side on one thread, can be stopped together, and whose exceptions are not lost.
class Crew {
 public:
  explicit Crew(boost::asio::io_context& io) : io_{io} {}
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// Runs `work` until it ends or stop() cancels it.
  void start(boost::asio::awaitable<void> work);
  /// Cancels everything that still runs, and what is started later at its first wait.
  void stop();
  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] std::size_t running() const { return running_; }
  /// Called, once, when the last one has ended.
  void when_done(std::function<void()> action) { done_ = std::move(action); }
  /// Rethrows the first exception that a coroutine ended with; a cancellation is none.
  void rethrow() const;

 private:
  boost::asio::io_context& io_;
  std::list<boost::asio::cancellation_signal> signals_;
  std::function<void()> done_;
  std::size_t running_{};
  bool stopped_{};
  std::exception_ptr failure_;
};

}  // namespace ecr6::probe

#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace ecr6::wire_test {

/// Drives `op` to its end on `io` and rethrows what it threw. A coroutine that outlives the watchdog is a failed test,
/// not a hung build. Peers that live on the same context go on until it is destroyed.
template <class T>
T run(boost::asio::io_context& io, boost::asio::awaitable<T> op,
      std::chrono::seconds watchdog = std::chrono::seconds{5}) {
  std::optional<T> result;
  std::exception_ptr error;
  bool finished{};
  boost::asio::co_spawn(io, std::move(op), [&](std::exception_ptr thrown, T value) {
    error = thrown;
    if (!thrown) result.emplace(std::move(value));
    finished = true;
    io.stop();
  });
  io.restart();
  io.run_for(watchdog);
  if (error) std::rethrow_exception(error);
  if (!finished) throw std::runtime_error{"the coroutine did not end before the watchdog"};
  return std::move(*result);
}

}  // namespace ecr6::wire_test

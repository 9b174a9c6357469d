#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <utility>
#include <variant>

#include "probe/result.hpp"

namespace ecr6::probe {

/// Runs `op`, cancelling it once `budget` is spent; then the error is timed_out. When the caller itself is cancelled
/// the error is operation_aborted. `op` must return its failures: operator|| goes on waiting when the loser fails by
/// exception. The loser has finished before this returns.
template <class T>
asio::awaitable<Result<T>> within(std::chrono::steady_clock::duration budget, asio::awaitable<Result<T>> op) {
  using namespace asio::experimental::awaitable_operators;
  asio::steady_timer timer{co_await asio::this_coro::executor, budget};
  auto winner = co_await (std::move(op) || timer.async_wait(by_value));
  if (auto* finished = std::get_if<0>(&winner)) co_return std::move(*finished);
  const auto [stopped] = std::get<1>(winner);
  co_return stopped ? stopped : error_code{asio::error::timed_out};
}

}  // namespace ecr6::probe

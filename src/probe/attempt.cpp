#include "probe/attempt.hpp"

#include <boost/asio/this_coro.hpp>
#include <memory>
#include <utility>

#include "probe/attempt_run.hpp"

namespace ecr6::probe {

boost::asio::awaitable<Attempt> attempt(AttemptPlan plan, const TlsContext& tls) {
  // Cancelled, each operation ends with an error that becomes the cause; what was seen before must not be lost.
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  const auto executor = co_await asio::this_coro::executor;
  const auto run = std::make_unique<AttemptRun>(std::move(plan), tls, executor);
  bool goes_on = co_await run->connect();
  run->tell_connect_ended();
  if (goes_on) goes_on = co_await run->shake_hands();
  if (goes_on) co_await run->exchange();
  co_await asio::this_coro::throw_if_cancelled(throws);
  co_return run->finish();
}

}  // namespace ecr6::probe

#include "crew.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace ecr6::probe {

namespace asio = boost::asio;

namespace {

/// Whether a coroutine only ended because it was told to.
bool is_cancellation(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    return error.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

}  // namespace

void Crew::start(asio::awaitable<void> work) {
  if (stopped_) return;
  const auto signal = signals_.emplace(signals_.end());
  ++running_;
  const auto ended = [this, signal](const std::exception_ptr& failure) {
    signals_.erase(signal);
    if (failure && !failure_ && !is_cancellation(failure)) failure_ = failure;
    if (--running_ == 0 && done_) done_();
  };
  asio::co_spawn(io_, std::move(work), asio::bind_cancellation_slot(signal->slot(), ended));
}

void Crew::stop() {
  stopped_ = true;
  // A signal's coroutine may end inside emit() and take the signal off the list: step on first.
  for (auto next = signals_.begin(); next != signals_.end();) (next++)->emit(asio::cancellation_type::terminal);
}

void Crew::rethrow() const {
  if (failure_) std::rethrow_exception(failure_);
}

}  // namespace ecr6::probe

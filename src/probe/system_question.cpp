#include "probe/system_question.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <system_error>
#include <utility>

#include "probe/within.hpp"

namespace ecr6::probe {

namespace {

using Clock = std::chrono::steady_clock;

std::string word_of(int code) {
  switch (code) {
    case EAI_AGAIN:
      return "EAI_AGAIN";
    case EAI_FAIL:
      return "EAI_FAIL";
    case EAI_MEMORY:
      return "EAI_MEMORY";
    case EAI_NODATA:
      return "EAI_NODATA";
    case EAI_NONAME:
      return "EAI_NONAME";
    case EAI_SYSTEM:
      return "EAI_SYSTEM";
    default:
      return fmt::format("code {}", code);
  }
}

std::string error_text(const SystemMessage& message) {
  if (message.code == 0) return {};
  const std::string words =
      message.code == EAI_SYSTEM ? std::system_category().message(message.error) : ::gai_strerror(message.code);
  return word_of(message.code) + ": " + words;
}

/// Not a Result<bool>: an error_code converts to bool.
asio::awaitable<Result<int>> wait_for(asio::posix::stream_descriptor& pipe) {
  const auto [error] = co_await pipe.async_wait(asio::posix::stream_descriptor::wait_read, by_value);
  if (error) co_return error;
  co_return 0;
}

}  // namespace

SystemQuestion::SystemQuestion(std::vector<std::string> names)
    : names_{std::move(names)},
      answers_(names_.size()),
      begun_(names_.size()),
      open_{names_.size()},
      child_{SystemChild::start(names_)} {}

asio::awaitable<void> SystemQuestion::listen(Clock::time_point end) {
  if (!child_) co_return;
  asio::posix::stream_descriptor pipe{co_await asio::this_coro::executor, child_->pipe()};
  // The child's own object closes the pipe, also when this coroutine is cancelled.
  struct Release {
    asio::posix::stream_descriptor& pipe;
    ~Release() { pipe.release(); }
  } const release{pipe};
  while (open_ > 0) {
    auto waiting = wait_for(pipe);
    const auto ready = co_await within(end - Clock::now(), std::move(waiting));
    if (!ready || !take_one()) break;
  }
  if (Clock::now() >= end) finish();
}

bool SystemQuestion::take_one() {
  SystemMessage message;
  const ssize_t size = ::read(child_->pipe(), &message, sizeof message);
  ended_ = size == 0;
  if (size != static_cast<ssize_t>(sizeof message)) return false;  // writes below PIPE_BUF come whole
  take(message);
  return true;
}

void SystemQuestion::take(const SystemMessage& message) {
  if (message.name >= names_.size()) return;
  if (message.kind == SystemMessage::Kind::begun) {
    begun_[message.name] = message.at;
    return;
  }
  SystemAnswer& answer = answers_[message.name].emplace();
  answer.addresses = addresses_in(message);
  answer.addresses_left_out = message.left_out;
  answer.error = error_text(message);
  answer.duration = std::chrono::duration_cast<Duration>(message.at - begun_[message.name].value_or(message.at));
  --open_;
}

void SystemQuestion::finish() {
  if (!child_) return;
  while (open_ > 0 && take_one()) {
  }
  const auto now = Clock::now();
  child_.reset();
  if (ended_) return;  // by itself, without an answer: that is not waiting
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (answers_[i] || !begun_[i]) continue;
    SystemAnswer& answer = answers_[i].emplace();
    answer.killed = true;
    answer.duration = std::chrono::duration_cast<Duration>(now - *begun_[i]);
  }
}

std::optional<SystemAnswer> SystemQuestion::answer(const std::string& name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  return found == names_.end() ? std::nullopt : answers_[static_cast<std::size_t>(found - names_.begin())];
}

}  // namespace ecr6::probe

#include "probe/attempt_run.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "host/network.hpp"
#include "probe/socket_facts.hpp"
#include "probe/within.hpp"

namespace ecr6::probe {

namespace {

Duration since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - began);
}

/// AWS asks for TLS 1.2 at least (blog "TLS 1.2 required for AWS endpoints", 2023), and so do its clients.
bool is_too_old(std::string_view version) { return version == "TLSv1" || version == "TLSv1.1" || version == "SSLv3"; }

Reached reached_by(Stage stage) {
  if (stage == Stage::http) return Reached::http;
  return stage == Stage::tls ? Reached::tls : Reached::connect;
}

}  // namespace

AttemptRun::AttemptRun(AttemptPlan plan, const TlsContext& tls, asio::any_io_executor executor)
    : plan_{std::move(plan)}, context_{tls}, socket_{std::move(executor)} {
  attempt_.family = plan_.family;
  attempt_.address = plan_.address;
  attempt_.port = plan_.port;
  attempt_.started = since(plan_.run_start);
  destination_ = {plan_.address, plan_.port, plan_.interface, plan_.max_segment};
}

void AttemptRun::enter(Stage stage) {
  stage_ = stage;
  attempt_.reached = reached_by(stage);
  stage_began_ = Clock::now();
}

bool AttemptRun::fail(Cause cause, std::string detail) {
  attempt_.cause = cause;
  attempt_.detail = std::move(detail);
  return false;
}

bool AttemptRun::fail(const error_code& error) {
  const bool out_of_time = error == asio::error::timed_out;
  if (stage_ == Stage::tls && session_ && !session_->looks_like_tls()) return fail_handshake(Progress::failed);
  if (out_of_time && deadline_is_nearer_) return fail(Cause::deadline_exceeded, "the run's deadline came first");
  const Cause cause = classify(stage_, error);
  if (error == asio::error::message_size)
    return fail(cause, fmt::format("the peer sent more than {} bytes", max_received_bytes));
  return fail(cause, out_of_time ? fmt::format("not finished within {}", to_text(plan_.timeout)) : error.message());
}

/// Runs one stage's operation within what is left of its time, and says how long it took, failed or not.
template <class T>
asio::awaitable<Result<T>> AttemptRun::timed(std::optional<Duration>& time, asio::awaitable<Result<T>> op) {
  const auto now = Clock::now();
  const auto spent = now - stage_began_;
  const Clock::duration own = std::max<Clock::duration>(plan_.timeout - spent, Clock::duration::zero());
  const Clock::duration left = std::max(plan_.deadline - now, Clock::duration::zero());
  deadline_is_nearer_ = left < own;
  auto result = co_await within(std::min(own, left), std::move(op));
  time = since(stage_began_);
  co_return result;
}

asio::awaitable<bool> AttemptRun::connect() {
  enter(Stage::connect);
  auto opened = open_socket(socket_.get_executor(), destination_);
  if (!opened) co_return fail_at_once(opened.error());
  socket_ = std::move(*opened);
  queue_icmp_errors(socket_.native_handle(), plan_.address.family(), true);
  const error_code begun = begin_connect(socket_, destination_);
  if (begun && begun != asio::error::in_progress) co_return fail_at_once(begun);
  attempt_.source_address = local_address(socket_.native_handle());  // chosen already, gone again after a failure
  look_at_route();
  const auto connected = co_await timed(attempt_.connect_time, await_connection());
  if (const auto icmp = take_icmp_error(socket_.native_handle())) attempt_.icmp = icmp;
  if (!connected) {
    look_at_next_hop(connected.error());
    const bool stays = connected.error() == asio::error::timed_out && stays_on_this_host(socket_.native_handle());
    fail(connected.error());
    if (stays) attempt_.detail += "; when it was sent again, this host itself dropped the packet";
    co_return false;
  }
  queue_icmp_errors(socket_.native_handle(), plan_.address.family(), false);
  if (plan_.stop_once_connected) attempt_.reached = Reached::done;
  co_return !plan_.stop_once_connected;
}

void AttemptRun::tell_connect_ended() const {
  if (plan_.connect_ended) plan_.connect_ended(attempt_.cause);
}

bool AttemptRun::fail_at_once(const error_code& error) {
  attempt_.connect_time = since(stage_began_);
  attempt_.synchronous = true;
  attempt_.source_address = chosen_source(plan_.address, plan_.interface);
  look_at_route();
  return fail(classify(Stage::connect, error, Arrival::synchronous), error.message());
}

/// What goes to this host itself has no way to tell of.
void AttemptRun::look_at_route() {
  if (plan_.address.is_loopback()) return;
  attempt_.route = host::route_to({plan_.address, plan_.port, plan_.interface, attempt_.source_address});
}

/// Neighbour discovery gives up after about 3 s, later than most timeouts: a dead next hop looks like silence. Whether
/// it is one stands in the neighbour table as long as the connect is being tried.
void AttemptRun::look_at_next_hop(const error_code& error) {
  const bool may_be_dead = error == asio::error::timed_out || error == asio::error::host_unreachable;
  if (may_be_dead && attempt_.route) attempt_.neighbour = host::next_hop(*attempt_.route, plan_.address);
}

asio::awaitable<Result<AttemptRun::Progress>> AttemptRun::await_connection() {
  for (;;) {
    const auto [error] = co_await socket_.async_wait(asio::ip::tcp::socket::wait_write, by_value);
    if (error) co_return error;
    const error_code outcome = connect_outcome(socket_);
    if (!outcome) co_return Progress::done;
    if (outcome != asio::error::in_progress) co_return outcome;
    // Only a queued ICMP message, such as Packet Too Big, has woken us; unread it would wake us for ever.
    if (const auto icmp = take_icmp_error(socket_.native_handle())) attempt_.icmp = icmp;
  }
}

asio::awaitable<error_code> AttemptRun::send(std::string bytes) {
  if (bytes.empty()) co_return error_code{};
  const auto [error, size] = co_await asio::async_write(socket_, asio::buffer(bytes), by_value);
  co_return error;
}

asio::awaitable<error_code> AttemptRun::receive() {
  const auto [error, size] = co_await socket_.async_read_some(asio::buffer(input_), by_value);
  if (error) co_return error;
  received_ += size;
  if (received_ > max_received_bytes) co_return error_code{asio::error::message_size};
  session_->feed({input_.data(), size});
  co_return error_code{};
}

asio::awaitable<bool> AttemptRun::shake_hands() {
  enter(Stage::tls);
  session_.emplace(context_, plan_.host, plan_.large_hello);
  const auto shaken = co_await timed(attempt_.tls_time, handshake());
  if (!shaken) co_return fail(shaken.error());
  if (*shaken == Progress::wants_read) {  // the first byte was all that was asked for
    if (!session_->looks_like_tls()) co_return fail_handshake(Progress::failed);
    attempt_.reached = Reached::done;
    co_return false;
  }
  if (*shaken != Progress::done) co_return fail_handshake(*shaken);
  co_return judge_certificate();
}

asio::awaitable<Result<AttemptRun::Progress>> AttemptRun::handshake() {
  for (;;) {
    const Progress progress = session_->shake_hands();
    if (progress == Progress::done) co_return progress;  // TLS 1.3: our last flight goes out with the request
    const error_code unsent = co_await send(session_->take_output());
    if (progress != Progress::wants_read) co_return progress;
    if (unsent) co_return unsent;
    const error_code error = co_await receive();
    if (error) co_return error;
    if (plan_.stop_after_first_tls_byte && !session_->begins_with_alert()) co_return Progress::wants_read;
  }
}

bool AttemptRun::fail_handshake(Progress progress) {
  if (!session_->looks_like_tls()) {
    attempt_.first_bytes = session_->first_bytes();
    return fail(Cause::not_tls, session_->detail().empty() ? "no TLS record" : session_->detail());
  }
  if (progress == Progress::closed) return fail(Cause::closed_early, "close notify");
  if (session_->no_common_version()) return fail(Cause::tls_too_old, session_->detail());
  return fail(session_->alert() ? Cause::tls_alert : Cause::tls_handshake_failed, session_->detail());
}

bool AttemptRun::judge_certificate() {
  attempt_.tls = session_->facts();
  const bool too_old = is_too_old(attempt_.tls->version);
  const Cause cause = classify_certificate(attempt_.tls->verify_code);
  const bool by_dates = cause == Cause::certificate_expired || cause == Cause::certificate_not_yet_valid;
  if ((attempt_.tls->verified || (plan_.despite_dates && by_dates)) && !too_old) return true;
  error_code ignored;  // a courtesy to the peer's log: it sees a finished handshake, then a close
  socket_.write_some(asio::buffer(session_->take_output()), ignored);
  if (too_old) return fail(Cause::tls_too_old, fmt::format("the peer chose {}", attempt_.tls->version));
  return fail(cause, attempt_.tls->verify);
}

asio::awaitable<void> AttemptRun::exchange() {
  enter(Stage::http);
  const auto answered = co_await timed(attempt_.http_time, request_and_answer());
  if (!answered)
    fail(answered.error());
  else
    judge_answer(*answered);
}

asio::awaitable<Result<AttemptRun::Progress>> AttemptRun::request_and_answer() {
  const Progress written =
      session_->write(request_text(plan_.host, plan_.host_port.value_or(plan_.port), plan_.target));
  if (written != Progress::done) co_return written;
  for (;;) {
    // A failure to send is told apart when receiving: the peer's alert may still be there to be read.
    (void)co_await send(session_->take_output());
    const Progress progress = read_answer();
    if (progress != Progress::wants_read) co_return progress;
    const error_code error = co_await receive();
    if (error) co_return error;
  }
}

AttemptRun::Progress AttemptRun::read_answer() {
  for (;;) {
    std::string plain;
    const Progress progress = session_->read(plain);
    if (progress != Progress::done) return progress;
    if (answer_.feed(plain) != HttpAnswer::State::reading) return Progress::done;
  }
}

void AttemptRun::judge_answer(Progress progress) {
  if (progress == Progress::closed) {
    fail(Cause::closed_early, "close notify");
    return;
  }
  if (progress == Progress::failed) {  // TLS 1.3: a refused client shows here at the earliest
    fail(session_->alert() ? Cause::tls_alert : Cause::http_malformed, session_->detail());
    return;
  }
  if (answer_.state() == HttpAnswer::State::complete) {
    attempt_.http = answer_.facts();
    attempt_.http->target = plan_.target;
    attempt_.reached = Reached::done;
    return;
  }
  const bool malformed = answer_.state() == HttpAnswer::State::malformed;
  if (malformed) attempt_.first_bytes = answer_.first_bytes();
  fail(malformed ? Cause::http_malformed : Cause::http_headers_too_large, answer_.detail());
}

Attempt AttemptRun::finish() {
  if (socket_.is_open() && !attempt_.synchronous) attempt_.tcp = tcp_facts(socket_.native_handle());
  if (attempt_.tcp && attempt_.route)
    attempt_.tcp->interface_mtu = interface_mtu(socket_.native_handle(), attempt_.route->interface);
  error_code ignored;
  socket_.close(ignored);  // no shutdown of TLS: waiting for the peer's close_notify may take for ever
  return std::move(attempt_);
}

}  // namespace ecr6::probe

#include "probe/ares_channel.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <new>
#include <utility>

#include "probe/dns_answer.hpp"
#include "probe/nameserver_socket.hpp"
#include "probe/result.hpp"

// c-ares 1.34 prefers ares_query_dnsrec, which 1.18 does not have; the raw answer is what is wanted here anyway.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace ecr6::probe {

/// Tells the channel when one of c-ares's sockets is ready. Outlives the channel when a handler is still on its way.
class AresChannel::Watch : public std::enable_shared_from_this<Watch> {
 public:
  Watch(AresChannel& channel, ares_socket_t fd) : channel_{&channel}, fd_{fd}, descriptor_{channel.executor_} {
    error_code error;  // by value: an exception must not cross c-ares
    descriptor_.assign(fd, error);
    if (error) channel.fail(error.value());
  }

  void want(bool read, bool write) {
    wants_[0] = read;
    wants_[1] = write;
    arm(0);
    arm(1);
  }
  /// c-ares closes the socket right after it says that it is done with it, and may be handed the same number for its
  /// next one: epoll has to let go now, not when the last handler drops its reference.
  void detach() {
    channel_ = nullptr;
    descriptor_.release();
  }

 private:
  void arm(std::size_t direction) {
    if (!channel_ || channel_->reply_.done || !wants_[direction] || waits_[direction]) return;
    waits_[direction] = true;
    const auto type =
        direction == 0 ? asio::posix::stream_descriptor::wait_read : asio::posix::stream_descriptor::wait_write;
    descriptor_.async_wait(type, [self = shared_from_this(), direction](error_code error) {
      self->waits_[direction] = false;
      if (error || !self->channel_ || self->channel_->reply_.done || !self->wants_[direction]) return;
      self->channel_->process(self->fd_, direction == 0);
      self->arm(direction);  // does nothing when c-ares closed the socket meanwhile
    });
  }

  AresChannel* channel_;
  ares_socket_t fd_;
  asio::posix::stream_descriptor descriptor_;
  std::array<bool, 2> wants_{}, waits_{};  ///< read, write
};

AresChannel::AresChannel(const boost::asio::any_io_executor& executor, Nameserver server)
    : executor_{executor}, progress_{executor}, server_{std::move(server)} {
  open();
}

AresChannel::~AresChannel() {
  reply_.done = true;  // what c-ares still says while it closes down is of no interest
  if (channel_) ares_destroy(channel_);
  for (const auto& [fd, watch] : watches_) watch->detach();
}

void AresChannel::open() {
  // Every setting is given, so that c-ares reads no file for it (resolv.conf, nsswitch.conf, host.conf). It never ends
  // a question by itself, for tries and time are the caller's: a day is longer than any budget.
  std::string lookups = "b";
  ares_options options{};
  options.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_NOSEARCH;
  options.timeout = 24 * 3600 * 1000;
  options.tries = 1;
  options.ndots = 1;
  options.lookups = lookups.data();
  options.sock_state_cb = &on_socket_state;
  options.sock_state_cb_data = this;
  int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS | ARES_OPT_SERVERS |
             ARES_OPT_DOMAINS | ARES_OPT_LOOKUPS | ARES_OPT_SORTLIST | ARES_OPT_SOCK_STATE_CB;
#ifdef ARES_OPT_QUERY_CACHE
  mask |= ARES_OPT_QUERY_CACHE;  // qcache_max_ttl is 0: every question is asked
#endif
  int status = ares_init_options(&channel_, &options, mask);
  if (status == ARES_ENOMEM) throw std::bad_alloc{};
  if (status != ARES_SUCCESS) return finish(status);
  ares_set_socket_configure_callback(channel_, &on_new_socket, this);
  // Without the zone, which c-ares 1.18 rejects; and when it rejects a server it goes on asking another one.
  const std::string address = server_.address.to_string();
  const std::string server =
      fmt::format("{}:{}", server_.address.is_v6() ? "[" + address + "]" : address, server_.port);
  status = ares_set_servers_ports_csv(channel_, server.c_str());
  if (status != ARES_SUCCESS) finish(status);
}

void AresChannel::send(const std::string& name, Family family) {
  constexpr int class_in = 1, type_a = 1, type_aaaa = 28;
  if (reply_.done) return;
  if (name.find('\0') != name.npos) return finish(ARES_EBADNAME);
  Question& question = questions_.emplace_back(Question{this, std::chrono::steady_clock::now()});
  ares_query(channel_, name.c_str(), class_in, family == Family::ipv6 ? type_aaaa : type_a, &on_answer, &question);
}

boost::asio::awaitable<void> AresChannel::wait_until(std::chrono::steady_clock::time_point end) {
  while (!reply_.done && std::chrono::steady_clock::now() < end) {
    progress_.expires_at(end);
    co_await progress_.async_wait(by_value);
  }
}

void AresChannel::finish(int status) {
  if (reply_.done) return;
  reply_.done = true;
  reply_.status = status;
  progress_.cancel();
}

void AresChannel::fail(int socket_error) {
  if (!reply_.done) reply_.socket_error = socket_error;
  finish(ARES_ECONNREFUSED);
}

void AresChannel::take_message(std::vector<std::uint8_t> message, std::chrono::steady_clock::time_point sent) {
  reply_.message = std::move(message);
  reply_.latency = std::chrono::steady_clock::now() - sent;
}

void AresChannel::on_answer(void* question, int status, int, unsigned char* message, int length) {
  const Question& answered = *static_cast<Question*>(question);
  AresChannel& channel = *answered.channel;
  if (channel.reply_.done) return;
  if (message && length > 0) channel.take_message({message, message + length}, answered.sent);
  channel.finish(status);
}

void AresChannel::on_socket_state(void* self, ares_socket_t fd, int wants_read, int wants_write) {
  auto& channel = *static_cast<AresChannel*>(self);
  auto found = channel.watches_.find(fd);
  if (wants_read || wants_write) {
    if (found == channel.watches_.end())
      found = channel.watches_.emplace(fd, std::make_shared<Watch>(channel, fd)).first;
    return found->second->want(wants_read != 0, wants_write != 0);
  }
  if (found == channel.watches_.end()) return;
  found->second->detach();
  channel.watches_.erase(found);
}

int AresChannel::on_new_socket(ares_socket_t fd, int type, void* self) {
  auto& channel = *static_cast<AresChannel*>(self);
  if (type == SOCK_STREAM) channel.tcp_fd_ = fd;
  channel.reply_.over_tcp = channel.reply_.over_tcp || type == SOCK_STREAM;
  const int error = prepare_socket(fd, channel.server_);
  if (error != 0) channel.reply_.socket_error = error;  // c-ares ends the question by itself
  return error == 0 ? 0 : -1;
}

void AresChannel::process(ares_socket_t fd, bool readable) {
  // c-ares keeps the reason of a failure to itself, and drops what it does not want: look before it reads.
  const bool was_over_tcp = reply_.over_tcp;
  const Peeked peeked = peek(fd, fd == tcp_fd_);
  if (peeked.error != 0) return fail(peeked.error);
  if (fd == tcp_fd_) reply_.tcp_connected = true;  // a socket that is ready without an error is connected
  if (peeked.closed) reply_.closed = true;
  ares_process_fd(channel_, readable ? fd : ARES_SOCKET_BAD, readable ? ARES_SOCKET_BAD : fd);
  if (!reply_.done && !was_over_tcp && !reply_.over_tcp && !peeked.bytes.empty()) note_ignored(peeked.bytes);
}

void AresChannel::note_ignored(const std::string& datagram) {
  const auto* first = static_cast<const std::uint8_t*>(static_cast<const void*>(datagram.data()));
  const std::span message{first, datagram.size()};
  if (read_bare_refusal(message)) {
    take_message({message.begin(), message.end()}, questions_.back().sent);  // it does not say to which one
    return finish(ARES_SUCCESS);
  }
  ++(is_dns_reply(message) ? reply_.foreign : reply_.unreadable);
}

}  // namespace ecr6::probe

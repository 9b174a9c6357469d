#include "full_queue.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <stdexcept>

namespace ecr6::lab {

namespace {

using boost::asio::ip::tcp;

constexpr int most_fillers = 8;

/// Starts a connect; false when it is still without an answer after a moment, which loopback never needs.
bool connects(tcp::socket& socket, const tcp::endpoint& endpoint) {
  socket.open(endpoint.protocol());
  socket.native_non_blocking(true);
  // Asio's own connect() waits for the outcome, also on a non-blocking socket.
  if (::connect(socket.native_handle(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) == 0) return true;
  pollfd writable{socket.native_handle(), POLLOUT, 0};
  return ::poll(&writable, 1, 50) == 1;
}

}  // namespace

FullQueue::FullQueue(boost::asio::io_context& io, const boost::asio::ip::address& address)
    : acceptor_{io, address.is_v6() ? tcp::v6() : tcp::v4()} {
  acceptor_.bind({address, 0});
  acceptor_.listen(0);
  for (int i = 0; i < most_fillers; ++i) {
    tcp::socket filler{io};
    const bool connected = connects(filler, endpoint());
    fillers_.push_back(std::move(filler));
    if (!connected) return;
  }
  throw std::runtime_error{
      "the embedded ECR cannot make a silent port: this kernel answers although the queue is full"};
}

tcp::acceptor& FullQueue::release() {
  fillers_.clear();
  // listen() again only changes the length of the queue (listen(2)).
  ::listen(acceptor_.native_handle(), SOMAXCONN);
  return acceptor_;
}

}  // namespace ecr6::lab

#include "probe/dial.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/error.hpp>
#include <cerrno>

#include "probe/sockaddr.hpp"

namespace ecr6::probe {

namespace {

using asio::ip::tcp;

error_code system_error(int number) { return {number, boost::system::system_category()}; }

error_code prepare(tcp::socket& socket, const Destination& to) {
  const int descriptor = socket.native_handle();
  if (to.max_segment > 0 &&
      ::setsockopt(descriptor, IPPROTO_TCP, TCP_MAXSEG, &to.max_segment, sizeof to.max_segment) != 0)
    return system_error(errno);
  // The request is written once and whole: Nagle would only hold it back behind the handshake's last flight.
  error_code error;
  socket.set_option(tcp::no_delay{true}, error);
  if (const int number = bind_to(descriptor, to.interface, to.address.family())) return system_error(number);
  socket.non_blocking(true, error);
  return error;
}

}  // namespace

Result<tcp::socket> open_socket(const asio::any_io_executor& executor, const Destination& to) {
  tcp::socket socket{executor};
  error_code error;
  socket.open(to.address.is_v6() ? tcp::v6() : tcp::v4(), error);
  if (!error) error = prepare(socket, to);
  if (error) return error;
  return socket;
}

error_code begin_connect(tcp::socket& socket, const Destination& to) {
  const SocketAddress address = to_sockaddr(to.address, to.port);
  if (::connect(socket.native_handle(), address.data(), address.size) == 0) return {};
  return system_error(errno);
}

error_code connect_outcome(tcp::socket& socket) {
  int number = 0;
  socklen_t size = sizeof number;
  if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_ERROR, &number, &size) != 0) return system_error(errno);
  if (number != 0) return system_error(number);
  error_code error;
  (void)socket.remote_endpoint(error);
  return error == asio::error::not_connected ? error_code{asio::error::in_progress} : error;
}

}  // namespace ecr6::probe

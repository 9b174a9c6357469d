#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <vector>

namespace ecr6::lab {

/// A listening port that drops every SYN: the accept queue (backlog 0) is filled and nobody accepts. Linux answers no
/// SYN then, so connects time out, also on loopback and without root.
class FullQueue {
 public:
  FullQueue(boost::asio::io_context& io, const boost::asio::ip::address& address);
  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
  /// Opens the queue: from now on a retransmitted SYN is answered. The caller accepts.
  boost::asio::ip::tcp::acceptor& release();

 private:
  boost::asio::ip::tcp::acceptor acceptor_;
  std::vector<boost::asio::ip::tcp::socket> fillers_;
};

}  // namespace ecr6::lab

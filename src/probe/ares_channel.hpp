#pragma once

#include <ares.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ecr6/core/family.hpp"
#include "ecr6/observation/lookup.hpp"

namespace ecr6::probe {

/// What came of a question so far.
struct Reply {
  bool done{};
  int status{ARES_SUCCESS};  ///< c-ares's, when `message` is empty and `socket_error` is 0
  int socket_error{};        ///< errno that came back on a socket, or that kept it from being prepared
  bool over_tcp{};           ///< the answer was truncated, and the question went on over TCP
  bool tcp_connected{};      ///< the connection for it came to stand
  std::optional<std::chrono::steady_clock::duration> latency;  ///< of `message`, from the sending of its question
  bool closed{};                      ///< the nameserver closed the TCP connection before it answered
  std::vector<std::uint8_t> message;  ///< the answer as it came
  int foreign{};                      ///< datagrams that answer another question, or under another id
  int unreadable{};                   ///< datagrams that are no DNS answer
};

/// One c-ares channel for one question to one nameserver, driven by Asio. It reads no configuration file and asks no
/// other server. Stays on one thread; not movable, since c-ares keeps a pointer to it.
class AresChannel {
 public:
  AresChannel(const boost::asio::any_io_executor& executor, Nameserver server);
  AresChannel(const AresChannel&) = delete;
  AresChannel& operator=(const AresChannel&) = delete;
  ~AresChannel();

  /// Sends the question. A second call sends it once more, under an id of its own; whichever is answered first counts.
  void send(const std::string& name, Family family);
  /// Returns once the reply is done or `end` has come. Throws operation_aborted when the coroutine is cancelled.
  boost::asio::awaitable<void> wait_until(std::chrono::steady_clock::time_point end);
  [[nodiscard]] const Reply& reply() const { return reply_; }

 private:
  class Watch;
  /// What c-ares hands back with an answer: the question may have been sent more than once.
  struct Question {
    AresChannel* channel;
    std::chrono::steady_clock::time_point sent;
  };

  static void on_answer(void* question, int status, int timeouts, unsigned char* message, int length);
  static void on_socket_state(void* self, ares_socket_t fd, int wants_read, int wants_write);
  static int on_new_socket(ares_socket_t fd, int type, void* self);

  void open();
  void finish(int status);
  void take_message(std::vector<std::uint8_t> message, std::chrono::steady_clock::time_point sent);
  void fail(int socket_error);
  void process(ares_socket_t fd, bool readable);
  void note_ignored(const std::string& datagram);

  boost::asio::any_io_executor executor_;
  boost::asio::steady_timer progress_;  ///< cancelled when the reply is done
  Nameserver server_;
  Reply reply_;
  std::list<Question> questions_;  ///< as sent; c-ares points into it
  ares_channel channel_{};
  ares_socket_t tcp_fd_{ARES_SOCKET_BAD};
  std::map<ares_socket_t, std::shared_ptr<Watch>> watches_;
};

}  // namespace ecr6::probe

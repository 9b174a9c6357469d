#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <cstdint>
#include <string>

#include "probe/metadata_answer.hpp"
#include "probe/result.hpp"

namespace ecr6::probe {

/// One of the two addresses of the metadata service, and the HTTP spoken there. Answers are bounded.
class MetadataDoor {
 public:
  MetadataDoor(const Address& service, std::uint16_t port, const asio::any_io_executor& executor);

  [[nodiscard]] const Address& service() const { return service_; }
  /// PUT /latest/api/token, with the token's life in its header.
  [[nodiscard]] asio::awaitable<Result<MetadataAnswer>> ask_for_token();
  /// GET /latest/meta-data/PATH with the token.
  [[nodiscard]] asio::awaitable<Result<MetadataAnswer>> get(std::string path, std::string token);
  /// Ends whatever is going on here with operation_aborted.
  void close();

 private:
  struct Question;
  asio::awaitable<Result<MetadataAnswer>> ask(Question question);
  asio::awaitable<error_code> connect();

  Address service_;
  std::uint16_t port_;
  asio::ip::tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
};

}  // namespace ecr6::probe

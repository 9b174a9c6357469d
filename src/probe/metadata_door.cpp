#include "probe/metadata_door.hpp"

#include <fmt/core.h>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace ecr6::probe {

namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr std::size_t max_header = 8 * 1024;
constexpr std::size_t max_body = 16 * 1024;
constexpr std::string_view token_seconds = "60";

tcp::endpoint endpoint_of(const Address& address, std::uint16_t port) {
  const auto bytes = address.bytes();
  if (!address.is_v6()) {
    asio::ip::address_v4::bytes_type four{};
    std::copy(bytes.begin(), bytes.end(), four.begin());
    return {asio::ip::address_v4{four}, port};
  }
  asio::ip::address_v6::bytes_type sixteen{};
  std::copy(bytes.begin(), bytes.end(), sixteen.begin());
  return {asio::ip::address_v6{sixteen}, port};
}

}  // namespace

struct MetadataDoor::Question {
  http::request<http::empty_body> request;
  explicit Question(http::verb verb, const std::string& target, const Address& service) : request{verb, target, 11} {
    const std::string host = service.to_string();
    request.set(http::field::host, service.is_v6() ? fmt::format("[{}]", host) : host);
    request.set(http::field::user_agent, "ecr6/" ECR6_VERSION);
  }
};

MetadataDoor::MetadataDoor(const Address& service, std::uint16_t port, const asio::any_io_executor& executor)
    : service_{service}, port_{port}, socket_{executor}, buffer_{max_header + max_body} {}

void MetadataDoor::close() {
  error_code ignored;
  socket_.close(ignored);
  buffer_.clear();
}

asio::awaitable<error_code> MetadataDoor::connect() {
  if (socket_.is_open()) co_return error_code{};
  const tcp::endpoint there = endpoint_of(service_, port_);
  const auto [error] = co_await socket_.async_connect(there, by_value);
  co_return error;
}

asio::awaitable<Result<MetadataAnswer>> MetadataDoor::ask_for_token() {
  Question question{http::verb::put, "/latest/api/token", service_};
  question.request.set("X-aws-ec2-metadata-token-ttl-seconds", token_seconds);
  question.request.prepare_payload();
  return ask(std::move(question));
}

asio::awaitable<Result<MetadataAnswer>> MetadataDoor::get(std::string path, std::string token) {
  Question question{http::verb::get, "/latest/meta-data/" + path, service_};
  question.request.set("X-aws-ec2-metadata-token", token);
  return ask(std::move(question));
}

asio::awaitable<Result<MetadataAnswer>> MetadataDoor::ask(Question question) {
  if (const error_code error = co_await connect()) co_return error;
  const auto [unsent, sent] = co_await http::async_write(socket_, question.request, by_value);
  if (unsent) co_return unsent;
  http::response_parser<http::string_body> parser;
  parser.header_limit(max_header);
  parser.body_limit(max_body);
  const auto [error, read] = co_await http::async_read(socket_, buffer_, parser, by_value);
  if (error) co_return error;
  const auto& answer = parser.get();
  MetadataAnswer result;
  result.status = static_cast<int>(answer.result_int());
  result.server = std::string{answer[http::field::server]};
  result.body = answer.body();
  if (!parser.keep_alive()) close();
  co_return result;
}

}  // namespace ecr6::probe

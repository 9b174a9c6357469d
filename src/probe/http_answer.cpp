#include "probe/http_answer.hpp"

#include <fmt/core.h>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/none.hpp>
#include <boost/system/error_code.hpp>
#include <utility>

#include "ecr6/core/address.hpp"

namespace ecr6::probe {

namespace http = boost::beast::http;

static constexpr std::string_view opening = "HTTP/1.";

struct HttpAnswer::Parser {
  http::response_parser<http::empty_body> beast;
  Parser() {
    beast.header_limit(static_cast<std::uint32_t>(max_header_bytes));
    beast.body_limit(boost::none);  // an announced body of any size is none of our business
    beast.eager(false);
    beast.skip(true);
  }
};

HttpAnswer::HttpAnswer() : parser_{std::make_unique<Parser>()} {}
HttpAnswer::~HttpAnswer() = default;
HttpAnswer::HttpAnswer(HttpAnswer&&) noexcept = default;
HttpAnswer& HttpAnswer::operator=(HttpAnswer&&) noexcept = default;

HttpAnswer::State HttpAnswer::fail(State state, std::string detail) {
  detail_ = std::move(detail);
  unread_.clear();
  return state_ = state;
}

HttpAnswer::State HttpAnswer::feed(std::string_view bytes) {
  if (state_ != State::reading) return state_;
  first_bytes_ += bytes.substr(0, max_first_bytes - first_bytes_.size());
  unread_ += bytes;
  while (state_ == State::reading && !unread_.empty()) {
    const std::size_t before = unread_.size();
    if (advance() != State::reading || unread_.size() == before) break;
  }
  return state_;
}

HttpAnswer::State HttpAnswer::advance() {
  // Beast waits for a blank line before it looks at a status line that came in pieces.
  const std::string_view seen = std::string_view{unread_}.substr(0, opening.size());
  if (at_start_ && opening.substr(0, seen.size()) != seen) return fail(State::malformed, "no HTTP/1 status line");
  boost::system::error_code error;
  const std::size_t used = parser_->beast.put(boost::asio::buffer(unread_), error);
  at_start_ = at_start_ && used == 0;
  received_ += used;
  unread_.erase(0, used);
  if (error && error != http::error::need_more && error != http::error::header_limit)
    return fail(State::malformed, error.message());
  const bool done = !error && parser_->beast.is_header_done();
  if (error == http::error::header_limit || received_ + (done ? 0 : unread_.size()) > max_header_bytes)
    return fail(State::too_large, fmt::format("more than {} bytes of header", max_header_bytes));
  return done ? header_done() : state_;
}

HttpAnswer::State HttpAnswer::header_done() {
  const unsigned status = parser_->beast.get().result_int();
  if (status < 100 || status >= 200 || status == 101) return state_ = State::complete;
  if (++interim_answers_ > max_interim_answers)
    return fail(State::malformed, fmt::format("more than {} interim answers", max_interim_answers));
  parser_ = std::make_unique<Parser>();
  at_start_ = true;
  return state_;
}

HttpFacts HttpAnswer::facts() const {
  const auto& answer = parser_->beast.get();
  HttpFacts facts;
  facts.status = static_cast<int>(answer.result_int());
  facts.reason = std::string{answer.reason()};
  facts.version = static_cast<int>(answer.version());
  facts.server = std::string{answer[http::field::server]};
  for (const auto& field : answer) {
    if (facts.headers.size() < max_headers)
      facts.headers.emplace_back(field.name_string(), field.value());
    else
      ++facts.headers_left_out;
  }
  return facts;
}

std::string request_text(std::string_view host, std::uint16_t port, std::string_view target) {
  const auto literal = Address::parse(host);
  std::string authority = literal && literal->is_v6() ? fmt::format("[{}]", host) : std::string{host};
  if (port != 443) authority += fmt::format(":{}", port);
  return fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: ecr6/" ECR6_VERSION
                     "\r\nAccept: */*\r\nConnection: close\r\n\r\n",
                     target, authority);
}

}  // namespace ecr6::probe

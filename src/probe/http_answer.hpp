#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "ecr6/observation/attempt.hpp"

namespace ecr6::probe {

inline constexpr std::size_t max_header_bytes = 64 * 1024;  ///< of all header blocks together, interim ones included
inline constexpr std::size_t max_headers = 64;              ///< kept; the others are counted
inline constexpr int max_interim_answers = 8;               ///< 100 Continue, 103 Early Hints, …
inline constexpr std::size_t max_first_bytes = 64;

/// The header block of an HTTP/1 answer, as bytes come in. Interim answers (1xx, but not 101) are skipped. The body is
/// never looked at. Pure: no sockets, no clock.
class HttpAnswer {
 public:
  enum class State { reading, complete, malformed, too_large };

  HttpAnswer();
  ~HttpAnswer();
  HttpAnswer(HttpAnswer&&) noexcept;
  HttpAnswer& operator=(HttpAnswer&&) noexcept;

  /// Bytes after the header block, and after a failure, are ignored.
  State feed(std::string_view bytes);

  [[nodiscard]] State state() const { return state_; }
  /// Once complete.
  [[nodiscard]] HttpFacts facts() const;
  /// Why it is malformed or too large, in Beast's words or ours.
  [[nodiscard]] const std::string& detail() const { return detail_; }
  /// The first bytes that came, at most max_first_bytes, raw.
  [[nodiscard]] const std::string& first_bytes() const { return first_bytes_; }

 private:
  struct Parser;
  State fail(State state, std::string detail);
  State advance();
  State header_done();

  std::unique_ptr<Parser> parser_;
  State state_{State::reading};
  std::string unread_;  ///< at most max_header_bytes and one feed
  std::string first_bytes_;
  std::string detail_;
  std::size_t received_{};
  int interim_answers_{};
  bool at_start_{true};  ///< of an answer: nothing of it is read yet
};

/// The request: GET, HTTP/1.1, Connection: close. `host` without brackets; the Host header names the port unless 443.
[[nodiscard]] std::string request_text(std::string_view host, std::uint16_t port, std::string_view target);

}  // namespace ecr6::probe

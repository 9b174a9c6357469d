#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ecr6::logs {

/// Unpacks gzip (RFC 1952), also several members one after the other, in constant memory. Zero bytes behind the last
/// member are padding, as for gzip(1); anything else there is a fault.
class Gunzip {
 public:
  Gunzip();
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  /// Whether a file that starts with these bytes is gzip.
  [[nodiscard]] static bool is_gzip(std::string_view start) { return start.starts_with("\x1f\x8b"); }

  /// The next packed bytes; they have to stay until `unpack` has returned 0.
  void feed(std::span<const char> packed);
  /// Unpacks into `out`; how many bytes it now holds. 0 when more packed bytes are needed, or after a fault.
  [[nodiscard]] std::size_t unpack(std::span<char> out);

  /// What is wrong with the data; empty while nothing is.
  [[nodiscard]] const std::string& fault() const { return fault_; }
  /// Whether the data may end here: behind a whole member.
  [[nodiscard]] bool may_end() const { return between_members_; }

 private:
  struct Stream;

  bool skip_padding();

  std::unique_ptr<Stream> stream_;
  std::string fault_;
  bool between_members_{};
};

}  // namespace ecr6::logs

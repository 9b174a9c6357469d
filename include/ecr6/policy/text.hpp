#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ecr6::policy {

/// Bytes `begin` up to but without `end` of a text.
struct Span {
  std::size_t begin{};
  std::size_t end{};

  [[nodiscard]] std::size_t size() const { return end - begin; }
};

/// Where something stands, all 1-based and in bytes. The inner pair is there when the policy is escaped inside another
/// document: its own line and column, once decoded.
struct Place {
  std::size_t line{1};
  std::size_t column{1};
  std::optional<std::size_t> inner_line;
  std::optional<std::size_t> inner_column;
};

/// How a text was packed into the one around it.
enum class Packing {
  json_string,  ///< the inside of a JSON string, RFC 8259 §7
  url,          ///< percent-encoded, RFC 3986, as the IAM query API answers
};

/// A file's text, or one unpacked from inside another; it always finds its way back to the file's bytes.
class Text {
 public:
  /// A byte order mark is kept in the bytes but is no part of the text. At most 4 GiB.
  [[nodiscard]] static std::shared_ptr<const Text> of_file(std::string bytes);
  /// Unpacks `span` of `outer`; for a JSON string that is what stands between its quotes, already checked to be
  /// well-formed. What is not a valid percent-escape stays as it is.
  [[nodiscard]] static std::shared_ptr<const Text> unpacked(std::shared_ptr<const Text> outer, Span span,
                                                            Packing packing);

  [[nodiscard]] std::string_view view() const { return bytes_; }
  [[nodiscard]] std::string_view slice(Span span) const { return view().substr(span.begin, span.size()); }
  /// Where the text starts: 3 after a byte order mark.
  [[nodiscard]] std::size_t start() const { return start_; }

  [[nodiscard]] Place place(std::size_t offset) const;
  /// The byte of the file that the byte at `offset` comes from.
  [[nodiscard]] std::size_t file_offset(std::size_t offset) const;
  /// `addition` packed so that it can be put into the file's bytes.
  [[nodiscard]] std::string packed(std::string addition) const;

 private:
  /// From `inner` on, each byte is one byte of the outer text from `outer` on.
  struct Run {
    std::size_t inner;
    std::size_t outer;
  };
  struct Mark {
    std::size_t line;        ///< how many lines ended before this block
    std::size_t line_start;  ///< where the line begins that the block's first byte is in
  };

  void index_lines();
  void unpack_json(std::string_view packed, std::size_t at);
  void unpack_url(std::string_view packed, std::size_t at);
  void append(std::string_view decoded, std::size_t outer_next);
  [[nodiscard]] std::pair<std::size_t, std::size_t> own_place(std::size_t offset) const;

  std::string bytes_;
  std::size_t start_{};
  std::vector<Mark> marks_;  ///< one per block of the text: finding a line never walks the whole file
  std::shared_ptr<const Text> outer_;
  Packing packing_{};
  std::vector<Run> runs_;
};

/// "12:5", with the inner place when there is one: "3:17 (line 12 of the policy inside)".
[[nodiscard]] std::string to_text(const Place& place);

}  // namespace ecr6::policy

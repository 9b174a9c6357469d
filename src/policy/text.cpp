#include "ecr6/policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>

namespace ecr6::policy {

namespace {

constexpr std::size_t block = 4096;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::uint32_t hex4(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char c : digits.substr(0, 4)) value = value * 16 + static_cast<std::uint32_t>(std::max(hex_digit(c), 0));
  return value;
}

std::string utf8(std::uint32_t c) {
  const auto byte = [](std::uint32_t b) { return static_cast<char>(static_cast<std::uint8_t>(b)); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xc0 | c >> 6), byte(0x80 | (c & 0x3f))};
  if (c < 0x10000) return {byte(0xe0 | c >> 12), byte(0x80 | ((c >> 6) & 0x3f)), byte(0x80 | (c & 0x3f))};
  return {byte(0xf0 | c >> 18), byte(0x80 | ((c >> 12) & 0x3f)), byte(0x80 | ((c >> 6) & 0x3f)),
          byte(0x80 | (c & 0x3f))};
}

struct Escape {
  std::string decoded;
  std::size_t length{};  ///< bytes of the escape itself
};

/// `text` starts with the backslash of a valid escape.
Escape read_escape(std::string_view text) {
  constexpr std::string_view letters = "bfnrt";
  constexpr std::string_view controls = "\b\f\n\r\t";
  const char letter = text.size() > 1 ? text[1] : '\\';
  if (const auto i = letters.find(letter); i != letters.npos) return {std::string{controls[i]}, 2};
  if (letter != 'u' || text.size() < 6) return {std::string{letter}, std::min<std::size_t>(2, text.size())};
  const std::uint32_t high = hex4(text.substr(2));
  if (high < 0xd800 || high > 0xdbff || text.size() < 12) return {utf8(high), 6};
  const std::uint32_t low = hex4(text.substr(8));
  return {utf8(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)), 12};
}

bool is_unreserved(char c) {
  const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string pack_url(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c))
      out += c;
    else
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<std::uint8_t>(c));
  }
  return out;
}

std::string pack_json(std::string_view text) {
  const std::string quoted = boost::json::serialize(text);
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

std::shared_ptr<const Text> Text::of_file(std::string bytes) {
  auto text = std::make_shared<Text>();
  text->bytes_ = std::move(bytes);
  text->start_ = text->bytes_.starts_with("\xef\xbb\xbf") ? 3 : 0;
  text->index_lines();
  return text;
}

std::shared_ptr<const Text> Text::unpacked(std::shared_ptr<const Text> outer, Span span, Packing packing) {
  auto text = std::make_shared<Text>();
  text->outer_ = std::move(outer);
  text->packing_ = packing;
  text->runs_.push_back({0, span.begin});
  const std::string_view packed = text->outer_->slice(span);
  text->bytes_.reserve(packed.size());
  packing == Packing::url ? text->unpack_url(packed, span.begin) : text->unpack_json(packed, span.begin);
  text->index_lines();
  return text;
}

void Text::unpack_json(std::string_view packed, std::size_t at) {
  for (std::size_t i = 0; i < packed.size();) {
    const std::size_t plain = std::min(packed.find('\\', i), packed.size());
    bytes_.append(packed.substr(i, plain - i));
    i = plain;
    if (i == packed.size()) return;
    const Escape escape = read_escape(packed.substr(i));
    i += escape.length;
    append(escape.decoded, at + i);
  }
}

void Text::unpack_url(std::string_view packed, std::size_t at) {
  for (std::size_t i = 0; i < packed.size();) {
    const bool escaped =
        packed[i] == '%' && i + 2 < packed.size() && hex_digit(packed[i + 1]) >= 0 && hex_digit(packed[i + 2]) >= 0;
    if (escaped) {
      i += 3;
      append(std::string(1, static_cast<char>(hex_digit(packed[i - 2]) * 16 + hex_digit(packed[i - 1]))), at + i);
    } else {
      bytes_ += packed[i++];
    }
  }
}

void Text::append(std::string_view decoded, std::size_t outer_next) {
  bytes_ += decoded;
  runs_.push_back({bytes_.size(), outer_next});
}

void Text::index_lines() {
  Mark mark{0, start_};
  for (std::size_t begin = 0; begin <= bytes_.size(); begin += block) {
    marks_.push_back(mark);
    // Only this block is searched: on one long line a search to the end would start again at every block.
    const std::string_view piece = view().substr(begin, block);
    for (std::size_t at = piece.find('\n'); at != piece.npos; at = piece.find('\n', at + 1))
      mark = {mark.line + 1, begin + at + 1};
  }
}

std::pair<std::size_t, std::size_t> Text::own_place(std::size_t offset) const {
  offset = std::clamp(offset, start_, bytes_.size());
  Mark mark = marks_[offset / block];
  for (std::size_t at = offset / block * block; at < offset; ++at)
    if (bytes_[at] == '\n') mark = {mark.line + 1, at + 1};
  return {mark.line + 1, offset - std::min(mark.line_start, offset) + 1};
}

Place Text::place(std::size_t offset) const {
  const auto [line, column] = own_place(offset);
  if (!outer_) return {line, column, {}, {}};
  const Text* file = this;
  while (file->outer_) file = file->outer_.get();
  const auto [file_line, file_column] = file->own_place(file_offset(offset));
  return {file_line, file_column, line, column};
}

std::size_t Text::file_offset(std::size_t offset) const {
  if (!outer_) return offset;
  const auto after = [](std::size_t wanted, const Run& run) { return wanted < run.inner; };
  const Run& run = *std::prev(std::upper_bound(runs_.begin(), runs_.end(), offset, after));
  return outer_->file_offset(run.outer + (offset - run.inner));
}

std::string Text::packed(std::string addition) const {
  if (!outer_) return addition;
  return outer_->packed(packing_ == Packing::url ? pack_url(addition) : pack_json(addition));
}

std::string to_text(const Place& place) {
  std::string out = fmt::format("{}:{}", place.line, place.column);
  if (place.inner_line)
    out += fmt::format(" (line {}, column {} of the policy inside)", *place.inner_line, *place.inner_column);
  return out;
}

}  // namespace ecr6::policy

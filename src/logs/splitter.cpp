#include "ecr6/logs/splitter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "blocks.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::logs {

namespace {

/// Bytes that stay behind a dropped text, for looking back at a key.
constexpr std::size_t look_back = 256;

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string shown(char c) {
  const std::string_view text{&c, 1};
  return fmt::format("'{}'", printable(text));
}

}  // namespace

RecordSplitter::RecordSplitter(RecordSink& sink, Limits limits) : sink_{sink}, limits_{limits} {}

std::span<char> RecordSplitter::room(std::size_t wanted) {
  drop_consumed();
  const std::size_t needed = end_ + wanted + block_size;  // a block behind the end pads the last one
  if (needed > capacity_) {
    const std::size_t capacity = std::max(needed, 2 * capacity_);
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    std::copy_n(buffer_.get(), end_, larger.get());
    buffer_ = std::move(larger);
    capacity_ = capacity;
  }
  return {buffer_.get() + end_, wanted};
}

void RecordSplitter::filled(std::size_t count) {
  end_ += count;
  scan(false);
}

/// Moves what is still needed to the buffer's front: the open record, or a little to look back at.
void RecordSplitter::drop_consumed() {
  const bool keeps_record = where_ == Where::inside && !tail_ && !oversized_;
  const std::size_t behind = scanned_ - std::min(scanned_, look_back);
  const std::size_t from = keeps_record ? record_ : behind;
  if (from == 0) return;
  std::memmove(buffer_.get(), buffer_.get() + from, end_ - from);
  base_ += from;
  end_ -= from;
  scanned_ -= from;
  record_ -= std::min(record_, from);
}

void RecordSplitter::scan(bool last) {
  bool goes_on = true;
  while (goes_on) {
    switch (where_) {
      case Where::between:
        goes_on = scan_between();
        break;
      case Where::inside:
        goes_on = scan_inside(last);
        break;
      case Where::skipping_line:
        goes_on = skip_line();
        break;
    }
  }
  if (where_ == Where::inside && !tail_ && end_ - record_ > limits_.record) oversized_ = true;
}

/// Between records there are white space, separators and little else: byte by byte. False at the end of the buffer.
bool RecordSplitter::scan_between() {
  if (at_stream_start()) {
    if (end_ < 3) {
      if (end_ == 0 || buffer_[0] == '\xef') return false;  // perhaps half a byte order mark
    } else if (std::string_view{buffer_.get(), 3} == "\xef\xbb\xbf") {
      scanned_ = 3;
    }
  }
  for (; scanned_ < end_; ++scanned_) {
    const char c = buffer_[scanned_];
    if (c == '\n') ++line_;
    if (is_space(c)) continue;
    if (c == '{') {
      begin_record(scanned_);
      return true;
    }
    if (take_separator(c)) {
      ++scanned_;
      return true;
    }
    stop_here(scanned_, fmt::format("expected a record ('{{'), found {}", shown(c)));
    return true;
  }
  return false;
}

/// Arrays open and close; commas are let pass. False for anything else.
bool RecordSplitter::take_separator(char c) {
  if (c == ',') return !around_.empty() || broke_;
  if (c == '[' && around_.size() < limits_.nesting) {
    around_.push_back({false});
    return true;
  }
  if (c == ']' && !around_.empty()) {
    close_array();
    return true;
  }
  return broke_ && (c == ']' || c == '}');  // of what was open at the break
}

void RecordSplitter::close_array() {
  const bool was_wrapper = around_.back().is_wrapper;
  around_.pop_back();
  if (was_wrapper) begin_tail();
}

void RecordSplitter::restart_scan(std::size_t at) {
  scanned_ = at;
  in_string_ = 0;
  escaped_ = 0;
}

void RecordSplitter::begin_record(std::size_t at) {
  restart_scan(at);
  where_ = Where::inside;
  record_ = at;
  record_line_ = line_;
  depth_ = 0;
  tail_ = oversized_ = has_backslash_ = false;
}

/// Behind the `Records` array, scanning goes on inside the object around it, whose text nobody needs.
void RecordSplitter::begin_tail() {
  in_string_ = escaped_ = 0;
  where_ = Where::inside;
  depth_ = 1;
  tail_ = true;
  oversized_ = false;
}

bool RecordSplitter::scan_inside(bool last) {
  while (where_ == Where::inside) {
    if (scanned_ + block_size > end_) {
      if (!last || scanned_ >= end_) return false;
      std::memset(buffer_.get() + end_, ' ', block_size);
    }
    if (!scan_block()) scanned_ += block_size;
  }
  return true;
}

/// True when something in the block ended it: scanning goes on at `scanned_`.
bool RecordSplitter::scan_block() {
  const Marks marks = marks_of(buffer_.get() + scanned_);
  if (marks.backslash != 0) has_backslash_ = true;
  const std::uint64_t escaped = (marks.backslash | escaped_) == 0 ? 0 : escaped_bytes(marks.backslash, escaped_);
  const std::uint64_t in_string = prefix_parity(marks.quote & ~escaped) ^ in_string_;
  std::uint64_t todo = ((marks.open | marks.close) & ~in_string) | (marks.newline & in_string);
  const std::size_t block = scanned_;
  const std::uint64_t first_line = line_;
  for (; todo != 0; todo &= todo - 1) {
    const std::uint64_t bit = todo & (~todo + 1);
    const std::size_t at = block + static_cast<std::size_t>(std::countr_zero(todo));
    line_ = first_line + static_cast<std::uint64_t>(std::popcount(marks.newline & (bit - 1)));
    const bool ended = (marks.open & bit) != 0    ? opened(at)
                       : (marks.close & bit) != 0 ? closed(at)
                                                  : newline_in_string(at);
    if (ended) return true;
  }
  line_ = first_line + static_cast<std::uint64_t>(std::popcount(marks.newline));
  in_string_ = std::uint64_t{0} - (in_string >> 63);
  return false;
}

bool RecordSplitter::opened(std::size_t at) {
  if (depth_ > 0 && next_record_starts(at)) {
    stop_here(at, fmt::format("the record is cut off: another one starts on line {}", line_));
    where_ = Where::between;  // at this brace, not on the next line: the other record can be read
    return true;
  }
  if (buffer_[at] == '[' && depth_ == 1 && is_wrapper_key(at)) return enter_wrapper(at);
  ++depth_;
  return false;
}

bool RecordSplitter::enter_wrapper(std::size_t at) {
  restart_scan(at + 1);
  where_ = Where::between;
  if (around_.size() < limits_.nesting)
    around_.push_back({true});
  else
    stop_here(at, fmt::format("more than {} arrays around a record", limits_.nesting));
  return true;
}

bool RecordSplitter::closed(std::size_t at) {
  if (--depth_ > 0) return false;
  if (buffer_[at] != '}') {
    stop_here(at, "expected '}' at the end of the record, found ']'");
    return true;
  }
  emit(at + 1);
  scanned_ = at + 1;
  where_ = Where::between;
  return true;
}

/// A raw line end is never part of a JSON string.
bool RecordSplitter::newline_in_string(std::size_t at) {
  stop_here(at, fmt::format("line {} ends inside a string", line_));
  return true;
}

void RecordSplitter::emit(std::size_t end) {
  if (tail_) return;
  recovering_ = false;
  const bool compact = around_.empty() && record_line_ == line_;
  compact_lines_ = compact ? std::min(compact_lines_ + 1, 2) : 0;
  if (oversized_ || end - record_ > limits_.record) return sink_.oversized(record_line_);
  sink_.record({{buffer_.get() + record_, end - record_}, record_line_, has_backslash_});
}

/// The key before the bracket at `at`.
bool RecordSplitter::is_wrapper_key(std::size_t at) const {
  std::string_view before{buffer_.get(), at};
  const auto skip_spaces = [&] {
    while (!before.empty() && is_space(before.back())) before.remove_suffix(1);
  };
  skip_spaces();
  if (!before.ends_with(':')) return false;
  before.remove_suffix(1);
  skip_spaces();
  for (const std::string_view key : {"\"Records\"", "\"Events\""}) {
    if (!before.ends_with(key)) continue;
    before.remove_suffix(key.size());
    return !before.ends_with('\\');  // the end of a longer key, `"x\"Records"`
  }
  return false;
}

/// Whether the bracket at `at` can only be the start of another record: an object where no value can stand, or, where
/// every record so far was one line, an object at the start of a line.
bool RecordSplitter::next_record_starts(std::size_t at) const {
  if (buffer_[at] != '{') return false;
  if (compact_lines_ > 1 && !tail_ && around_.empty() && at > 0 && buffer_[at - 1] == '\n') return true;
  while (at > 0 && is_space(buffer_[at - 1])) --at;
  // Where the text before was dropped, the benefit of the doubt.
  return at > 0 && buffer_[at - 1] != ':' && buffer_[at - 1] != ',' && buffer_[at - 1] != '[';
}

/// Reports a break, once until a record could be read again, and skips to the next line.
void RecordSplitter::stop_here(std::size_t at, std::string message) {
  const std::uint64_t line = where_ == Where::inside ? record_line_ : line_;
  if (!recovering_) sink_.broken({line, base_ + at, std::move(message)});
  broke_ = recovering_ = true;
  around_.clear();
  restart_scan(at);
  where_ = Where::skipping_line;
}

bool RecordSplitter::skip_line() {
  const auto* const line_end = static_cast<const char*>(std::memchr(buffer_.get() + scanned_, '\n', end_ - scanned_));
  if (line_end == nullptr) {
    scanned_ = end_;
    return false;
  }
  scanned_ = static_cast<std::size_t>(line_end - buffer_.get()) + 1;
  ++line_;
  where_ = Where::between;
  return true;
}

void RecordSplitter::finish() {
  scan(true);
  if (recovering_) return;
  if (where_ == Where::inside && !tail_)
    sink_.broken({record_line_, base_ + end_, "the text ends inside the record that starts here"});
  else if (where_ == Where::inside || !around_.empty())
    sink_.broken({line_, base_ + end_, "the text ends before its array or object is closed"});
}

}  // namespace ecr6::logs

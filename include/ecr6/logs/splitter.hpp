#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ecr6::logs {

/// One JSON object as it stands in a file, from `{` to `}`.
struct Record {
  std::string_view text;
  std::uint64_t line{};  ///< where it starts, 1-based
  bool has_backslash{};  ///< whether any string in it may hold an escape
};

/// Where a file cannot be read on as JSON.
struct Break {
  std::uint64_t line{};    ///< 1-based
  std::uint64_t offset{};  ///< bytes from the start of the (uncompressed) text
  std::string message;     ///< what was expected and what was found, as a clause without a full stop
};

/// What a splitter tells about its text. `Record::text` is valid during the call only.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void record(const Record& record) = 0;
  /// An object of more than `RecordSplitter::Limits::record` bytes began at `line`; its text was not kept.
  virtual void oversized(std::uint64_t line) = 0;
  /// Reading goes on behind the break where a new record can be told.
  virtual void broken(const Break& place) = 0;
};

/// Cuts CloudTrail's file forms into records, in one pass and constant memory: `{"Records": […]}` (and the `Events` of
/// `aws cloudtrail lookup-events`), JSON Lines, one bare object, arrays of these, and any of them one after the other.
/// Finds extents only (quotes, escapes, braces); whether a record is JSON inside is for its reader to find out.
class RecordSplitter {
 public:
  struct Limits {
    std::size_t record{std::size_t{2} << 20};  ///< CloudTrail's own bound on an event is 1 MiB
    std::size_t nesting{64};                   ///< arrays around records
  };

  RecordSplitter(RecordSink& sink, Limits limits);
  explicit RecordSplitter(RecordSink& sink) : RecordSplitter{sink, Limits{}} {}

  /// Room to read the next bytes into: at least `wanted` bytes. Valid until the next call of any member.
  [[nodiscard]] std::span<char> room(std::size_t wanted);
  /// The first `count` bytes of the room have been filled: hands out every record that is now complete.
  void filled(std::size_t count);
  /// The text is over. A record or an array that is still open is a break. The splitter is used up.
  void finish();

  /// Bytes of text so far.
  [[nodiscard]] std::uint64_t bytes() const { return base_ + end_; }

 private:
  enum class Where : std::uint8_t { between, inside, skipping_line };
  struct Enclosing {
    bool is_wrapper{};  ///< the array of a `{"Records": […]}`
  };

  void scan(bool last);
  bool scan_between();
  bool scan_inside(bool last);
  bool scan_block();
  bool opened(std::size_t at);
  bool closed(std::size_t at);
  bool enter_wrapper(std::size_t at);
  bool newline_in_string(std::size_t at);
  bool skip_line();
  void begin_record(std::size_t at);
  void begin_tail();
  void emit(std::size_t end);
  void close_array();
  bool take_separator(char c);
  void stop_here(std::size_t at, std::string message);
  void drop_consumed();
  void restart_scan(std::size_t at);
  [[nodiscard]] bool is_wrapper_key(std::size_t at) const;
  [[nodiscard]] bool next_record_starts(std::size_t at) const;
  [[nodiscard]] bool at_stream_start() const { return base_ == 0 && scanned_ == 0; }

  RecordSink& sink_;
  Limits limits_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_{};
  std::size_t end_{};      ///< bytes in the buffer
  std::size_t scanned_{};  ///< where scanning goes on
  std::size_t record_{};   ///< where the open record starts
  std::uint64_t base_{};   ///< bytes of text before the buffer
  std::uint64_t line_{1};  ///< the line of `scanned_`
  std::uint64_t record_line_{1};
  Where where_{Where::between};
  bool tail_{};  ///< inside the object around a `Records` array, behind that array
  bool oversized_{};
  bool has_backslash_{};
  bool broke_{};
  bool recovering_{};          ///< behind a break, before the next record
  int depth_{};                ///< brackets open inside the record
  int compact_lines_{};        ///< records of one line, one after the other
  std::uint64_t in_string_{};  ///< all ones while inside a string
  std::uint64_t escaped_{};    ///< 1 when the next byte is escaped
  std::vector<Enclosing> around_;
};

}  // namespace ecr6::logs

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/text.hpp"
#include "ecr6/logs/event.hpp"
#include "ecr6/logs/gzip.hpp"
#include "ecr6/logs/report.hpp"
#include "ecr6/logs/samples.hpp"
#include "ecr6/logs/splitter.hpp"

using namespace ecr6;
using namespace ecr6::logs;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr RecordSplitter::Limits small{200, 4};

struct Collected : RecordSink {
  std::vector<std::string> records;
  std::vector<std::uint64_t> oversized_lines, broken_lines;

  void record(const Record& record) override {
    require(record.text.starts_with('{') && record.text.ends_with('}'));
    records.emplace_back(record.text);
  }
  void oversized(std::uint64_t line) override { oversized_lines.push_back(line); }
  void broken(const Break& place) override {
    require(!place.message.empty());
    broken_lines.push_back(place.line);
  }
  bool operator==(const Collected& other) const {
    return records == other.records && oversized_lines == other.oversized_lines && broken_lines == other.broken_lines;
  }
};

Collected cut(std::string_view text, std::size_t step, RecordSplitter::Limits limits) {
  Collected found;
  RecordSplitter splitter{found, limits};
  for (std::size_t at = 0; at < text.size(); at += step) {
    const std::string_view piece = text.substr(at, step);
    std::copy(piece.begin(), piece.end(), splitter.room(piece.size()).begin());
    splitter.filled(piece.size());
  }
  splitter.finish();
  require(splitter.bytes() == text.size());
  return found;
}

/// One JSON object is one record, unless it is a wrapper.
void check_against_parser(std::string_view text, const Collected& found) {
  boost::json::error_code error;
  const auto value = boost::json::parse({text.data(), text.size()}, error);
  const bool may_wrap = text.find("Records") != text.npos || text.find("Events") != text.npos;
  if (error || !value.is_object() || may_wrap) return;
  require(found.broken_lines.empty() && found.records.size() == 1);
  require(found.records[0] == trimmed(text));
}

void count(const Collected& found) {
  EventReader reader;
  Summary summary;
  Input input;
  for (const std::string& text : found.records) {
    const Record record{text, 1, text.find('\\') != text.npos};
    static_cast<void>(looks_like_event(record));
    const Reading reading = reader.read(record);
    require(!reading.event || reading.fault.empty());
    if (reading.event) summary.add(*reading.event);
    if (!reading.fault.empty()) input.add({"f", 1, reading.fault});
  }
  const std::string shown = render_text(input, summary, {2});
  require(shown.find('\x1b') == shown.npos && repaired_utf8(shown) == shown);
  require(boost::json::parse(render_json(input, summary, 0)).is_object());
}

void unpack(std::string_view packed) {
  Gunzip gunzip;
  std::array<char, 61> room{};
  std::size_t total = 0;
  for (std::size_t at = 0; at < packed.size() && total < 100'000; at += 7) {
    const std::string_view piece = packed.substr(at, 7);
    gunzip.feed({piece.data(), piece.size()});
    while (const std::size_t size = gunzip.unpack(room)) {
      require(size <= room.size());
      if ((total += size) >= 100'000) return;
    }
  }
}

}  // namespace

/// However the text comes in pieces, the same records are cut from it; they are read, counted and shown.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const Collected whole = cut(text, size + 1, {});
  require(whole == cut(text, 1, {}));
  require(whole == cut(text, 67, {}));
  static_cast<void>(cut(text, 3, small));
  check_against_parser(text, whole);
  count(whole);
  unpack(text);
  for (const Address& address : addresses_in(text)) require(!address.is_v4_mapped());
  return 0;
}

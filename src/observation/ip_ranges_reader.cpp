#include <fmt/format.h>

#include <boost/json/basic_parser_impl.hpp>
#include <unordered_map>

#include "ecr6/core/json.hpp"
#include "ecr6/core/text.hpp"
#include "ecr6/observation/ip_ranges_file.hpp"

namespace ecr6 {

namespace json = boost::json;

/// Takes the file in as Boost.JSON reads it: no tree of ten thousand objects is built. Depth 1 is the file's object,
/// 2 its two arrays, 3 one entry.
class IpRangesReader {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = 128;
  static constexpr std::size_t max_string_size = 1024;
  using Error = boost::system::error_code;
  using View = json::string_view;

  IpRangesFile file;
  std::string objection;  ///< of ours, when the parser was told to stop

  [[nodiscard]] bool complete() const { return has_ipv6_ && has_ipv4_; }

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error& error);
  bool on_object_end(std::size_t, Error& error);
  bool on_array_begin(Error& error);
  bool on_array_end(std::size_t, Error&) { return leave(); }
  bool on_key_part(View part, std::size_t, Error&) { return gather(part); }
  bool on_key(View part, std::size_t, Error&);
  bool on_string_part(View part, std::size_t, Error&) { return gather(part); }
  bool on_string(View part, std::size_t, Error& error);
  bool on_number_part(View, Error&) { return true; }
  bool on_int64(std::int64_t, View, Error& error) { return scalar(error); }
  bool on_uint64(std::uint64_t, View, Error& error) { return scalar(error); }
  bool on_double(double, View, Error& error) { return scalar(error); }
  bool on_bool(bool, Error& error) { return scalar(error); }
  bool on_null(Error& error) { return scalar(error); }
  bool on_comment_part(View, Error&) { return true; }
  bool on_comment(View, Error&) { return true; }

 private:
  enum class Section { other, created, ipv4, ipv6 };

  bool gather(View part) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }
  [[nodiscard]] bool in_list() const { return section_ == Section::ipv4 || section_ == Section::ipv6; }
  [[nodiscard]] std::string_view list() const { return section_ == Section::ipv4 ? "prefixes" : "ipv6_prefixes"; }
  [[nodiscard]] std::string_view prefix_key() const { return section_ == Section::ipv4 ? "ip_prefix" : "ipv6_prefix"; }
  bool refuse(Error& error, std::string sentence);
  /// A value that is no string, object or array: of no interest, unless something else has to stand there.
  bool scalar(Error& error);
  bool take_entry(Error& error);
  std::uint32_t number_of(const std::string& word);

  int depth_{};
  Section section_{Section::other};
  std::string text_, key_;
  std::string prefix_, region_, service_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  bool has_ipv6_{}, has_ipv4_{};
};

bool IpRangesReader::refuse(Error& error, std::string sentence) {
  objection = std::move(sentence);
  error = json::error::syntax;
  return false;
}

bool IpRangesReader::scalar(Error& error) {
  if (depth_ == 0) return refuse(error, "expected the object of AWS's ip-ranges.json, found another value");
  if (in_list() && depth_ == 1) return refuse(error, fmt::format("expected an array under \"{}\"", list()));
  if (in_list() && depth_ == 2) return refuse(error, fmt::format("expected objects in \"{}\"", list()));
  if (in_list() && depth_ == 3 && key_ == prefix_key())
    return refuse(error, fmt::format("expected a string under \"{}\"", key_));
  return true;
}

bool IpRangesReader::on_object_begin(Error& error) {
  if (in_list() && depth_ == 1) return scalar(error);
  if (++depth_ != 3) return true;
  prefix_.clear();
  region_.clear();
  service_.clear();
  return true;
}

bool IpRangesReader::on_object_end(std::size_t, Error& error) {
  const bool is_entry = in_list() && depth_ == 3;
  return leave() && (!is_entry || take_entry(error));
}

bool IpRangesReader::on_array_begin(Error& error) {
  if (depth_ == 0 || (in_list() && depth_ == 2)) return scalar(error);
  ++depth_;
  return true;
}

bool IpRangesReader::on_key(View part, std::size_t, Error&) {
  gather(part);
  key_ = std::exchange(text_, {});
  if (depth_ != 1) return true;
  section_ = key_ == "prefixes"        ? Section::ipv4
             : key_ == "ipv6_prefixes" ? Section::ipv6
             : key_ == "createDate"    ? Section::created
                                       : Section::other;
  return true;
}

bool IpRangesReader::on_string(View part, std::size_t, Error& error) {
  gather(part);
  const std::string text = std::exchange(text_, {});
  if (depth_ == 1 && section_ == Section::created) file.created_ = text;
  if (depth_ < 3) return scalar(error);
  if (!in_list() || depth_ != 3) return true;
  if (key_ == prefix_key()) prefix_ = text;
  if (key_ == "region") region_ = text;
  if (key_ == "service") service_ = text;
  return true;
}

bool IpRangesReader::take_entry(Error& error) {
  const auto prefix = Prefix::parse(prefix_);
  const bool v6 = section_ == Section::ipv6;
  if (!prefix || prefix->address.is_v6() != v6)
    return refuse(error, fmt::format("expected an {} prefix under \"{}\", found \"{}\"", v6 ? "IPv6" : "IPv4",
                                     prefix_key(), printable(prefix_.substr(0, 60))));
  file.entries_.push_back({prefix->masked(), number_of(region_), number_of(service_)});
  (v6 ? has_ipv6_ : has_ipv4_) = true;
  return true;
}

std::uint32_t IpRangesReader::number_of(const std::string& word) {
  const auto [found, is_new] = numbers_.emplace(word, static_cast<std::uint32_t>(file.words_.size()));
  if (is_new) file.words_.push_back(word);
  return found->second;
}

namespace {

Problem at(std::string_view text, std::size_t offset, std::string sentence) {
  const JsonError place = place_of(text, offset, std::move(sentence));
  return problem(fmt::format("line {}, column {}: {}", place.line, place.column, place.message));
}

}  // namespace

Expected<IpRangesFile> IpRangesFile::parse(std::string_view text) {
  json::parse_options options;
  options.max_depth = 16;
  json::basic_parser<IpRangesReader> parser{options};
  boost::system::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  IpRangesReader& reader = parser.handler();
  if (!reader.objection.empty()) return at(text, read, reader.objection);
  if (error == json::error::incomplete) return at(text, text.size(), "the text ends in the middle of the JSON");
  if (error) return at(text, read, fmt::format("expected JSON, found something else ({})", error.message()));
  if (!trimmed(text.substr(read)).empty()) return at(text, read, "expected the end of the text after the JSON object");
  if (!reader.complete())
    return at(text, read, "expected entries in \"prefixes\" and in \"ipv6_prefixes\": not AWS's ip-ranges.json");
  return std::move(reader.file);
}

}  // namespace ecr6

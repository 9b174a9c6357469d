#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/address.hpp"

namespace ecr6::logs {

/// The kinds of log line that carry a caller's address.
enum class LineFormat {
  cloudtrail,  ///< one CloudTrail event as one line of JSON
  s3_access,   ///< Amazon S3 server access log
  combined,    ///< Apache's and nginx's combined format, the address first
};

inline constexpr std::array all_line_formats{LineFormat::cloudtrail, LineFormat::s3_access, LineFormat::combined};

/// "cloudtrail", "s3_access", "combined".
[[nodiscard]] std::string_view to_string(LineFormat format);

/// A log line whose address is written in one particular way. No two samples of a format share an address.
struct Sample {
  LineFormat format{};
  std::string_view spelling;  ///< what is special about it: "compressed", "upper_case", "ipv4" (the control) …
  std::string_view written;   ///< the address field as it stands in the line
  Address address;
  std::string line;  ///< without a line end
};

/// Every sample of a format: an IPv4 control first, then each spelling of RFC 4291 §2.2 (and RFC 3986's brackets).
[[nodiscard]] std::vector<Sample> samples(LineFormat format);

/// The addresses that stand in a parser's output, in any spelling, bare or in brackets, with or without a port;
/// IPv4-mapped ones as IPv4.
[[nodiscard]] std::set<Address> addresses_in(std::string_view output);

/// How a parser did on the samples of one format.
enum class Fit {
  complete,    ///< every address came out
  loses_ipv6,  ///< the IPv4 control came out, some IPv6 address did not
  not_read,    ///< not even the control came out: the parser is for other lines, or failed
};

[[nodiscard]] std::string_view to_string(Fit fit);

struct Judgement {
  Fit fit{Fit::not_read};
  std::vector<Sample> missing;      ///< what did not come out, in the samples' order
  std::vector<Address> unexpected;  ///< what came out and was in no line, at most 20: addresses cut short or mangled
};

/// Compares what a parser printed with what it was given.
[[nodiscard]] Judgement judge(const std::vector<Sample>& given, std::string_view output);

}  // namespace ecr6::logs

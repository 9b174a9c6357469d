#include <fmt/format.h>

#include <array>

#include "ecr6/core/text.hpp"
#include "transcript.hpp"

namespace ecr6::report {

namespace {

constexpr std::size_t most_names = 10;

/// OpenSSL's and curl's form: "Jan  2 15:04:05 2027 GMT".
std::string certificate_date(Moment moment) {
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(moment - day)};
  return fmt::format("{} {:>2} {:02}:{:02}:{:02} {} GMT", months.at(static_cast<unsigned>(date.month()) - 1),
                     static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(),
                     time.seconds().count(), static_cast<int>(date.year()));
}

std::string names_line(const TlsFacts& tls) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < tls.names.size() && i < most_names; ++i) names.push_back(printable(tls.names[i]));
  const std::size_t left_out = tls.names.size() - names.size() + tls.names_left_out;
  if (left_out > 0) names.push_back(fmt::format("and {} more", left_out));
  return star(" subjectAltName: " + (names.empty() ? "(none)" : join(names, ", ")));
}

std::string verify_line(const TlsFacts& tls) {
  if (tls.verified) return star(" SSL certificate verify ok.");
  return star(fmt::format(" SSL certificate verify result: {} ({}), continuing to observe.", printable(tls.verify),
                          tls.verify_code));
}

}  // namespace

std::string tls_lines(const TlsFacts& tls) {
  std::string out = star(fmt::format("SSL connection using {} / {}", printable(tls.version), printable(tls.cipher)));
  out += star(tls.alpn.empty() ? "ALPN: server did not agree on a protocol"
                               : fmt::format("ALPN: server accepted {}", printable(tls.alpn)));
  out += star("Server certificate:");
  out += star(" subject: " + printable(tls.subject));
  out += star(" start date: " + certificate_date(tls.not_before));
  out += star(" expire date: " + certificate_date(tls.not_after));
  out += names_line(tls);
  out += star(" issuer: " + printable(tls.issuer));
  return out + verify_line(tls);
}

}  // namespace ecr6::report

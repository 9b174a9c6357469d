#include "host/resolv_conf.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "host/nameserver_address.hpp"
#include "host/text_file.hpp"

namespace ecr6::host {

namespace {

constexpr std::size_t read_by_glibc = 3;  // MAXNS
constexpr std::string_view keyword = "nameserver";
constexpr std::string_view remedy = "add a line such as \"nameserver 192.0.2.53\", or name one with --resolver ADDR";

/// The value of a `nameserver` line up to white space or a comment; empty for any other line. As in glibc, the keyword
/// starts the line and white space follows it.
std::optional<std::string_view> value_of(std::string_view line) {
  if (!line.starts_with(keyword)) return std::nullopt;
  line.remove_prefix(keyword.size());
  if (!line.empty() && line.front() != ' ' && line.front() != '\t') return std::nullopt;
  line = trimmed(line);
  return line.substr(0, line.find_first_of(" \t\r;#"));
}

/// glibc reads IPv4 with inet_aton: 127.1 is a nameserver.
std::optional<ZonedAddress> parse_as_glibc(std::string_view text) {
  if (auto zoned = parse_zoned(text)) return zoned;
  in_addr old{};
  if (inet_aton(std::string{text}.c_str(), &old) == 0) return std::nullopt;
  char dotted[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, &old, dotted, sizeof dotted);
  return parse_zoned(dotted);
}

class Reader {
 public:
  explicit Reader(const std::string& source) : source_{source} {}

  void read(std::string_view line) {
    ++line_;
    const auto value = value_of(line);
    if (!value) return;
    const auto zoned = parse_as_glibc(*value);
    if (!zoned) return complain(fmt::format("\"{}\" is not the address of a nameserver", *value));
    // The system spends one of its three places on it, even where it cannot be asked.
    const bool used = ++valid_ <= read_by_glibc;
    if (lacks_zone(*zoned))
      return complain(fmt::format("{} is link-local and needs its interface, as in {}%eth0", *value, *value));
    add(*zoned, used);
  }

  [[nodiscard]] ResolvConf finish() {
    if (left_out_ > 0)
      conf_.problems.push_back(
          fmt::format("{}: {} more nameservers after the first {} are not asked", source_, left_out_, max_nameservers));
    return std::move(conf_);
  }

 private:
  void complain(const std::string& what) {
    constexpr std::size_t most = 16;
    if (conf_.problems.size() < most) conf_.problems.push_back(fmt::format("{}: line {}: {}", source_, line_, what));
  }

  void add(const ZonedAddress& zoned, bool used) {
    const auto is_same = [&](const Nameserver& known) {
      return known.address == zoned.address && known.zone == zoned.zone;
    };
    if (std::any_of(conf_.nameservers.begin(), conf_.nameservers.end(), is_same)) return;
    if (conf_.nameservers.size() == max_nameservers) {
      ++left_out_;
      return;
    }
    Nameserver server;
    server.address = zoned.address;
    server.zone = zoned.zone;
    server.source = source_;
    server.used_by_system = used;
    conf_.nameservers.push_back(std::move(server));
  }

  const std::string& source_;
  std::size_t line_{}, valid_{}, left_out_{};
  ResolvConf conf_;
};

}  // namespace

ResolvConf parse_resolv_conf(std::string_view text, const std::string& source) {
  Reader reader{source};
  for (const std::string_view line : split(text, '\n')) reader.read(line);
  return reader.finish();
}

Expected<ResolvConf> read_resolv_conf(const std::string& path) {
  const auto text = read_text_file(path, max_resolv_conf_bytes);
  if (!text) return problem(fmt::format("{}; name a nameserver with --resolver ADDR", text.error().sentence));
  if (!*text) return problem(fmt::format("there is no {}; name a nameserver with --resolver ADDR", path));
  ResolvConf conf = parse_resolv_conf(**text, path);
  if (!conf.nameservers.empty()) return conf;
  // c-ares would ask 127.0.0.1 without a word, and so would glibc.
  const std::string reason = conf.problems.empty() ? "" : fmt::format(" ({})", conf.problems.front());
  return problem(fmt::format("no usable nameserver in {}{}; {}", path, reason, remedy));
}

}  // namespace ecr6::host

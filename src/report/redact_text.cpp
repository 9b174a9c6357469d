#include "redact_text.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::report {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool in_name(char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '_'; }
bool in_address(char c) {
  return is_digit(c) || c == ':' || c == '.' || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// A run that is a name to replace, ends in one ("x.build-7.corp.example") or starts with its label ("build-7.local").
std::string without_names(std::string_view run, const StandIns& stand_ins) {
  const std::string_view name = run.ends_with('.') ? run.substr(0, run.size() - 1) : run;
  if (const auto found = stand_ins.of_name(name)) return *found + std::string{run.substr(name.size())};
  for (auto dot = name.find('.'); dot != name.npos; dot = name.find('.', dot + 1)) {
    const std::string_view tail = name.substr(dot + 1);
    if (tail.find('.') == tail.npos) break;  // a last label says nothing: think of a host called "com"
    if (const auto found = stand_ins.of_name(tail))
      return std::string{name.substr(0, dot + 1)} + *found + std::string{run.substr(name.size())};
  }
  const std::string_view label = name.substr(0, name.find('.'));
  if (const auto found = stand_ins.of_name(label)) return *found + std::string{run.substr(label.size())};
  return std::string{run};
}

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

/// Not a part of a longer address: "110-0-0-5" is not about 10.0.0.5, "node10-0-0-5" is.
bool stands_alone(std::string_view text, std::size_t at, std::string_view spelling) {
  const bool is_v4 = spelling.ends_with(".in-addr.arpa") || spelling.find_first_not_of("0123456789-") == spelling.npos;
  const auto continues = is_v4 ? is_digit : is_hex;
  const std::size_t end = at + spelling.size();
  return (at == 0 || !continues(text[at - 1])) && (end == text.size() || !continues(text[end]));
}

/// Names that are made of an address: "ip-10-0-0-5.ec2.internal", "5.0.0.10.in-addr.arpa".
std::string without_spelled_addresses(std::string text, const StandIns& stand_ins) {
  std::string lower = to_lower(text);
  for (const auto& [from, to] : stand_ins.spellings())
    for (auto at = lower.find(from); at != lower.npos; at = lower.find(from, at + 1)) {
      if (!stands_alone(lower, at, from)) continue;
      text.replace(at, from.size(), to);
      lower.replace(at, from.size(), to);
    }
  return text;
}

/// "10.0.0.2", "10.0.0.2:53", "10.0.0.2.", "2001:db8::1": what stands behind the address stays. Empty for any other.
std::optional<std::string> with_stand_in(std::string_view run, const StandIns& stand_ins) {
  for (std::string_view head = run; !head.empty();) {
    if (const auto address = Address::parse(head)) {
      const auto stand_in = stand_ins.of(*address);
      return stand_in ? std::optional{stand_in->to_string() + std::string{run.substr(head.size())}} : std::nullopt;
    }
    const auto cut = head.find_last_of(":.");
    if (cut == head.npos) break;
    head = head.substr(0, cut);
  }
  return std::nullopt;
}

/// Also where something stands before an IPv4 address: ":443:10.0.0.2:443" of --connect-to, "::ffff:10.0.0.2".
std::string without_addresses(std::string_view run, const StandIns& stand_ins) {
  if (auto replaced = with_stand_in(run, stand_ins)) return std::move(*replaced);
  const auto in_ipv4 = [](char c) { return is_digit(c) || c == '.'; };
  return replace_runs(
      run, in_ipv4, [&](std::string_view part) { return with_stand_in(part, stand_ins).value_or(std::string{part}); });
}

}  // namespace

std::string replace_runs(std::string_view text, bool (*belongs)(char),
                         const std::function<std::string(std::string_view)>& replace) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && belongs(text[end])) ++end;
    if (end > i)
      out += replace(text.substr(i, end - i));
    else
      out += text[end++];
    i = end;
  }
  return out;
}

void each_account(std::string_view text, const std::function<void(std::string_view)>& visit) {
  static_cast<void>(replace_runs(text, is_digit, [&](std::string_view run) {
    if (run.size() == 12) visit(run);
    return std::string{};
  }));
}

std::string redacted_text(std::string_view text, StandIns& stand_ins, std::string_view keep) {
  const auto names = [&](std::string_view run) { return without_names(run, stand_ins); };
  const auto addresses = [&](std::string_view run) { return without_addresses(run, stand_ins); };
  const auto accounts = [&](std::string_view run) {
    return run.size() == 12 && run != keep ? stand_ins.account(run) : std::string{run};
  };
  std::string out = without_spelled_addresses(replace_runs(text, in_name, names), stand_ins);
  out = replace_runs(out, in_address, addresses);
  return replace_runs(out, is_digit, accounts);
}

}  // namespace ecr6::report

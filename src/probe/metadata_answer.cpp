#include "probe/metadata_answer.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::probe {

namespace {

constexpr std::size_t longest_token = 1024;
constexpr std::size_t longest_identifier = 64;
constexpr std::size_t most_values = 256;

bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

std::vector<std::string_view> lines_of(std::string_view body) {
  std::vector<std::string_view> lines;
  for (const std::string_view line : split(body, '\n'))
    if (const auto text = trimmed(line); !text.empty()) lines.push_back(text);
  return lines;
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_mac(std::string_view text) {
  if (text.size() != 17) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i % 3 == 2 ? text[i] != ':' : !is_hex(text[i])) return false;
  return true;
}

template <class T>
std::optional<std::vector<T>> values_of(const MetadataAnswer& answer) {
  std::vector<T> values;
  if (answer.status == 404) return values;
  if (answer.status != 200) return std::nullopt;
  for (const std::string_view line : lines_of(answer.body)) {
    const auto value = T::parse(line);
    if (!value || values.size() == most_values) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

}  // namespace

bool is_token(std::string_view text) {
  return !text.empty() && text.size() <= longest_token && std::all_of(text.begin(), text.end(), is_visible);
}

MetadataOutcome refusal_of(const MetadataAnswer& answer) {
  const bool refuses = answer.status == 400 || answer.status == 401 || answer.status == 403 || answer.status == 429 ||
                       answer.status >= 500;
  const bool is_ec2 = equal_ignoring_case(answer.server, "EC2ws");
  return refuses || (is_ec2 && answer.status >= 400) ? MetadataOutcome::denied : MetadataOutcome::not_metadata;
}

std::vector<std::string> macs_of(std::string_view body) {
  std::vector<std::string> macs;
  for (std::string_view line : lines_of(body)) {
    if (line.ends_with('/')) line.remove_suffix(1);
    if (!is_mac(line)) return {};
    macs.push_back(to_lower(line));
  }
  return macs;
}

std::optional<std::vector<Address>> addresses_of(const MetadataAnswer& answer) { return values_of<Address>(answer); }
std::optional<std::vector<Prefix>> prefixes_of(const MetadataAnswer& answer) { return values_of<Prefix>(answer); }

std::string identifier_of(const MetadataAnswer& answer) {
  const std::string_view text = trimmed(answer.body);
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (answer.status != 200 || text.size() > longest_identifier || !std::all_of(text.begin(), text.end(), fits))
    return {};
  return std::string{text};
}

}  // namespace ecr6::probe

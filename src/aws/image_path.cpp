#include "image_path.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::aws {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_alphanumeric(char c) { return is_lower(c) || is_digit(c); }

/// `.`, `_`, `__`, or any number of `-`.
bool is_separator(std::string_view text) {
  return text == "." || text == "_" || text == "__" || text.find_first_not_of('-') == text.npos;
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
bool is_component(std::string_view text) {
  if (text.empty() || !is_alphanumeric(text.front()) || !is_alphanumeric(text.back())) return false;
  const auto end = text.end();
  for (auto at = text.begin(); at != end;) {
    const auto word_end = std::find_if_not(at, end, is_alphanumeric);
    at = std::find_if(word_end, end, is_alphanumeric);
    if (at != word_end && !is_separator({word_end, at})) return false;
  }
  return true;
}

bool is_tag(std::string_view text) {
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-'; };
  return !text.empty() && text.size() <= 128 && text.front() != '.' && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), fits);
}

/// `algorithm:hex`, at least 32 hexadecimal digits.
bool is_digest(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == text.npos || colon == 0 || !is_letter(text.front())) return false;
  const auto algorithm = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '.' || c == '-' || c == '_'; };
  return std::all_of(algorithm.begin(), algorithm.end(), fits) && digits.size() >= 32 &&
         std::all_of(digits.begin(), digits.end(), is_hex);
}

}  // namespace

std::optional<Problem> image_path_problem(std::string_view path) {
  if (const auto at = path.find('@'); at != path.npos) {
    if (!is_digest(path.substr(at + 1)))
      return problem(fmt::format("'{}' is not an image digest, such as sha256: and 64 digits", path.substr(at + 1)));
    path = path.substr(0, at);
  }
  if (const auto colon = path.find(':'); colon != path.npos) {
    if (!is_tag(path.substr(colon + 1)))
      return problem(fmt::format("'{}' is not an image tag", path.substr(colon + 1)));
    path = path.substr(0, colon);
  }
  const auto components = split(path, '/');
  if (std::all_of(components.begin(), components.end(), is_component)) return std::nullopt;
  return problem(
      fmt::format("'{}' is not an image repository: lower-case words, parted by '/', are expected; "
                  "write https:// before a URL",
                  path));
}

}  // namespace ecr6::aws

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "ecr6/logs/event.hpp"
#include "fields.hpp"

namespace ecr6::logs {

namespace {

/// Without what stands in parentheses, which nest; a backslash takes the next byte along (Docker's `\(linux\)`).
std::string without_comments(std::string_view text) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool escapes = c == '\\' && i + 1 < text.size();
    if (c == '(') ++depth;
    if (depth == 0) out += c;
    if (depth == 0 && escapes) out += text[i + 1];
    if (c == ')' && depth > 0) --depth;
    if (escapes) ++i;
  }
  return depth == 0 ? out : std::string{text.substr(0, text.find('('))};
}

/// Tokens that say what the client runs on rather than what it is.
bool is_about_machine(std::string_view token) {
  static constexpr std::string_view keys[] = {"go",          "git-commit",
                                              "kernel",      "os",
                                              "arch",        "md",
                                              "lang",        "cfg",
                                              "ua",          "m",
                                              "exe",         "ft",
                                              "Python",      "python",
                                              "Linux",       "Darwin",
                                              "api",         "source",
                                              "distrib",     "prompt",
                                              "Windows",     "Java",
                                              "java",        "vendor",
                                              "cfg-runtime", "UpstreamClient",
                                              "Botocore",    "crt",
                                              "io",          "cmd",
                                              "command"};
  const std::string_view key = token.substr(0, token.find('/'));
  return std::find(std::begin(keys), std::end(keys), key) != std::end(keys) || key.starts_with("OpenJDK") ||
         key.starts_with("Java_HotSpot");
}

}  // namespace

std::string client_of(std::string_view user_agent) {
  std::string_view text = trimmed(user_agent);
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  std::string kept;
  const std::string bare = without_comments(text);
  for (const std::string_view token : split(bare, ' ')) {
    const bool first = kept.empty();
    // A word without a version names nobody, except as the whole user agent ("AWS Internal", a service's name).
    if (token.empty() || (is_about_machine(token) && !(first && bare.find(' ') == bare.npos))) continue;
    if (!first && token.find('/') == token.npos && kept.find('/') != kept.npos) continue;
    kept += (first ? "" : " ") + std::string{token};
  }
  return clipped(kept.empty() ? text : std::string_view{kept});
}

}  // namespace ecr6::logs

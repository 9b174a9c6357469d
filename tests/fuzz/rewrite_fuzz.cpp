#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/aws/rewrite.hpp"
#include "ecr6/aws/rewrite_hints.hpp"

using namespace ecr6::aws;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

struct Outcome {
  std::string text;
  std::vector<Sighting> names;
};

Outcome rewritten(std::string_view text, std::size_t piece) {
  Outcome outcome;
  Rewriter rewriter{[&](std::string_view part) { outcome.text += part; },
                    [&](const Sighting& name) { outcome.names.push_back(name); }};
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) rewriter.feed(text.substr(0, piece));
  rewriter.finish();
  return outcome;
}

/// The output is the input with each rewritten name replaced, and nothing else.
void check_bytes(std::string_view text, const Outcome& outcome) {
  std::string expected;
  std::size_t at = 0;
  for (const Sighting& name : outcome.names) {
    require(text.substr(name.offset, name.text.size()) == name.text);
    require(name.line >= 1 && name.column >= 1 && name.text.find('\n') == std::string::npos);
    require((name.fate == Fate::rewritten) != name.replacement.empty());
    if (name.fate != Fate::rewritten) continue;
    require(name.offset >= at);
    expected += text.substr(at, name.offset - at);
    expected += name.replacement;
    at = name.offset + name.text.size();
  }
  expected += text.substr(at);
  require(expected == outcome.text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const Outcome once = rewritten(text, size + 1);
  check_bytes(text, once);
  require(rewritten(once.text, once.text.size() + 1).text == once.text);
  require(rewritten(text, 1 + size % 97).text == once.text);
  static_cast<void>(unified_diff("file", text, once.text));
  static_cast<void>(rewrite_hints(text));
  return 0;
}

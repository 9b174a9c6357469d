#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/aws/rewrite.hpp"
#include "ecr6/aws/rewrite_hints.hpp"
#include "ecr6/core/diff.hpp"

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
  std::vector<ecr6::Edit> edits;
  for (const Sighting& name : outcome.names) {
    require(text.substr(name.offset, name.text.size()) == name.text);
    require(name.line >= 1 && name.column >= 1 && name.text.find('\n') == std::string::npos);
    require((name.fate == Fate::rewritten) != name.replacement.empty());
    if (name.fate != Fate::rewritten) continue;
    require(edits.empty() || name.offset >= edits.back().end);
    edits.push_back({name.offset, name.offset + name.text.size(), name.replacement});
  }
  require(ecr6::applied(text, edits) == outcome.text);
  require(ecr6::unified_diff("file", text, edits).empty() == edits.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const Outcome once = rewritten(text, size + 1);
  check_bytes(text, once);
  require(rewritten(once.text, once.text.size() + 1).text == once.text);
  require(rewritten(text, 1 + size % 97).text == once.text);
  static_cast<void>(rewrite_hints(text));
  return 0;
}

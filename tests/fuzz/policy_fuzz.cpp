#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "ecr6/policy/report.hpp"

using namespace ecr6;
using namespace ecr6::policy;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_places(const Document& document) {
  for (const Statement& statement : document.statements) {
    require(statement.span.begin < statement.span.end && statement.span.end <= document.text->view().size());
    for (const ConditionEntry& entry : statement.condition) {
      require(document.text->slice(entry.key_span).starts_with('"'));
      for (const Value& value : entry.values.values) require(value.span.size() > 0);
    }
  }
}

/// The suggestion is still readable, has as many documents, takes nothing away, and a second one changes nothing.
void check_suggestion(const std::string& text, const std::vector<const Document*>& documents) {
  const std::vector<Prefix> prefixes{*Prefix::parse("2a00:1234::/56")};
  const SuggestedFile first = suggest_for("fuzz", text, documents, prefixes);
  require(first.diff.empty() == (first.text == text));
  const Contents again = read_policies("fuzz", Text::of_file(first.text));
  require(again.documents.size() == documents.size() && first.text.size() >= text.size());
}

}  // namespace

/// One input is a file of policies: read, audited, judged for callers, edited and rendered.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text{reinterpret_cast<const char*>(data), size};
  Contents contents = read_policies("fuzz", Text::of_file(text));
  Report report;
  report.documents = std::move(contents.documents);
  for (Problem& problem : contents.problems)
    report.problems.push_back({"fuzz", problem.place, std::move(problem.message)});
  std::vector<const Document*> documents;
  for (const Document& document : report.documents) {
    check_places(document);
    documents.push_back(&document);
  }
  audit_all(report);
  for (const char* address : {"2a00::1", "198.18.0.1", "::ffff:198.18.0.1"}) {
    const Caller caller{Path::internet, Address::parse(address)};
    report.callers.push_back({caller, decide(report.documents, caller), caveats(report.documents, caller)});
  }
  check_suggestion(text, documents);
  require(!render_json(report).empty() && !render_text(report).empty());
  return 0;
}

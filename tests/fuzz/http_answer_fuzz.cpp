#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probe/http_answer.hpp"

using namespace ecr6;
using probe::HttpAnswer;
using State = HttpAnswer::State;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_state(const HttpAnswer& answer) {
  require(answer.first_bytes().size() <= probe::max_first_bytes);
  if (answer.state() == State::reading) return;
  require((answer.state() == State::complete) == answer.detail().empty());
  if (answer.state() != State::complete) return;
  const HttpFacts facts = answer.facts();
  require(facts.status >= 0 && facts.status <= 999 && (facts.version == 10 || facts.version == 11));
  require(facts.headers.size() <= probe::max_headers);
  require(facts.headers_left_out == 0 || facts.headers.size() == probe::max_headers);
}

}  // namespace

/// The first byte says in pieces of what size the others arrive. What was decided stays decided, and in whichever
/// pieces an answer came, only one that was complete in one piece may be complete.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = data[0] + std::size_t{1};
  const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
  HttpAnswer whole, pieces;
  whole.feed(text);
  check_state(whole);
  for (std::size_t at = 0; at < text.size(); at += piece) {
    const State before = pieces.state();
    const State after = pieces.feed(text.substr(at, piece));
    require(before == State::reading || before == after);
  }
  check_state(pieces);
  require((whole.state() == State::complete) == (pieces.state() == State::complete));
  return 0;
}

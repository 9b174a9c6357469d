#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "ecr6/aws/rewrite.hpp"

namespace ecr6::aws::samples {

struct Outcome {
  std::string text;
  std::vector<Sighting> names;
};

inline Outcome rewritten(std::string_view text, std::size_t piece = 1 << 20) {
  Outcome outcome;
  Rewriter rewriter{[&](std::string_view part) { outcome.text += part; },
                    [&](const Sighting& name) { outcome.names.push_back(name); }};
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) rewriter.feed(text.substr(0, piece));
  rewriter.finish();
  return outcome;
}

inline const std::string old_name = "123456789012.dkr.ecr.us-west-2.amazonaws.com";
inline const std::string new_name = "123456789012.dkr-ecr.us-west-2.on.aws";

}  // namespace ecr6::aws::samples

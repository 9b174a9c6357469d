#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "console.hpp"

namespace ecr6::cli {

/// `ecr6 logs --samples`: the lines alone, or JSON with what each holds. `formats` empty: every format.
int print_samples(const std::vector<std::string>& formats, bool json, Console& console);

struct Trial {
  std::string command;
  std::vector<std::string> formats;  ///< empty: every format
  std::chrono::seconds time_limit{};
  bool json{};
};

/// `ecr6 logs --try`: runs the command once per format and says which addresses did not come out. 0 when every
/// address of at least one format came out and no format lost one, else 1.
int try_parser(const Trial& trial, Console& console);

}  // namespace ecr6::cli

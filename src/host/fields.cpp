#include "host/fields.hpp"

#include <algorithm>

namespace ecr6::host {

std::vector<std::string_view> fields(std::string_view line) {
  std::vector<std::string_view> words;
  line = line.substr(0, line.find('#'));
  for (auto begin = line.find_first_not_of(" \t\r"); begin != line.npos; begin = line.find_first_not_of(" \t\r")) {
    line.remove_prefix(begin);
    const auto end = std::min(line.find_first_of(" \t\r"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

}  // namespace ecr6::host

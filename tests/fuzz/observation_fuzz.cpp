#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <boost/json.hpp>

#include "ecr6/core/json.hpp"
#include "ecr6/diagnosis/diagnosis.hpp"
#include "ecr6/observation/json.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

/// Whatever is read is diagnosed, written and read again as the same; whatever is refused is refused in words.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto read = ecr6::observation_from_json(text);
  if (const auto* sentence = std::get_if<std::string>(&read)) {
    expect(!sentence->empty());
    return 0;
  }
  const auto& observation = std::get<ecr6::Observation>(read);
  const auto diagnosis = ecr6::diagnose(observation);
  expect(diagnosis.endpoints.size() == observation.endpoints.size());
  expect(diagnosis.verdict.exit_code >= 0 && diagnosis.verdict.exit_code <= 3);
  const auto again = ecr6::observation_from_json(ecr6::to_text(ecr6::to_json(observation)));
  expect(std::holds_alternative<ecr6::Observation>(again) && std::get<ecr6::Observation>(again) == observation);
  return 0;
}

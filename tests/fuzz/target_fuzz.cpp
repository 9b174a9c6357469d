#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ecr6/aws/default_region.hpp"
#include "ecr6/aws/plan.hpp"
#include "ecr6/aws/shared_config.hpp"

using namespace ecr6;
using namespace ecr6::aws;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// A second parse of what was recognised has to find the same thing, and the twins have to be ECR names themselves.
void check_name(const EcrName& name) {
  const auto again = recognise(name.endpoint.name);
  require(again && again->endpoint == name.endpoint && again->spelling == name.spelling);
  require(!misfit(name.endpoint.name));
  require(name.right_name.empty() || recognise(name.right_name).has_value());
  if (const auto twin = dual_stack_twin(name)) require(recognise(twin->name).has_value());
  for (const Endpoint& twin : current_twins(name)) require(recognise(twin.name).has_value());
}

void check_plan(const Target& target) {
  const auto planned = plan({target}, {});
  require(planned.has_value());
  for (const PlannedEndpoint& p : planned->endpoints) {
    require(!p.because.empty() && !p.endpoint.name.empty() && p.endpoint.port != 0);
    require(p.endpoint.name.find_first_of(" /@[]") == std::string::npos);
    require(p.not_an_ecr_name == !recognise(p.endpoint.name).has_value());
  }
}

}  // namespace

/// One input is read as a target, as a host and as a shared config file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto name = recognise(text)) check_name(*name);
  if (const auto target = parse_target(text))
    check_plan(*target);
  else
    require(!target.error().sentence.empty());
  const SharedConfig config = parse_shared_config(text);
  require(config.unreadable.size() <= size + 1);
  static_cast<void>(profile_setting(config, "default", "region"));
  return 0;
}

#include "ecr6/observation/ec2_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6 {

namespace {

constexpr std::size_t shown = 4;

template <class T>
std::string list_text(const std::optional<std::vector<T>>& list, std::string_view nothing) {
  if (!list) return "not known";
  if (list->empty()) return std::string{nothing};
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < list->size() && i < shown; ++i) texts.push_back((*list)[i].to_string());
  const std::string text = join(texts, ", ");
  return list->size() > shown ? fmt::format("{} and {} more", text, list->size() - shown) : text;
}

/// "subnet subnet-1": the kind, and which one where that is known.
std::string named(std::string_view kind, const std::string& id) {
  return id.empty() ? std::string{kind} : fmt::format("{} {}", kind, id);
}

}  // namespace

std::string to_text(const Ec2Interface& interface) {
  const std::string& who = interface.interface_id.empty() ? interface.mac : interface.interface_id;
  const std::string device = interface.device.empty() ? "" : fmt::format(" ({})", interface.device);
  return fmt::format("{}{}: IPv6 {}; {} {}; {} {}", who, device, list_text(interface.ipv6, "no address"),
                     named("subnet", interface.subnet_id), list_text(interface.subnet_ipv6, "has no IPv6 range"),
                     named("VPC", interface.vpc_id), list_text(interface.vpc_ipv6, "has no IPv6 range"));
}

std::vector<Prefix> subnet_ranges(const Ec2Facts& facts) {
  std::vector<Prefix> ranges;
  for (const Ec2Interface& interface : facts.interfaces)
    for (const Prefix& prefix : interface.subnet_ipv6.value_or(std::vector<Prefix>{}))
      if (std::find(ranges.begin(), ranges.end(), prefix.masked()) == ranges.end()) ranges.push_back(prefix.masked());
  return ranges;
}

}  // namespace ecr6

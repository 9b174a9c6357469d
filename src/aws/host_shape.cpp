#include "host_shape.hpp"

#include <array>
#include <string>

#include "ecr6/aws/partitions.hpp"

namespace ecr6::aws {

namespace {

/// Cuts `.SUFFIX` off the end; false when the text does not end so, or nothing is left.
bool cut_end(std::string_view& text, std::string_view suffix) {
  if (text.size() <= suffix.size() + 1 || !text.ends_with(suffix)) return false;
  if (text[text.size() - suffix.size() - 1] != '.') return false;
  text.remove_suffix(suffix.size() + 1);
  return true;
}

/// Cuts the last label off, and gives it; the whole text when it has one label.
std::string_view cut_last_label(std::string_view& text) {
  const auto dot = text.rfind('.');
  const auto label = dot == text.npos ? text : text.substr(dot + 1);
  text = dot == text.npos ? std::string_view{} : text.substr(0, dot);
  return label;
}

/// Cuts off the suffix of some partition. None is the end of another one at a dot, except for aws-eusc's guesses,
/// which therefore come last and the longer one first.
std::optional<Addressing> cut_suffix(std::string_view& host) {
  for (const Partition& partition : partitions()) {
    if (cut_end(host, partition.dns_suffix)) return Addressing::ipv4_only;
    if (cut_end(host, partition.dual_stack_suffix)) return Addressing::dual_stack;
    if (!partition.registry_suffix.empty() && cut_end(host, partition.registry_suffix)) return Addressing::dual_stack;
  }
  for (const std::string_view guess : eusc_registry_guesses)
    if (cut_end(host, guess)) return Addressing::dual_stack;
  return std::nullopt;
}

/// `prod-<region>-starport-layer-bucket.s3[.dualstack].<region>`, both regions the same.
std::optional<HostShape> layer_shape(std::string_view host, HostShape shape) {
  shape.role = Role::layers;
  shape.region = cut_last_label(host);
  if (shape.addressing != Addressing::ipv4_only) return std::nullopt;  // S3 writes "dualstack" before the region
  if (cut_end(host, "s3.dualstack"))
    shape.addressing = Addressing::dual_stack;
  else if (!cut_end(host, "s3"))
    return std::nullopt;
  if (host != "prod-" + std::string{shape.region} + "-starport-layer-bucket") return std::nullopt;
  return shape;
}

struct Service {
  std::string_view text;  ///< the labels that name it, without "-fips"
  Role role;
};
/// Longer ones before their own ends.
constexpr std::array<Service, 6> services{{{"api.ecr-public", Role::public_api},
                                           {"ecr-public", Role::public_api},
                                           {"api.ecr", Role::api},
                                           {"dkr.ecr", Role::registry},
                                           {"ecr", Role::api},
                                           {"dkr-ecr", Role::registry}}};

/// Reads the labels before the region: `[LABEL.]SERVICE[-fips]`.
bool read_service(std::string_view head, HostShape& shape) {
  if (head.ends_with("-fips")) {
    shape.fips = true;
    head.remove_suffix(5);
  }
  for (const auto& [text, role] : services) {
    shape.role = role;
    if (head == text) return true;
    if (std::string_view label = head; cut_end(label, text)) {
      shape.label = label;
      return label.find('.') == label.npos;
    }
  }
  return false;
}

/// An interface endpoint's label starts with its id; otherwise only registries have a label before the service.
bool label_fits(const HostShape& shape) {
  if (shape.vpce) return shape.label.starts_with("vpce-") && shape.role != Role::public_api;
  return shape.label.empty() || shape.role == Role::registry;
}

}  // namespace

std::optional<HostShape> shape_of(std::string_view host) {
  const auto addressing = cut_suffix(host);
  if (!addressing) return std::nullopt;
  HostShape shape;
  shape.addressing = *addressing;
  if (auto layers = layer_shape(host, shape)) return layers;
  shape.vpce = *addressing == Addressing::ipv4_only && cut_end(host, "vpce");
  shape.region = cut_last_label(host);
  if (!read_service(host, shape) || !label_fits(shape)) return std::nullopt;
  return shape;
}

}  // namespace ecr6::aws

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/observation/ec2_facts.hpp"

/// What the answers of EC2's instance metadata service mean (EC2 user guide, "Use IMDS to access instance metadata" and
/// "Instance metadata categories"). Pure.
namespace ecr6::probe {

inline constexpr std::size_t max_ec2_interfaces = 16;

/// One answer of the service, or of whoever stands on its address.
struct MetadataAnswer {
  int status{};
  std::string server;  ///< the Server header; EC2's is "EC2ws"
  std::string body;
};

/// A token goes back in a header: nothing but visible ASCII, of a sensible length.
[[nodiscard]] bool is_token(std::string_view text);

/// What it means that a question for a token, or for the list of interfaces, was not answered with one.
[[nodiscard]] MetadataOutcome refusal_of(const MetadataAnswer& answer);

/// The hardware addresses of the interfaces: "0a:1b:2c:3d:4e:5f/" in lines. Empty when that is not what it is.
[[nodiscard]] std::vector<std::string> macs_of(std::string_view body);

/// The lists behind an interface: 404, or nothing in it, says none; anything else unexpected is not known.
[[nodiscard]] std::optional<std::vector<Address>> addresses_of(const MetadataAnswer& answer);
[[nodiscard]] std::optional<std::vector<Prefix>> prefixes_of(const MetadataAnswer& answer);

/// "eni-0123"; empty when it is no identifier.
[[nodiscard]] std::string identifier_of(const MetadataAnswer& answer);

}  // namespace ecr6::probe

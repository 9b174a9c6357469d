#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ecr6/policy/address_set.hpp"
#include "ecr6/policy/document.hpp"

namespace ecr6::policy {

enum class IpForm {
  cidr,
  bare,        ///< an address without prefix length
  variable,    ///< holds `${…}`; IP operators take no variables
  wildcard,    ///< holds `*` or `?`; IP operators take no wildcards
  unresolved,  ///< a CloudFormation function
  invalid,
};

/// A value of an IP operator.
struct IpValue {
  IpForm form{};
  std::optional<Prefix> prefix;  ///< for cidr and bare (then /32 or /128)
};

[[nodiscard]] IpValue ip_value(const Value& value);

/// What a list of values matches, collected value by value; one sort at the end makes a long list cheap.
class Matches {
 public:
  /// A value of an IP operator. A bare IPv6 address matches itself for certain, and at most its /32: IAM's
  /// documentation says that `/32` is the default length and makes no exception for IPv6.
  void add_ip(const Value& value);
  /// The addresses whose text a value of a string operator matches. An IPv4 address has one spelling; which of its
  /// many spellings IAM uses for an IPv6 address is not documented. `wildcards`: StringLike and StringNotLike.
  void add_text(const Value& value, bool wildcards);
  /// A value that could match anything, or nothing.
  void add_unknown();

  [[nodiscard]] Region region() const;

 private:
  void add_pattern(std::string_view pattern);
  void add_certain(const Prefix& prefix);

  std::vector<Prefix> certain_;
  std::vector<Prefix> possible_;  ///< beside the certain ones
};

/// ::ffff:0:0/96 written as IPv4: what `::ffff:203.0.113.0/120` means by 203.0.113.0/24. Empty for any other prefix.
[[nodiscard]] std::optional<Prefix> unmapped(const Prefix& prefix);

/// What a client on the Internet can have as source address: all of IPv4, and IPv6 global unicast (2000::/3).
[[nodiscard]] const AddressSet& internet_addresses();
/// What a client inside a VPC can have: all of IPv4, IPv6 global unicast and unique local.
[[nodiscard]] const AddressSet& vpc_addresses();

/// The part of a set that is of one family.
[[nodiscard]] AddressSet only(Family family, const AddressSet& set);

}  // namespace ecr6::policy

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ecr6/core/address.hpp"

namespace ecr6::report {

/// Consistent replacements, numbered in the order in which they are first asked for. A stand-in is never equal to
/// something that `avoid` was told of.
class StandIns {
 public:
  void avoid(const Address& address) { taken_.insert(address); }
  void avoid_account(std::string_view digits) { taken_accounts_.emplace(digits); }

  /// An address of the same class (private, unique local, link-local, shared, documentation, … or global): the class
  /// is what diagnosis looks at. Global ones come from blocks that carry no public traffic (2e00:ec6::/32 is not
  /// allocated, 25.255.0.0/16 is not announced). Loopback, the unspecified address and AWS's own resolver addresses
  /// (169.254.169.253, fd00:ec2::253) are the same on every host and stay.
  void replace(const Address& address);
  /// The stand-in of an address that `replace` was told of; empty for any other.
  [[nodiscard]] std::optional<Address> of(const Address& address) const;

  /// 000000000001 and so on for 12 digits.
  [[nodiscard]] std::string account(std::string_view digits);

  /// `name` becomes `stand_in`, whatever its case; both without final dot.
  void replace_name(std::string_view name, std::string stand_in);
  [[nodiscard]] std::optional<std::string> of_name(std::string_view name) const;

  /// How names spell the addresses that were replaced, and their stand-ins the same way: "10-0-0-5" (EC2 calls a host
  /// "ip-10-0-0-5"), "5.0.0.10.in-addr.arpa", "2600-1f13--5". Lower case.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& spellings() const { return spellings_; }

 private:
  std::map<Address, Address> addresses_;
  std::vector<std::pair<std::string, std::string>> spellings_;
  std::set<Address> taken_;
  std::map<std::string, std::string, std::less<>> accounts_;
  std::set<std::string, std::less<>> taken_accounts_;
  std::map<std::string, std::string, std::less<>> names_;
  std::uint64_t last_account_{};
};

}  // namespace ecr6::report

#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "ecr6/core/address.hpp"

namespace ecr6::policy {

/// A set of addresses of both families, as ordered ranges that neither touch nor overlap.
class AddressSet {
 public:
  AddressSet() = default;
  explicit AddressSet(const std::vector<Prefix>& prefixes);
  [[nodiscard]] static AddressSet everything();

  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] bool contains(const Address& address) const;
  [[nodiscard]] AddressSet complement() const;
  [[nodiscard]] AddressSet intersected(const AddressSet& other) const;
  [[nodiscard]] AddressSet united(const AddressSet& other) const;

  friend bool operator==(const AddressSet&, const AddressSet&) = default;

 private:
  using Range = std::pair<Address, Address>;  ///< first and last, of one family

  /// Joins ranges, already in order, that touch or overlap.
  void normalise();

  std::vector<Range> ranges_;
};

/// Where a condition holds: for certain, and at most. They differ where AWS does not say.
struct Region {
  AddressSet certain;
  AddressSet possible;

  [[nodiscard]] static Region everywhere() { return {AddressSet::everything(), AddressSet::everything()}; }
  [[nodiscard]] static Region nowhere() { return {}; }
  [[nodiscard]] static Region unknown() { return {{}, AddressSet::everything()}; }
  [[nodiscard]] Region complement() const { return {possible.complement(), certain.complement()}; }
  [[nodiscard]] Region intersected(const Region& other) const;
  [[nodiscard]] Region united(const Region& other) const;
};

}  // namespace ecr6::policy

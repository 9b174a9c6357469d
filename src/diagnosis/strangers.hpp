#pragma once

#include <vector>

#include "ecr6/observation/observation.hpp"

/// Certificates that are made for the endpoint's name by somebody else. Pure.
namespace ecr6 {

struct Strangers {
  std::vector<const Attempt*> attempts;  ///< that show such a certificate; empty: nothing to say
  const Attempt* genuine{};              ///< one that shows the endpoint's own; null when none does
  bool undecided{};                      ///< one of the authorities in `attempts` is the stranger, none says which
  bool aws_name{};                       ///< AWS's public authorities are known to sign this name
};

/// Compares whose authority signs at each address, over both families; certificates for other names stay out of it:
/// they come from another server, not from a device that imitates this one. Alone, an authority that is not AWS's tells
/// on a name of AWS's, unless the user brought the roots (--ca-file, --ca-path) that it leads to. Several certificates
/// and several intermediates of one authority are as it should be.
[[nodiscard]] Strangers strangers_of(const Observation& run, const EndpointObservation& seen);

}  // namespace ecr6

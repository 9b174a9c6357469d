#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probe/tls_context.hpp"

namespace ecr6::probe {

/// The places that roots are taken from.
struct TrustPlaces {
  struct Place {
    std::string path;
    std::string named_by;  ///< "--ca-file", "SSL_CERT_DIR"; empty for the system's
  };
  std::optional<Place> file;
  std::vector<Place> directories;
};

/// Options, then environment, then the system: its hash directory, or its bundle where no directory is hashed. The
/// directories of SSL_CERT_DIR are separated by colons.
[[nodiscard]] TrustPlaces trust_places(const TrustSettings& settings);

/// Adds the places to the context's store. One sentence when a named place cannot be read or holds no certificate; the
/// system's own places are allowed to be missing.
[[nodiscard]] std::optional<std::string> add_trust(ssl_ctx_st* context, const TrustPlaces& places);

}  // namespace ecr6::probe

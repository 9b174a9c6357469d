#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "dns_responder.hpp"
#include "scenario.hpp"

namespace ecr6::lab {

/// Where to find the embedded ECR that runs.
struct Whereabouts {
  std::uint16_t dns_port{};   ///< UDP on 127.0.0.1
  std::uint16_t ipv6_port{};  ///< TCP on ::1: every IPv6 address of every name
  std::uint16_t ipv4_port{};  ///< TCP on 127.0.0.1
  std::string authority;      ///< the PEM of the authority to trust; lives in memory alone
};

/// The embedded ECR: a nameserver and TLS endpoints on loopback, on a thread of its own, gone with this object.
/// Needs no root, writes no file.
class Lab {
 public:
  /// Serves `names` as the scenario orders. One sentence when this host cannot (no IPv6 on loopback).
  [[nodiscard]] static std::variant<std::unique_ptr<Lab>, std::string> start(const Scenario& scenario,
                                                                             const std::vector<Name>& names);
  Lab(const Lab&) = delete;
  Lab& operator=(const Lab&) = delete;
  ~Lab();

  [[nodiscard]] const Whereabouts& whereabouts() const { return whereabouts_; }

 private:
  struct Machinery;
  explicit Lab(std::unique_ptr<Machinery> machinery, Whereabouts whereabouts);

  std::unique_ptr<Machinery> machinery_;
  Whereabouts whereabouts_;
};

}  // namespace ecr6::lab

#pragma once

#include <doctest/doctest.h>

#include "builders.hpp"

/// One row of a table about the words: what is changed in a healthy endpoint, and the words that it then gets.
namespace ecr6::words {

using Change = void (*)(Observation&, EndpointObservation&);

struct Row {
  std::string_view name;
  Change change;
  Reachability ipv6, ipv4;
};

inline void check(const Row& row, EndpointObservation seen) {
  Observation run = build::run({});
  row.change(run, seen);
  run.endpoints = {seen};
  const EndpointVerdict words = diagnose(run).endpoints.at(0);
  CAPTURE(row.name);
  CHECK(to_string(words.ipv6) == to_string(row.ipv6));
  CHECK(to_string(words.ipv4) == to_string(row.ipv4));
}

}  // namespace ecr6::words

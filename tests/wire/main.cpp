#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <csignal>

#include "probe/resolver.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  ecr6::probe::load_resolver();
  return doctest::Context{argc, argv}.run();
}

#include <csignal>
#include <string>
#include <vector>

#include "program.hpp"

int main(int argc, char** argv) {
  // A closed pipe is a failed write with a message, not a silent death.
  std::signal(SIGPIPE, SIG_IGN);
  return ecr6::cli::run_program({argv + (argc > 0 ? 1 : 0), argv + argc});
}

#pragma once

#include "console.hpp"

#include <string>
#include <vector>

/// The entry of each command; each lives in the file of its name.
namespace ecr6::cli {

int run_check(const std::vector<std::string>& arguments, Console& console);
int run_endpoints(const std::vector<std::string>& arguments, Console& console);
int run_rewrite(const std::vector<std::string>& arguments, Console& console);
int run_policy(const std::vector<std::string>& arguments, Console& console);
int run_config(const std::vector<std::string>& arguments, Console& console);
int run_logs(const std::vector<std::string>& arguments, Console& console);
int run_report(const std::vector<std::string>& arguments, Console& console);
int run_explain(const std::vector<std::string>& arguments, Console& console);
int run_lab(const std::vector<std::string>& arguments, Console& console);

}  // namespace ecr6::cli

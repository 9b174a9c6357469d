#pragma once

#include <string>

#include "ecr6/observation/ip_ranges_file.hpp"

namespace ecr6::cli {

/// The file of --ip-ranges, at most max_ip_ranges_bytes. The problem is one sentence that names the file.
[[nodiscard]] Expected<IpRangesFile> read_ip_ranges(const std::string& path);

}  // namespace ecr6::cli

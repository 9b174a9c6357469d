#include "ip_ranges_option.hpp"

#include <fmt/format.h>

#include "host/text_file.hpp"

namespace ecr6::cli {

namespace {

Problem about(std::string_view sentence) {
  return problem(fmt::format("--ip-ranges: {}; https://ip-ranges.amazonaws.com/ip-ranges.json has AWS's", sentence));
}

}  // namespace

Expected<IpRangesFile> read_ip_ranges(const std::string& path) {
  const auto text = host::read_text_file(path, max_ip_ranges_bytes);
  if (!text) return about(text.error().sentence);
  if (!*text) return about(fmt::format("there is no file {}", path));
  auto file = IpRangesFile::parse(**text);
  if (!file) return about(fmt::format("{}: {}", path, file.error().sentence));
  return file;
}

}  // namespace ecr6::cli

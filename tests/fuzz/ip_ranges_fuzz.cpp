#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ecr6/observation/ip_ranges_file.hpp"

using namespace ecr6;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_match(const IpRangesFile& file, std::string_view text) {
  const Address address = Address::parse(text).value();
  const IpRangeMatch match = file.match(address);
  require(!match.prefix || (match.prefix->contains(address) && !match.prefix->has_host_bits()));
  require(match.prefix ? !match.services.empty() : match.services.empty() && match.region.empty());
  require(match.services.size() <= 32);
}

}  // namespace

/// A text is refused with its place, or is a file whose answers hold the address that was asked about.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = IpRangesFile::parse({reinterpret_cast<const char*>(data), size});
  if (!file) {
    require(file.error().sentence.starts_with("line "));
    return 0;
  }
  require(file->entries() >= 2);
  for (const auto address : {"2600:1f13::1", "::", "3.5.0.1", "255.255.255.255"}) check_match(*file, address);
  return 0;
}

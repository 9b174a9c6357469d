#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "probe/metadata_answer.hpp"

using namespace ecr6;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

/// The first byte chooses the status. What is not 200 or 404 is never a fact; whatever comes, its size is bounded.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  probe::MetadataAnswer answer;
  answer.status = data[0] % 4 == 0 ? 404 : data[0] % 4 == 1 ? 500 : 200;
  answer.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto addresses = probe::addresses_of(answer);
  const auto prefixes = probe::prefixes_of(answer);
  require(answer.status != 500 || (!addresses && !prefixes));
  require(answer.status != 404 || (addresses && addresses->empty() && prefixes && prefixes->empty()));
  require(!addresses || addresses->size() <= 256);
  require(probe::identifier_of(answer).size() <= 64);
  require(!probe::is_token(answer.body) || answer.body.find_first_of("\r\n ") == std::string::npos);
  for (const std::string& mac : probe::macs_of(answer.body)) require(mac.size() == 17);
  return 0;
}

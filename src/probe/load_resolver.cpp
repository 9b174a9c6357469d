#include <ares.h>

#include <stdexcept>
#include <string>

#include "probe/resolver.hpp"

namespace ecr6::probe {

void load_resolver() {
  static const int status = ares_library_init(ARES_LIB_INIT_ALL);
  if (status != ARES_SUCCESS) throw std::runtime_error{std::string{"cannot start c-ares: "} + ares_strerror(status)};
}

}  // namespace ecr6::probe

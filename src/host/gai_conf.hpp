#pragma once

#include <string_view>
#include <vector>

#include "ecr6/observation/host_facts.hpp"

namespace ecr6::host {

/// The precedence lines of a gai.conf(5), as glibc reads them: a prefix without length is a whole address, a line that
/// is not understood is passed over. At most 64.
[[nodiscard]] std::vector<PrecedenceRule> precedence_rules(std::string_view text);

/// Reads /etc/gai.conf into the facts; what cannot be read goes into the notes. Without the file there are no rules.
void read_gai_conf(HostFacts& facts);

}  // namespace ecr6::host

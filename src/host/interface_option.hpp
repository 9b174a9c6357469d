#pragma once

#include <optional>
#include <string>

namespace ecr6::host {

/// Whether this host can use the value of `--interface`: the name of an interface, or an address of its own. Empty when
/// it can, else one sentence; a slip of the pen is no verdict about the network.
[[nodiscard]] std::optional<std::string> refusal_of_interface(const std::string& given);

}  // namespace ecr6::host

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ecr6 {

/// Whose reading of the variables: they differ. Go: golang.org/x/net/http/httpproxy, so Docker, containerd and the
/// kubelet. curl: lib/noproxy.c and url.c of 8.x. Python: urllib.request, so the AWS CLI and boto.
enum class ProxyDialect { go, curl, python };

/// "Docker and containerd", "curl", "AWS CLI".
[[nodiscard]] std::string_view users_of(ProxyDialect dialect);

/// Whether `list` (the value of NO_PROXY) exempts a name or an address literal on that port from the proxy.
[[nodiscard]] bool exempts(ProxyDialect dialect, std::string_view list, std::string_view host, std::uint16_t port);

}  // namespace ecr6

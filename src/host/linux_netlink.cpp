#include "host/linux_netlink.hpp"

#include <libmnl/libmnl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

namespace ecr6::host {

namespace {

constexpr std::size_t received_at_once = std::size_t{32} * 1024;  // what the kernel fills at most in one go
constexpr int most_tries = 3;
constexpr timeval patience{0, 250'000};  // the kernel answers before send(2) returns; a sandbox might not at all

/// A socket of NETLINK_ROUTE that closes itself.
class Socket {
 public:
  Socket() : socket_{mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC)} {
    if (socket_) ::setsockopt(mnl_socket_get_fd(socket_), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() {
    if (socket_) mnl_socket_close(socket_);
  }
  [[nodiscard]] mnl_socket* get() const { return socket_; }

 private:
  mnl_socket* socket_;
};

struct Taking {
  const std::function<bool(const nlmsghdr&)>& take;
};

int hand_on(const nlmsghdr* message, void* data) {
  return static_cast<const Taking*>(data)->take(*message) ? MNL_CB_OK : MNL_CB_STOP;
}

}  // namespace

NetlinkRequest::NetlinkRequest(std::uint16_t type, std::uint16_t flags) : header_{mnl_nlmsg_put_header(bytes_.data())} {
  header_->nlmsg_type = type;
  header_->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
  header_->nlmsg_seq = 1;
}

void* NetlinkRequest::append(std::size_t size) { return mnl_nlmsg_put_extra_header(header_, size); }
void NetlinkRequest::attribute(std::uint16_t type, std::uint32_t number) { mnl_attr_put_u32(header_, type, number); }
void NetlinkRequest::attribute(std::uint16_t type, std::uint16_t number) { mnl_attr_put_u16(header_, type, number); }
void NetlinkRequest::attribute(std::uint16_t type, std::uint8_t number) { mnl_attr_put_u8(header_, type, number); }
void NetlinkRequest::attribute(std::uint16_t type, const Address& address) {
  mnl_attr_put(header_, type, address.bytes().size(), address.bytes().data());
}

int Attributes::remember(const nlattr* attribute, void* self) {
  auto& known = static_cast<Attributes*>(self)->by_type_;
  if (const auto type = mnl_attr_get_type(attribute); type < known.size()) known[type] = attribute;
  return MNL_CB_OK;
}

Attributes::Attributes(const nlmsghdr& message, std::size_t fixed) {
  mnl_attr_parse(&message, static_cast<unsigned>(fixed), remember, this);
}

Attributes::Attributes(const nlattr* nest) {
  if (nest) mnl_attr_parse_nested(nest, remember, this);
}

Attributes::Attributes(const void* bytes, std::size_t size) { mnl_attr_parse_payload(bytes, size, remember, this); }

const nlattr* Attributes::find(std::uint16_t type) const { return type < by_type_.size() ? by_type_[type] : nullptr; }

bool Attributes::copy(std::uint16_t type, void* to, std::size_t size) const {
  const nlattr* const found = find(type);
  if (found) std::memcpy(to, mnl_attr_get_payload(found), std::min<std::size_t>(size, mnl_attr_get_payload_len(found)));
  return found != nullptr;
}

std::optional<std::uint32_t> Attributes::number(std::uint16_t type) const { return structure<std::uint32_t>(type); }
std::optional<std::uint8_t> Attributes::byte(std::uint16_t type) const { return structure<std::uint8_t>(type); }

std::string Attributes::text(std::uint16_t type) const {
  const nlattr* const found = find(type);
  if (!found) return {};
  const auto* const bytes = static_cast<const char*>(mnl_attr_get_payload(found));
  return {bytes, ::strnlen(bytes, mnl_attr_get_payload_len(found))};
}

std::vector<char> Attributes::bytes(std::uint16_t type) const {
  const nlattr* const found = find(type);
  if (!found) return {};
  const auto* const first = static_cast<const char*>(mnl_attr_get_payload(found));
  return {first, first + mnl_attr_get_payload_len(found)};
}

std::optional<Address> Attributes::address(std::uint16_t type) const {
  const nlattr* const found = find(type);
  return found ? address_of(mnl_attr_get_payload(found), mnl_attr_get_payload_len(found)) : std::nullopt;
}

std::optional<Address> address_of(const void* bytes, std::size_t size) {
  const auto* const first = static_cast<const std::uint8_t*>(bytes);
  if (size == 4) return Address::from_bytes(std::span<const std::uint8_t, 4>{first, 4});
  if (size == 16) return Address::from_bytes(std::span<const std::uint8_t, 16>{first, 16});
  return std::nullopt;
}

int ask_kernel(const NetlinkRequest& request, const std::function<bool(const nlmsghdr&)>& take) {
  const Socket socket;
  if (!socket.get() || mnl_socket_sendto(socket.get(), &request.header(), request.header().nlmsg_len) < 0) return errno;
  const auto buffer = std::make_unique<char[]>(received_at_once);
  const bool is_dump = (request.header().nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
  Taking taking{take};
  for (;;) {
    const ssize_t size = mnl_socket_recvfrom(socket.get(), buffer.get(), received_at_once);
    if (size < 0) return errno;
    const int outcome =
        mnl_cb_run(buffer.get(), static_cast<std::size_t>(size), request.header().nlmsg_seq, 0, hand_on, &taking);
    if (outcome < 0) return errno;
    if (outcome == MNL_CB_STOP || !is_dump) return 0;
  }
}

int dump_from_kernel(const NetlinkRequest& request, const std::function<bool(const nlmsghdr&)>& take,
                     const std::function<void()>& forget) {
  int error = EINTR;
  for (int i = 0; i < most_tries && error == EINTR; ++i) {
    forget();
    error = ask_kernel(request, take);
  }
  return error;
}

}  // namespace ecr6::host

#pragma once

#include <linux/netlink.h>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ecr6/core/address.hpp"

/// rtnetlink(7) through libmnl.
namespace ecr6::host {

/// A request under construction: header, a fixed part, attributes.
class NetlinkRequest {
 public:
  /// `type` as RTM_GETROUTE, `flags` beside NLM_F_REQUEST.
  NetlinkRequest(std::uint16_t type, std::uint16_t flags);
  /// The fixed part that belongs to the type, zeroed: `rtmsg` for RTM_GETROUTE.
  template <class Part>
  Part& part() {
    return *static_cast<Part*>(append(sizeof(Part)));
  }
  void attribute(std::uint16_t type, std::uint32_t number);
  void attribute(std::uint16_t type, std::uint16_t number);
  void attribute(std::uint16_t type, std::uint8_t number);
  void attribute(std::uint16_t type, const Address& address);
  [[nodiscard]] const nlmsghdr& header() const { return *header_; }

 private:
  void* append(std::size_t size);

  alignas(nlmsghdr) std::array<char, 512> bytes_{};
  nlmsghdr* header_;
};

/// The attributes of a message or of a nest, by type. Borrows from the message.
class Attributes {
 public:
  /// Those behind the fixed part of `fixed` bytes.
  Attributes(const nlmsghdr& message, std::size_t fixed);
  explicit Attributes(const nlattr* nest);
  /// Those in a plain range of bytes.
  Attributes(const void* bytes, std::size_t size);

  [[nodiscard]] const nlattr* find(std::uint16_t type) const;
  [[nodiscard]] std::optional<std::uint32_t> number(std::uint16_t type) const;
  [[nodiscard]] std::optional<std::uint8_t> byte(std::uint16_t type) const;
  [[nodiscard]] std::string text(std::uint16_t type) const;
  [[nodiscard]] std::vector<char> bytes(std::uint16_t type) const;
  /// 4 or 16 bytes.
  [[nodiscard]] std::optional<Address> address(std::uint16_t type) const;
  /// A copy of a structure of the kernel; what an older kernel did not fill is zero. Empty without the attribute.
  template <class Part>
  [[nodiscard]] std::optional<Part> structure(std::uint16_t type) const {
    Part part{};
    return copy(type, &part, sizeof part) ? std::optional{part} : std::nullopt;
  }

 private:
  static int remember(const nlattr* attribute, void* self);
  [[nodiscard]] bool copy(std::uint16_t type, void* to, std::size_t size) const;

  std::array<const nlattr*, 64> by_type_{};
};

/// 4 or 16 bytes in network order; empty for any other size.
[[nodiscard]] std::optional<Address> address_of(const void* bytes, std::size_t size);

/// Sends the request and hands every message of the answer to `take`, until the last one or until `take` gives false.
/// Returns 0, or errno: what the kernel said, or why it could not be asked. A dump that changed while it was read is
/// EINTR: what was taken is to be thrown away.
[[nodiscard]] int ask_kernel(const NetlinkRequest& request, const std::function<bool(const nlmsghdr&)>& take);

/// The same for a dump, begun again a few times when the table changed meanwhile; `forget` throws away what was taken.
[[nodiscard]] int dump_from_kernel(const NetlinkRequest& request, const std::function<bool(const nlmsghdr&)>& take,
                                   const std::function<void()>& forget);

}  // namespace ecr6::host

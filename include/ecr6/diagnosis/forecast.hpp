#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/core/family.hpp"
#include "ecr6/core/time.hpp"
#include "ecr6/core/words.hpp"
#include "ecr6/observation/observation.hpp"

/// What real clients would do with these answers and these times. Computed from the record, never measured.
namespace ecr6 {

enum class Client {
  go,        ///< Docker, containerd, kubelet: Go's net.Dialer, IPv4 after 300 ms
  aws_cli,   ///< AWS CLI, boto3 (botocore, urllib3): no race, addresses in getaddrinfo's order, 60 s for each
  curl,      ///< IPv4 after 200 ms
  java,      ///< with default settings: IPv4 first, whatever the system's order (java.net.preferIPv6Addresses)
  rfc_8305,  ///< Happy Eyeballs by the book: 50 ms for a late AAAA, the next address after 250 ms
};
inline constexpr std::array all_clients{Client::go, Client::aws_cli, Client::curl, Client::java, Client::rfc_8305};

enum class ForecastOutcome {
  connects,             ///< and TLS and HTTP work there
  fails_after_connect,  ///< TCP stands and a later stage fails; no client tries another address then
  no_connection,        ///< no address can be connected to
  no_address,           ///< the name gives the client no address
  not_known,            ///< it depends on something that was not tested
};

/// The JSON word: "go", "rfc8305".
[[nodiscard]] std::string_view to_string(Client word);

/// An address that the client tries without getting through before it ends where it ends.
struct PassedOver {
  Address address;
  std::optional<Cause> cause;  ///< empty: it would have connected, but later than the one that won
  Duration waited{};           ///< from its start until the client gave up on it, or had another connection
  friend bool operator==(const PassedOver&, const PassedOver&) = default;
};

struct ClientForecast {
  Client client{};
  ForecastOutcome outcome{ForecastOutcome::not_known};
  std::optional<Address> address;   ///< what it connects to; its family is the one used
  Duration lookup{};                ///< until the client has its addresses
  bool lookup_at_least{};           ///< a question stayed silent: the client's own timeout is longer than this run's
  std::optional<Duration> connect;  ///< from the first connect until a connection stands, or (no_connection) all failed
  bool connect_at_least{};          ///< a silence was cut off by this run, not by the client
  std::vector<PassedOver> passed_over;  ///< in the order in which they are tried
  std::optional<Cause> cause;           ///< of fails_after_connect
  std::string reason;                   ///< of not_known, in words

  [[nodiscard]] std::optional<Family> family() const {
    return address ? std::optional{address->family()} : std::nullopt;
  }
  friend bool operator==(const ClientForecast&, const ClientForecast&) = default;
};

/// One for each client, in the order of all_clients. Pure.
[[nodiscard]] std::vector<ClientForecast> forecast(const Observation& run, const EndpointObservation& seen);

/// "Docker, containerd".
[[nodiscard]] std::string_view title(Client client);
/// What happens, in words without the client's name: "connects over IPv4 after 300 ms: no answer from an IPv6 address". Times are
/// rounded to two digits.
[[nodiscard]] std::string sentence(const ClientForecast& forecast);
/// The same for several endpoints that are alike: "after 300 to 410 ms".
[[nodiscard]] std::string sentence(const ClientForecast& fastest, const ClientForecast& slowest);
/// The same client does the same thing for the same reasons; only times and addresses may differ.
[[nodiscard]] bool are_alike(const ClientForecast& left, const ClientForecast& right);
/// The client waits or fails: worth a line of a report.
[[nodiscard]] bool is_hampered(const ClientForecast& forecast);

}  // namespace ecr6

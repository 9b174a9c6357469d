#include "lab.hpp"

#include <fmt/format.h>
#include <pthread.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <csignal>
#include <thread>

#include "certificate.hpp"
#include "dns_responder.hpp"
#include "server.hpp"

namespace ecr6::lab {

namespace {

namespace asio = boost::asio;
using std::chrono::hours;

constexpr hours day{24};

/// The identity that every server shows, and the authority that the client is told to trust.
struct Certificates {
  Identity server;
  std::string trusted;
};

Certificates make_certificates(CertificateFault fault, const std::vector<Name>& served) {
  std::vector<std::string> names;
  for (const Name& name : served) names.push_back(name.host);
  const auto now = std::chrono::system_clock::now();
  const Wanted authority{"ecr6 lab authority", {}, now - 30 * day, now + 30 * day};
  const Identity trusted = make_authority(authority);
  Wanted server{"ecr6 lab", names, now - 10 * day, now + 20 * day};
  if (fault == CertificateFault::wrong_name) server.names = {"wrong.example"};
  if (fault == CertificateFault::expired) server.not_after = now - day;
  if (fault != CertificateFault::untrusted) return {make_server(server, trusted), to_pem(trusted)};
  const Wanted stranger{"ecr6 lab stranger", {}, now - 30 * day, now + 30 * day};
  return {make_server(server, make_authority(stranger)), to_pem(trusted)};
}

/// The thread leaves signals to the run: Ctrl-C is its business.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

struct Lab::Machinery {
  Machinery(const Scenario& scenario, const std::vector<Name>& names, const Identity& identity)
      : dns{io, scenario, names},
        ipv6{io, asio::ip::address_v6::loopback(), scenario.ipv6, identity},
        ipv4{io, asio::ip::address_v4::loopback(), scenario.ipv4, identity} {}

  void run() {
    const auto on_question = [this] {
      ipv6.first_question();
      ipv4.first_question();
    };
    asio::co_spawn(io, dns.serve(on_question), asio::detached);
    ipv6.start();
    ipv4.start();
    thread = std::jthread{[this] {
      block_signals();
      io.run();
    }};
  }

  asio::io_context io{1};
  DnsResponder dns;
  Server ipv6, ipv4;
  std::jthread thread;
};

std::variant<std::unique_ptr<Lab>, std::string> Lab::start(const Scenario& scenario, const std::vector<Name>& names) {
  try {
    const Certificates certificates = make_certificates(scenario.certificate, names);
    auto machinery = std::make_unique<Machinery>(scenario, names, certificates.server);
    Whereabouts whereabouts{machinery->dns.port(), machinery->ipv6.port(), machinery->ipv4.port(),
                            certificates.trusted};
    machinery->run();
    return std::unique_ptr<Lab>{new Lab{std::move(machinery), std::move(whereabouts)}};
  } catch (const boost::system::system_error& error) {
    return fmt::format(
        "--lab {}: the embedded ECR needs IPv4 and IPv6 on the loopback interface, and this host refused: {}; check "
        "'ip addr show lo' (net.ipv6.conf.lo.disable_ipv6 must be 0)",
        scenario.name, error.code().message());
  }
}

Lab::Lab(std::unique_ptr<Machinery> machinery, Whereabouts whereabouts)
    : machinery_{std::move(machinery)}, whereabouts_{std::move(whereabouts)} {}

Lab::~Lab() {
  machinery_->io.stop();
  machinery_->thread.join();
}

}  // namespace ecr6::lab

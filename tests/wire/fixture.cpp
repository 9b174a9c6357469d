#include "fixture.hpp"

#include <utility>

namespace ecr6::wire_test {

namespace {

Identity mint_authority() {
  Wish wish;
  wish.subject = "ecr6 test authority";
  wish.names.clear();
  wish.authority = true;
  return mint(wish);
}

Identity mint_leaf(const Identity& authority) {
  Wish wish;
  wish.names = "DNS:ecr.example,DNS:*.dkr-ecr.example,IP:127.0.0.1,IP:::1";
  return mint(wish, &authority);
}

probe::TlsContext trusting(const std::string& ca_file) {
  probe::TrustSettings settings;
  settings.ca_file = ca_file;
  return std::get<probe::TlsContext>(probe::make_tls_context(settings));
}

}  // namespace

House::House()
    : authority{mint_authority()},
      leaf{mint_leaf(authority)},
      ca_file{directory.write("ca.pem", pem(authority))},
      trust{trusting(ca_file)} {}

const House& House::shared() {
  static const House house;
  return house;
}

probe::AttemptPlan plan_for(std::uint16_t port, const char* address) {
  probe::AttemptPlan plan;
  plan.address = *Address::parse(address);
  plan.family = plan.address.family();
  plan.port = port;
  plan.host = "ecr.example";
  plan.timeout = std::chrono::milliseconds{200};
  plan.run_start = std::chrono::steady_clock::now();
  return plan;
}

Attempt attempted(boost::asio::io_context& io, probe::AttemptPlan plan) {
  return run(io, probe::attempt(std::move(plan), House::shared().trust));
}

}  // namespace ecr6::wire_test

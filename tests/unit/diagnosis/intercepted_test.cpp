#include <doctest/doctest.h>

#include "certificate_builders.hpp"

namespace ecr6 {

using build::accepted;
using build::amazon;
using build::amazon_root;
using build::api_with;
using build::findings;
using build::raises;
using build::rejected;
using build::run_at_now;
using build::shown;
using build::verified;

namespace {

constexpr std::string_view inspection = "O = Corp, CN = Inspection CA";

Attempt imitation(std::string_view address = "2600::1") {
  return rejected(address, Cause::certificate_untrusted, shown(inspection));
}

}  // namespace

TEST_CASE("a certificate that somebody else makes for AWS's name is interception, over one family or both") {
  const auto intercepted = [](const EndpointObservation& seen, Trust trust = Trust::system) {
    return raises(run_at_now({seen}, trust), "tls.intercepted");
  };
  const auto one = findings(run_at_now({api_with({imitation(), imitation("2600::2")})}), "tls.intercepted").at(0);
  CHECK(one.family == Family::ipv6);
  CHECK(one.severity == Severity::error);
  CHECK(one.evidence.size() == 2);  // each certificate once
  CHECK(one.evidence.at(0).find("issuer O = Corp, CN = Inspection CA") != std::string::npos);
  CHECK(one.evidence.at(1).find("52.119.160.1 shows: ") == 0);
  const auto both = findings(run_at_now({api_with({imitation()}, {imitation("192.0.2.1")})}), "tls.intercepted").at(0);
  CHECK_FALSE(both.family);
  CHECK(both.evidence.back() == "both families show it: the address family is not to blame");
  const auto trusted = accepted("2600::1", verified(inspection, inspection));
  CHECK(findings(run_at_now({api_with({trusted})}), "tls.intercepted").at(0).severity == Severity::warning);
  const auto alone = api_with({trusted}, {accepted("192.0.2.1", verified(inspection, inspection))});
  CHECK(intercepted(alone, Trust::system));
  CHECK(intercepted(alone, Trust::environment));
}

TEST_CASE("where nothing says which authority is the stranger, both are named") {
  const auto seen = api_with({accepted("2600::1", verified("CN = One", "CN = One"))},
                             {accepted("192.0.2.1", verified("CN = Two", "CN = Two"))});
  const auto finding = findings(run_at_now({seen}, Trust::option), "tls.intercepted").at(0);
  CHECK_FALSE(finding.family);
  CHECK(finding.evidence.size() == 2);
  CHECK(finding.summary.find("one of them") != std::string::npos);
}

TEST_CASE("one address of several that shows a stranger's certificate is found") {
  const auto seen = api_with({imitation(), accepted("2600::2", verified(amazon, amazon_root))});
  CHECK(findings(run_at_now({seen}), "tls.intercepted").at(0).family == Family::ipv6);
}

TEST_CASE("tls.intercepted is not said of several certificates of AWS, of the user's own roots or of another server") {
  const auto intercepted = [](const EndpointObservation& seen, Trust trust = Trust::system) {
    return raises(run_at_now({seen}, trust), "tls.intercepted");
  };
  const auto m03 = accepted("2600::1", verified("C = US, O = Amazon, CN = Amazon RSA 2048 M03", amazon_root));
  CHECK_FALSE(intercepted(api_with({m03})));
  const auto starfield =
      accepted("2600::1", verified("C = US, O = Amazon, CN = Amazon RSA 2048 M01",
                                   "C = US, O = \"Starfield Technologies, Inc.\", CN = Starfield Services Root - G2"));
  CHECK_FALSE(intercepted(api_with({starfield})));
  const auto own = accepted("2600::1", verified("CN = Own", "CN = Own Root"));
  const auto own_too = accepted("192.0.2.1", verified("CN = Own 2", "CN = Own Root"));
  CHECK_FALSE(intercepted(api_with({own}, {own_too}), Trust::option));  // --ca-file: the user's own choice
  CHECK_FALSE(intercepted(api_with({own}, {own_too}), Trust::lab));
  CHECK_FALSE(intercepted(api_with({own}, {own_too}), Trust::unknown));
  // AWS's issuer without a trusted root: this host's store, as likely as an imitation
  const auto no_root = rejected("2600::1", Cause::certificate_untrusted, shown(amazon));
  CHECK_FALSE(intercepted(api_with({no_root})));
  // made for another name: another server, not an imitation
  auto portal = shown(inspection);
  portal.names = {"portal.example"};
  CHECK_FALSE(intercepted(api_with({rejected("2600::1", Cause::certificate_untrusted, portal)})));
  // nobody signs it: a server that nobody has set up
  auto own_issuer = shown("CN = ecr.us-west-2.api.aws");
  const auto self_signed = rejected("2600::1", Cause::certificate_untrusted, own_issuer);
  auto self_signed_too = self_signed;
  self_signed_too.address = Address::parse("192.0.2.1").value();
  self_signed_too.family = Family::ipv4;
  CHECK_FALSE(intercepted(api_with({self_signed}, {self_signed_too})));
}

TEST_CASE("tls.intercepted on a host that is not AWS's needs one address that is trusted and one that is not") {
  const auto intercepted = [](const EndpointObservation& seen, Trust trust = Trust::system) {
    return raises(run_at_now({seen}, trust), "tls.intercepted");
  };
  const auto at = [](Attempt ipv6, Attempt ipv4) {
    auto seen = api_with({std::move(ipv6)}, {std::move(ipv4)});
    seen.endpoint.role = Role::other;
    seen.endpoint.partition.reset();
    return seen;
  };
  const auto first = accepted("2600::1", verified("O = Let's Encrypt, CN = R3", "O = ISRG, CN = X1"));
  const auto second = accepted("192.0.2.1", verified("O = Google Trust Services, CN = WR2", "O = GTS, CN = R1"));
  CHECK_FALSE(intercepted(at(first, second)));  // two content networks
  CHECK(intercepted(at(imitation(), second)));
  CHECK_FALSE(intercepted(at(imitation(), imitation("192.0.2.1"))));
  auto isolated = api_with({imitation()}, {imitation("192.0.2.1")});
  isolated.endpoint.partition = "aws-iso";
  CHECK_FALSE(intercepted(isolated));  // the isolated partitions have authorities of their own
}

TEST_CASE("tls.certificate-weak needs a certificate that is in order otherwise") {
  auto weak = verified(amazon, amazon_root);
  weak.key = "RSA 1024";
  weak.signature = "sha256WithRSAEncryption";
  const auto run = run_at_now({api_with({accepted("2600::1", weak)})});
  CHECK(findings(run, "tls.certificate-weak").at(0).evidence.at(0).find("its key is RSA 1024 bits") !=
        std::string::npos);
  auto untrusted = shown(inspection);
  untrusted.key = "RSA 1024";
  const auto rejected_run = run_at_now({api_with({rejected("2600::1", Cause::certificate_untrusted, untrusted)})});
  CHECK_FALSE(raises(rejected_run, "tls.certificate-weak"));
  weak.key = "RSA 2048";
  CHECK_FALSE(raises(run_at_now({api_with({accepted("2600::1", weak)})}), "tls.certificate-weak"));
}

}  // namespace ecr6

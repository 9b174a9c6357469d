#include <doctest/doctest.h>

#include "path_faults.hpp"

namespace ecr6 {

using namespace faults;

namespace {

Finding only_finding(const Observation& run, std::string_view id) {
  CHECK(build::ids(run) == std::vector<std::string>{std::string{id}});
  return build::findings(run, id).at(0);
}

bool has(const Finding& finding, std::string_view line) {
  for (const std::string& each : finding.evidence)
    if (each == line) return true;
  return false;
}

}  // namespace

TEST_CASE("silence: the last hop that answers is in the summary and in the evidence") {
  const auto finding = only_finding(silent(search({hop(1, router), hop(3, "2600::fd")})), "net.silent-drop");
  CHECK(finding.summary ==
        "IPv6: connection attempts get no answer at all (the only address); the last hop that answers is 2600::fd, "
        "hop 3");
  CHECK(has(finding, "hop 1: 2600::fe answers after 2.0 ms"));
  CHECK(has(finding, "hop 3: 2600::fd answers after 2.0 ms"));
  CHECK(has(finding, "the last hop that answers is 2600::fd, hop 3 (connects to 2600::1 with hop limits 1 to 16)"));
  CHECK(finding.advice.find("security group") < finding.advice.find("network ACL"));
  CHECK(finding.advice.find("network ACL") < finding.advice.find("route table"));
  CHECK(finding.advice.find("route table") < finding.advice.find("egress-only"));
}

TEST_CASE("silence: that no hop answers is said, and this host's own packet filter is among the suspects") {
  const auto finding = only_finding(silent(search({})), "net.silent-drop");
  CHECK(finding.summary.ends_with("; no hop answers, not even the first"));
  CHECK(has(finding, "no hop answers, not even the first: connects to 2600::1 with hop limits 1 to 16"));
  CHECK(finding.advice.find("nft list ruleset") != std::string::npos);
}

TEST_CASE("silence: what was not searched is not said") {
  const auto finding = only_finding(with({connect(Cause::connect_timeout)}), "net.silent-drop");
  CHECK(finding.summary.find("hop") == std::string::npos);
  CHECK(has(finding, "which hop answers last was not tested"));
  auto elsewhere = search({hop(1, router)});
  elsewhere.address = Address::parse("2600::77").value();
  CHECK(has(only_finding(silent(elsewhere), "net.silent-drop"), "which hop answers last was not tested"));
  auto nothing_tried = search({});
  nothing_tried.limits = 0;
  CHECK(has(only_finding(silent(nothing_tried), "net.silent-drop"), "which hop answers last was not tested"));
}

TEST_CASE("silence that comes and goes is called so") {
  auto found = search({hop(1, router)});
  found.answered_at = 4;
  const auto finding = only_finding(silent(found), "net.silent-drop");
  CHECK(finding.summary.find("though another to the same address does") != std::string::npos);
  CHECK(has(finding, "connects to 2600::1 with hop limits 1 to 16: the address itself answered the one with limit 4"));
}

TEST_CASE("silence in which hops answer in a circle is a routing loop") {
  const auto loop = silent(search({hop(1, "2600::a"), hop(2, "2600::b"), hop(3, "2600::a"), hop(4, "2600::b")}));
  CHECK(only_finding(loop, "net.routing-loop").summary.find("the last hop that answers is 2600::b, hop 4") !=
        std::string::npos);
  const auto twice = silent(search({hop(1, "2600::a"), hop(2, "2600::a"), hop(3, "2600::b")}));
  only_finding(twice, "net.silent-drop");  // one router answers for two: no circle
  only_finding(silent(search({hop(1, "2600::a"), hop(4, "2600::a")})), "net.silent-drop");
  only_finding(silent(search({hop(1, "2600::a"), hop(2, "2600::a"), hop(3, "2600::a")})), "net.silent-drop");
  only_finding(silent(search({hop(1, "2600::a"), hop(3, "2600::a"), hop(5, "2600::a")})), "net.routing-loop");
  CHECK_FALSE(build::raises(twice, "net.routing-loop"));
}

TEST_CASE("a hop that rejects a searching connect rejects, though its errors do not always come") {
  const auto finding = only_finding(silent(search({hop(1, router), hop(2, "2600::fd", 1, 1)})), "net.rejected");
  CHECK(has(finding, "hop 2: 2600::fd answers after 2.0 ms, ICMPv6 'administratively prohibited' (type 1, code 1)"));
}

TEST_CASE("a hop that rejects another address may be behind the silence; one that only lets limits run out is not") {
  const auto beside_silence = [](Attempt rejected) {
    rejected.address = Address::parse("2600::2").value();
    Observation run = with({connect(Cause::connect_timeout), rejected});
    run.endpoints.at(0).hop_searches = {search({hop(1, router)})};
    const Finding finding = build::findings(run, "net.silent-drop").at(0);
    for (const std::string& line : finding.evidence)
      if (line.find("one rule may be behind both") != line.npos) return true;
    return false;
  };
  CHECK(beside_silence(told(connect(Cause::admin_prohibited), router, 1, 1)));
  CHECK_FALSE(beside_silence(told(connect(Cause::admin_prohibited), "2600::fd", 1, 1)));  // another hop
  CHECK_FALSE(beside_silence(told(connect(Cause::host_unreachable), router, 3, 0)));
  CHECK_FALSE(beside_silence(connect(Cause::connection_refused)));
}

TEST_CASE("an IPv4-mapped router speaks ICMP, not ICMPv6: type 3 is no hop limit there") {
  const auto run = with({told(connect(Cause::network_unreachable), "::ffff:192.0.2.254", 3, 0)});
  const auto finding = only_finding(run, "net.no-route-upstream");
  CHECK(finding.evidence.at(0).find("ICMP 'network unreachable' (type 3, code 0)") != std::string::npos);
}

}  // namespace ecr6

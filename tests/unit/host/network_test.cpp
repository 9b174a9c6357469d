#include <doctest/doctest.h>

#include "host/container.hpp"
#include "host/gai_conf.hpp"
#include "host/keep_what_matters.hpp"

using namespace ecr6;
using namespace ecr6::host;

namespace {

Interface device(std::string name, std::vector<std::string_view> addresses) {
  Interface interface;
  interface.name = std::move(name);
  for (const auto text : addresses) {
    InterfaceAddress own;
    own.address = Address::parse(text).value();
    interface.addresses.push_back(own);
  }
  return interface;
}

std::string names_of(const NetworkFacts& network) {
  std::string names;
  for (const Interface& interface : network.interfaces) names += interface.name + " ";
  return names;
}

}  // namespace

TEST_CASE("of many interfaces those stay that lead out, then those with addresses, in their order") {
  NetworkFacts network;
  network.interfaces = {device("veth0", {"fe80::1"}), device("veth1", {}),         device("docker0", {"172.17.0.1"}),
                        device("veth2", {"fe80::2"}), device("eth0", {"fe80::3"}), device("eth1", {"2001:db8::1"}),
                        device("veth3", {"fe80::4"}), device("eth2", {"10.0.0.1"})};
  network.default_routes.resize(1);
  network.default_routes[0].interface = "eth0";
  keep_what_matters(network, {3, 32});
  CHECK(names_of(network) == "docker0 eth0 eth1 ");
  CHECK(network.interfaces_left_out == 5);
  keep_what_matters(network, {3, 32});
  CHECK(network.interfaces_left_out == 0);
}

TEST_CASE("of many addresses the link-local ones go first, and the rest is counted") {
  NetworkFacts network;
  network.interfaces = {device("eth0", {"fe80::1", "2001:db8::1", "fe80::2", "2001:db8::2", "fd00::1"})};
  keep_what_matters(network, {64, 3});
  const Interface& kept = network.interfaces.at(0);
  REQUIRE(kept.addresses.size() == 3);
  CHECK(kept.addresses[0].address.to_string() == "2001:db8::1");
  CHECK(kept.addresses[2].address.to_string() == "fd00::1");
  CHECK(kept.addresses_left_out == 2);
}

TEST_CASE("precedence lines of gai.conf are read as glibc reads them") {
  const auto rules = precedence_rules(
      "# precedence ::1/128 50\n"
      "precedence ::ffff:0:0/96  100 # IPv4\r\n"
      "label ::1/128 0\n"
      "Precedence 2001:db8::1 7\n"
      "precedence 10.0.0.0/8 9\n"
      "precedence ::/0\n"
      "precedence ::/0 -1\n"
      "precedence ::/0 40x\n"
      "\tprecedence ::/0 40 extra\n");
  REQUIRE(rules.size() == 3);
  CHECK(rules[0] == PrecedenceRule{"::ffff:0:0/96", 100, 2});
  CHECK(rules[1] == PrecedenceRule{"2001:db8::1", 7, 4});
  CHECK(rules[2] == PrecedenceRule{"::/0", 40, 9});
  std::string many;
  for (int i = 0; i < 100; ++i) many += "precedence ::/0 40\n";
  CHECK(precedence_rules(many).size() == 64);
}

TEST_CASE("a cgroup names the engine of a container, and not its service") {
  CHECK(engine_of_cgroup("12:pids:/docker/0123\n0::/docker/0123\n") == "docker");
  CHECK(engine_of_cgroup("0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-0.scope\n") == "kubepods");
  CHECK(engine_of_cgroup("0::/machine.slice/libpod-0123.scope/container\n") == "libpod");
  CHECK(engine_of_cgroup("0::/system.slice/docker-0123.scope\n") == "docker");
  CHECK(engine_of_cgroup("0::/lxc/web\n") == "lxc");
  CHECK(engine_of_cgroup("0::/system.slice/docker.service\n").empty());
  CHECK(engine_of_cgroup("0::/system.slice/containerd.service\n").empty());
  CHECK(engine_of_cgroup("0::/init.scope\n").empty());
  CHECK(engine_of_cgroup("").empty());
}

TEST_CASE("the environment of process 1 names its container") {
  using namespace std::string_view_literals;
  CHECK(container_setting("PATH=/bin\0container=lxc\0HOME=/\0"sv) == "lxc");
  CHECK(container_setting("PATH=/bin\0notcontainer=lxc\0"sv).empty());
  CHECK(container_setting("").empty());
}

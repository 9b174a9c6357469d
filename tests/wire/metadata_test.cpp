#include <chrono>

#include "fixture.hpp"
#include "probe/metadata.hpp"
#include "tcp_peer.hpp"

namespace ecr6::wire_test {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

std::string answer(std::string_view status, std::string_view body, std::string_view more = "") {
  return "HTTP/1.1 " + std::string{status} + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nServer: EC2ws\r\n" + std::string{more} + "\r\n" + std::string{body};
}

const std::string mac = "0a:1b:2c:3d:4e:5f";

/// The rest of a conversation after the token: the list of interfaces, and of the one interface each fact in turn.
Script interface_script(std::string ipv6, std::string subnet, std::string vpc) {
  Script script{Expect{1}, Send{answer("200 OK", "AQAEtoken")}, Expect{1}, Send{answer("200 OK", mac + "/\n")}};
  const std::string none = answer("404 Not Found", "<html>");
  const auto list = [&](const std::string& text) { return text.empty() ? none : answer("200 OK", text); };
  for (const std::string& each :
       {answer("200 OK", "eni-1"), list(ipv6), list(subnet), list(vpc), answer("200 OK", "subnet-1"),
        answer("200 OK", "vpc-1"), answer("200 OK", "10.0.0.5")}) {
    script.push_back(Expect{1});
    script.push_back(Send{each});
  }
  script.push_back(Stall{2s});
  return script;
}

/// Asks a service on 127.0.0.1 alone: nobody listens on that port of ::1.
Ec2Facts asked(asio::io_context& io, std::uint16_t port, std::chrono::milliseconds step = 300ms) {
  probe::MetadataPlan plan;
  plan.ipv4 = Address::parse("127.0.0.1").value();
  plan.ipv6 = Address::parse("::1").value();
  plan.port = port;
  plan.step = step;
  plan.deadline = std::chrono::steady_clock::now() + 10s;
  Ec2Facts facts;
  auto whole = [&]() -> asio::awaitable<bool> {
    auto asking = probe::ask_metadata(plan, facts);
    co_await std::move(asking);
    co_return true;
  };
  run(io, whole());
  return facts;
}

MetadataOutcome outcome_of(Script script) {
  asio::io_context io{1};
  TcpPeer peer{io, std::move(script)};
  return asked(io, peer.port()).outcome;
}

}  // namespace

TEST_CASE("the metadata service's answers become what is known of the interface") {
  asio::io_context io{1};
  TcpPeer peer{io, interface_script("2600:1f13::7", "2600:1f13::/64", "2600:1f13::/56")};
  const Ec2Facts facts = asked(io, peer.port(), 3s);
  CHECK(facts.outcome == MetadataOutcome::answered);
  CHECK(facts.service == Address::parse("127.0.0.1"));
  REQUIRE(facts.interfaces.size() == 1);
  const Ec2Interface& interface = facts.interfaces[0];
  CHECK(interface.mac == mac);
  CHECK(interface.interface_id == "eni-1");
  CHECK(interface.subnet_id == "subnet-1");
  CHECK(interface.vpc_id == "vpc-1");
  REQUIRE(interface.ipv6);
  CHECK(interface.ipv6->size() == 1);
  REQUIRE(interface.subnet_ipv6);
  CHECK(interface.subnet_ipv6->at(0).to_string() == "2600:1f13::/64");
  REQUIRE(interface.ipv4);
  CHECK(interface.ipv4->at(0).to_string() == "10.0.0.5");
}

TEST_CASE("a fact that the service does not tell in time is not known, and the others stay") {
  asio::io_context io{1};
  // Without IPv6 addresses it is asked for a delegated prefix as well, which this script never answers.
  TcpPeer peer{io, interface_script("", "", "")};
  const Ec2Facts facts = asked(io, peer.port(), 1500ms);
  CHECK(facts.outcome == MetadataOutcome::answered);
  REQUIRE(facts.interfaces.size() == 1);
  CHECK_FALSE(facts.interfaces[0].ipv6);
  CHECK(facts.interfaces[0].subnet_ipv6 == std::vector<Prefix>{});
  CHECK(facts.detail == "not everything was answered in time");
}

TEST_CASE("what stands on the metadata service's address is told apart") {
  const std::string endless = "HTTP/1.1 200 OK\r\n";
  struct Row {
    std::string_view name;
    Script script;
    MetadataOutcome outcome;
  };
  const Row rows[] = {
      {"switched off", {Expect{1}, Send{answer("403 Forbidden", "")}, Stall{1s}}, MetadataOutcome::denied},
      {"bad request", {Expect{1}, Send{answer("400 Bad Request", "")}, Stall{1s}}, MetadataOutcome::denied},
      {"another server",
       {Expect{1}, Send{"HTTP/1.1 404 Not Found\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n"}, Stall{1s}},
       MetadataOutcome::not_metadata},
      {"a page instead of a token",
       {Expect{1}, Send{answer("200 OK", "<html> </html>")}, Stall{1s}},
       MetadataOutcome::not_metadata},
      {"no HTTP", {Expect{1}, Send{"SSH-2.0-x\r\n\r\n"}, Stall{1s}}, MetadataOutcome::not_metadata},
      {"endless header",
       {Expect{1}, Send{endless + std::string(20'000, 'x')}, Stall{1s}},
       MetadataOutcome::not_metadata},
      {"endless body",
       {Expect{1}, Send{endless + "\r\n" + std::string(40'000, 'x')}, Stall{1s}},
       MetadataOutcome::not_metadata},
      {"huge body announced",
       {Expect{1}, Send{endless + "Content-Length: 99999999\r\n\r\n"}, Stall{1s}},
       MetadataOutcome::not_metadata},
      {"closed", {Expect{1}, Close{}}, MetadataOutcome::not_metadata},
      {"reset", {Expect{1}, Reset{}}, MetadataOutcome::not_metadata},
      {"half an answer",
       {Expect{1}, Send{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nAQA"}, Close{}},
       MetadataOutcome::not_metadata},
      {"silence", {Stall{2s}}, MetadataOutcome::timeout},
      {"one byte at a time", {Expect{1}, Drip{endless, 100ms}, Stall{1s}}, MetadataOutcome::timeout},
      {"token, then no list",
       {Expect{1}, Send{answer("200 OK", "AQAEtoken")}, Expect{1}, Send{answer("200 OK", "hello")}, Stall{1s}},
       MetadataOutcome::not_metadata},
      {"token, then a refusal",
       {Expect{1}, Send{answer("200 OK", "AQAEtoken")}, Expect{1}, Send{answer("401 Unauthorized", "")}, Stall{1s}},
       MetadataOutcome::denied},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(to_string(outcome_of(row.script)) == to_string(row.outcome));
  }
}

TEST_CASE("a machine without a metadata service says that it cannot be reached") {
  asio::io_context io{1};
  const RefusedPort nobody{io};
  const Ec2Facts facts = asked(io, nobody.port());
  CHECK(facts.outcome == MetadataOutcome::unreachable);
  CHECK_FALSE(facts.service);
}

TEST_CASE("the run's deadline ends the question for metadata without a word about the service") {
  asio::io_context io{1};
  TcpPeer peer{io, {Stall{2s}}};
  probe::MetadataPlan plan;
  plan.ipv4 = plan.ipv6 = Address::parse("127.0.0.1").value();
  plan.port = peer.port();
  plan.step = 5s;
  plan.deadline = std::chrono::steady_clock::now() + 100ms;
  Ec2Facts facts;
  auto whole = [&]() -> asio::awaitable<bool> {
    auto asking = probe::ask_metadata(plan, facts);
    co_await std::move(asking);
    co_return true;
  };
  run(io, whole());
  CHECK(facts.outcome == MetadataOutcome::not_finished);
}

}  // namespace ecr6::wire_test

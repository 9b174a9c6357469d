#include <cstdlib>

#include "fixture.hpp"
#include "probe/trust_store.hpp"
#include "tls_peer.hpp"

using namespace ecr6;
using namespace ecr6::wire_test;
using probe::make_tls_context;
using probe::TrustSettings;

namespace {

TrustSettings from_file(const std::string& path) {
  TrustSettings settings;
  settings.ca_file = path;
  return settings;
}

TrustSettings from_directory(const std::string& path) {
  TrustSettings settings;
  settings.ca_path = path;
  return settings;
}

std::string refusal(const TrustSettings& settings) {
  const auto made = make_tls_context(settings);
  const auto* const sentence = std::get_if<std::string>(&made);
  return sentence ? *sentence : "";
}

bool trusts(const TrustSettings& settings) {
  const auto made = make_tls_context(settings);
  boost::asio::io_context io{1};
  const Context server = server_context(House::shared().leaf);
  TlsPeer peer{io, server.get(), {}};
  const auto& context = std::get<probe::TlsContext>(made);
  auto plan = plan_for(peer.port());
  return run(io, probe::attempt(std::move(plan), context)).went_through();
}

struct Environment {
  Environment(const char* name, const std::string& value) : name_{name} {
    if (const char* const before = std::getenv(name)) before_ = before;
    ::setenv(name, value.c_str(), 1);
  }
  ~Environment() { before_.empty() ? ::unsetenv(name_) : ::setenv(name_, before_.c_str(), 1); }
  const char* name_;
  std::string before_;
};

}  // namespace

TEST_CASE("a CA file or directory that cannot serve is named with what to do") {
  const ScratchDirectory scratch;
  const std::string text = scratch.write("notes.txt", "no certificate");
  const std::string here = scratch.path().string();
  const std::string missing = here + "/missing";
  CHECK(refusal(from_file(missing)) == "--ca-file '" + missing + "': cannot be read: No such file or directory");
  CHECK(refusal(from_file(here)) == "--ca-file '" + here + "': expected a file (--ca-path takes a directory)");
  CHECK(refusal(from_file(text)) == "--ca-file '" + text +
                                        "': holds no certificate that can be read; expected PEM "
                                        "('-----BEGIN CERTIFICATE-----')");
  CHECK(refusal(from_directory(missing)) == "--ca-path '" + missing + "': cannot be read: No such file or directory");
  CHECK(refusal(from_directory(text)) == "--ca-path '" + text + "': expected a directory (--ca-file takes a file)");
  CHECK(refusal(from_directory(here)) ==
        "--ca-path '" + here + "': holds no certificate under its hash name; run 'openssl rehash' on it");
}

TEST_CASE("trust comes from the options, else from the environment, else from the system") {
  const House& house = House::shared();
  const ScratchDirectory hashed;
  hashed.write(hash_name(house.authority), pem(house.authority));
  const std::string directory = hashed.path().string();
  CHECK(trusts(from_file(house.ca_file)));
  CHECK(trusts(from_directory(directory)));
  const Environment no_file{"SSL_CERT_FILE", ""};
  const Environment no_directory{"SSL_CERT_DIR", ""};
  CHECK_FALSE(trusts({}));
  {
    const Environment set{"SSL_CERT_DIR", "/nonexistent-is-refused"};
    CHECK(refusal({}) == "SSL_CERT_DIR '/nonexistent-is-refused': cannot be read: No such file or directory");
    CHECK(trusts(from_file(house.ca_file)));
  }
  const Environment set{"SSL_CERT_FILE", house.ca_file};
  CHECK(trusts({}));
}

#include "diagnosis/certificates.hpp"

#include <doctest/doctest.h>

#include "builders.hpp"
#include "certificate_builders.hpp"

namespace ecr6 {

using build::shown;

TEST_CASE("an attribute of a name is found between commas, plus signs and quotes") {
  struct Row {
    std::string_view name, type, value;
  };
  const Row rows[] = {
      {"C = US, O = Amazon, CN = Amazon RSA 2048 M02", "O", "Amazon"},
      {"C = US, O = Amazon, CN = Amazon RSA 2048 M02", "CN", "Amazon RSA 2048 M02"},
      {"O = \"GoDaddy.com, Inc.\", CN = x", "O", "GoDaddy.com, Inc."},
      {"O = \"a, CN = no\", CN = yes", "CN", "yes"},
      {"O = a + CN = b", "CN", "b"},
      {"O = a\\, b, CN = c", "O", "a, b"},
      {"CN = x", "O", ""},
      {"", "O", ""},
      {"O", "O", ""},
      {"O = \"unclosed, CN = x", "CN", ""},
      {"OU = Amazon", "O", ""},
      {"O = \\", "O", "\\"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(attribute(row.name, row.type) == row.value);
  }
}

TEST_CASE("a certificate covers its names, and with a wildcard one label") {
  struct Row {
    std::vector<std::string> names;
    std::string_view host;
    bool covered;
  };
  const Row rows[] = {
      {{"ecr.us-west-2.api.aws"}, "ECR.us-west-2.api.aws", true},
      {{"*.dkr-ecr.us-west-2.on.aws"}, "123456789012.dkr-ecr.us-west-2.on.aws", true},
      {{"*.dkr-ecr.us-west-2.on.aws"}, "dkr-ecr.us-west-2.on.aws", false},
      {{"*.us-west-2.on.aws"}, "123456789012.dkr-ecr.us-west-2.on.aws", false},
      {{"portal.example", "ecr.us-west-2.api.aws"}, "ecr.us-west-2.api.aws", true},
      {{"*"}, "localhost", false},
      {{"*.a"}, ".a", false},
      {{"2600::1"}, "2600::1", true},
      {{"portal.example"}, "ecr.us-west-2.api.aws", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.host);
    TlsFacts tls = shown("CN = any");
    tls.names = row.names;
    tls.subject = fmt::format("CN = {}", row.host);  // does not count beside other names
    CHECK(covers(tls, row.host) == row.covered);
  }
  TlsFacts by_subject = shown("CN = any");
  by_subject.names.clear();
  by_subject.subject = "CN = ecr.us-west-2.api.aws";
  CHECK(covers(by_subject, "ecr.us-west-2.api.aws"));
  CHECK_FALSE(covers(by_subject, "ecr.us-east-1.api.aws"));
}

TEST_CASE("certificates are of one house by root, issuer, organisation or chain") {
  const auto amazon = [](std::string_view number) {
    return shown(fmt::format("C = US, O = Amazon, CN = M0{}", number));
  };
  CHECK(same_authority(amazon("1"), amazon("3")));
  CHECK_FALSE(same_authority(amazon("1"), shown("O = Inspection, CN = CA")));
  CHECK(same_authority(shown("O = Corp, CN = One"), shown("O = Corp, CN = Two")));
  CHECK_FALSE(same_authority(shown("CN = One"), shown("CN = Two")));
  TlsFacts one = shown("CN = One"), two = shown("CN = Two");
  one.root = two.root = "CN = Root";
  CHECK(same_authority(one, two));
  two.root.clear();  // it does not verify: its intermediate is missing
  two.chain = {"CN = leaf", "CN = One"};
  CHECK(same_authority(one, two));
  two.chain = {"CN = One"};  // the leaf's own subject is no authority
  CHECK_FALSE(same_authority(one, two));
}

TEST_CASE("weak is an RSA key below 2048 bits, and SHA-1 or MD5") {
  const auto weak = [](std::string_view key, std::string_view signature) {
    TlsFacts tls = shown("CN = any");
    tls.key = key;
    tls.signature = signature;
    return !weakness_of(tls).empty();
  };
  CHECK(weak("RSA 1024", "sha256WithRSAEncryption"));
  CHECK(weak("RSA 2047", "sha256WithRSAEncryption"));
  CHECK_FALSE(weak("RSA 2048", "sha256WithRSAEncryption"));
  CHECK_FALSE(weak("EC 256", "ecdsa-with-SHA256"));
  CHECK(weak("EC 256", "ecdsa-with-SHA1"));
  CHECK(weak("RSA 4096", "md5WithRSAEncryption"));
  CHECK_FALSE(weak("", ""));
  CHECK_FALSE(weak("RSA many", "sha256WithRSAEncryption"));
}

}  // namespace ecr6

#include "ecr6/aws/partitions.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ecr6;
using namespace ecr6::aws;

namespace {

std::string id_of(std::string_view region) {
  const Partition* const partition = partition_of(region);
  return partition == nullptr ? "" : std::string{partition->id};
}

}  // namespace

TEST_CASE("each listed region matches its own partition's pattern and no other's") {
  CHECK(partitions().size() == 8);
  for (const Partition& partition : partitions()) {
    CHECK(is_listed_region(partition.main_region));
    for (const std::string_view region : partition.regions) {
      CAPTURE(region);
      CHECK(id_of(region) == partition.id);
      CHECK(*checked_region(region) == region);
    }
  }
}

TEST_CASE("a region is matched by pattern, anchored at both ends") {
  struct Row {
    const char* text;
    const char* partition;
  };
  const Row rows[] = {{"us-south-9", "aws"},
                      {"me-west-1", "aws"},
                      {"ap-southeast-10", "aws"},
                      {"us-we_st-1", "aws"},
                      {"cn-east-7", "aws-cn"},
                      {"us-gov-south-2", "aws-us-gov"},
                      {"eusc-de-west-1", "aws-eusc"},
                      {"us-iso-central-3", "aws-iso"},
                      {"us-isob-north-1", "aws-iso-b"},
                      {"eu-isoe-north-1", "aws-iso-e"},
                      {"us-isof-west-2", "aws-iso-f"},
                      {"", ""},
                      {"us-west", ""},
                      {"us-west-", ""},
                      {"us-west-2x", ""},
                      {"us--2", ""},
                      {"xus-west-2", ""},
                      {"us-west-2-", ""},
                      {"us-west-2.", ""},
                      {"us-wes.t-2", ""},
                      {"eusc-fr-west-1", ""},
                      {"us-isoz-east-1", ""},
                      {"xx-nowhere-1", ""},
                      {"us-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1", ""}};
  for (const auto& [text, partition] : rows) {
    CAPTURE(text);
    CHECK(id_of(text) == partition);
  }
}

TEST_CASE("a pseudo-region is refused with a real one of its partition") {
  for (const Partition& partition : partitions()) {
    const std::string pseudo = std::string{partition.id} + "-global";
    CAPTURE(pseudo);
    CHECK(is_pseudo_region(pseudo));
    const auto region = checked_region(pseudo);
    REQUIRE_FALSE(region.has_value());
    CHECK(region.error().sentence.find("'" + std::string{partition.main_region} + "'") != std::string::npos);
  }
  CHECK_FALSE(is_pseudo_region("global"));
  CHECK_FALSE(is_pseudo_region("us-west-2"));
}

TEST_CASE("the nearest region has the fewest edits") {
  CHECK(nearest_region("us-wset-2x") == "us-west-2");
  CHECK(nearest_region("uswest2") == "us-west-2");
  CHECK(nearest_region("EU-CENTRAL1") == "eu-central-1");
  CHECK(nearest_region("us-gov-west1") == "us-gov-west-1");
  CHECK(nearest_region(std::string(5000, 'x')) != "");
}

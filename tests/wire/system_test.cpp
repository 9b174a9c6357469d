#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cerrno>

#include "probe/system_question.hpp"
#include "run.hpp"

using namespace ecr6;
using namespace ecr6::wire_test;
using namespace std::chrono_literals;
using probe::SystemQuestion;

namespace {

std::size_t descriptors() {
  std::size_t count{};
  for (int fd = 0; fd < 256; ++fd) count += fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
  return count;
}

bool has_no_child() { return waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD; }

boost::asio::awaitable<int> listened(SystemQuestion& question, std::chrono::milliseconds time) {
  co_await question.listen(std::chrono::steady_clock::now() + time);
  co_return 0;
}

}  // namespace

TEST_CASE("the system's own answer comes from a child that leaves nothing behind") {
  const auto before = descriptors();
  {
    SystemQuestion question{{"127.0.0.1", "localhost", "::1"}};
    boost::asio::io_context io{1};
    run(io, listened(question, 4s));
    question.finish();
    const auto literal = question.answer("::1");
    REQUIRE(literal);
    CHECK(literal->addresses == std::vector<Address>{Address::parse("::1").value()});
    CHECK_FALSE(literal->killed);
    CHECK(literal->error.empty());
    REQUIRE(question.answer("localhost"));
    CHECK(question.answer("127.0.0.1")->addresses.size() == 1);
    CHECK_FALSE(question.answer("another.example"));
  }
  CHECK(descriptors() == before);
  CHECK(has_no_child());
}

TEST_CASE("a refusal of the system has its word") {
  SystemQuestion question{{"not a name"}};
  boost::asio::io_context io{1};
  run(io, listened(question, 4s));
  question.finish();
  REQUIRE(question.answer("not a name"));
  CHECK(question.answer("not a name")->addresses.empty());
  CHECK(question.answer("not a name")->error.starts_with("EAI_"));
}

TEST_CASE("nobody waits for the child: a run that is over ends it") {
  const auto before = descriptors();
  {
    std::vector<std::string> names(40, "localhost");
    SystemQuestion question{names};
    question.finish();  // at once: some answers may be there, the rest is given up
  }
  CHECK(descriptors() == before);
  CHECK(has_no_child());
}

TEST_CASE("without names there is no child") {
  SystemQuestion question{{}};
  CHECK(has_no_child());
  boost::asio::io_context io{1};
  run(io, listened(question, 4s));
  question.finish();
  CHECK_FALSE(question.answer("localhost"));
}

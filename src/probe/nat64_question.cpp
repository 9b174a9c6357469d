#include "probe/nat64_question.hpp"

#include <algorithm>
#include <utility>

#include "probe/resolver.hpp"

namespace ecr6::probe {

namespace {

/// They take no places of --concurrency, so that nothing waits for them: a bound of their own. glibc uses three.
constexpr std::size_t most_nameservers = 4;

}  // namespace

void Nat64Question::start(Crew& crew) {
  answers_.resize(std::min(run_.nameservers.size(), most_nameservers));
  for (std::size_t i = 0; i < answers_.size(); ++i) crew.start(ask_one(crew, i));
}

boost::asio::awaitable<void> Nat64Question::ask_one(const Crew& crew, std::size_t nameserver) {
  Nameserver server = run_.nameservers[nameserver];
  std::string name{nat64_name};
  auto asking = ask(std::move(server), nameserver, std::move(name), Family::ipv6, run_.budget());
  ServerAnswer answer = co_await std::move(asking);
  // What the end of the run cut off is no answer.
  if (!crew.stopped()) answers_[nameserver] = std::move(answer);
}

std::optional<Lookup> Nat64Question::finish() {
  std::vector<ServerAnswer> answers;
  for (auto& answer : answers_)
    if (answer) answers.push_back(std::move(*answer));
  if (answers.empty()) return std::nullopt;
  return merge(std::move(answers));
}

}  // namespace ecr6::probe

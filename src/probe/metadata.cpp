#include "probe/metadata.hpp"

#include <fmt/core.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/beast/http/error.hpp>

#include "host/network.hpp"
#include "probe/metadata_door.hpp"
#include "probe/within.hpp"

namespace ecr6::probe {

namespace {

using Clock = std::chrono::steady_clock;

const std::string interfaces_path = "network/interfaces/macs/";

bool is_http(const error_code& error) {
  return error.category() == boost::beast::http::make_error_code(boost::beast::http::error::partial_message).category();
}

/// What a failure before any answer means. A connection that stood and then ended was somebody's.
MetadataOutcome outcome_of(const error_code& error) {
  if (error == asio::error::timed_out) return MetadataOutcome::timeout;
  const bool spoke = is_http(error) || error == asio::error::connection_reset || error == asio::error::eof ||
                     error == asio::error::broken_pipe;
  return spoke ? MetadataOutcome::not_metadata : MetadataOutcome::unreachable;
}

/// The more is known, the more it says: a refusal before a stranger, a stranger before silence.
int weight(MetadataOutcome outcome) {
  switch (outcome) {
    case MetadataOutcome::denied:
      return 4;
    case MetadataOutcome::not_metadata:
      return 3;
    case MetadataOutcome::timeout:
      return 2;
    case MetadataOutcome::unreachable:
      return 1;
    default:
      return 0;
  }
}

class MetadataRun {
 public:
  MetadataRun(const MetadataPlan& plan, Ec2Facts& facts, const asio::any_io_executor& executor)
      : plan_{plan}, facts_{facts}, ipv4_{plan.ipv4, plan.port, executor}, ipv6_{plan.ipv6, plan.port, executor} {}

  asio::awaitable<void> run();

 private:
  asio::awaitable<void> knock(MetadataDoor& door);
  asio::awaitable<void> look_at_interfaces();
  asio::awaitable<void> describe(Ec2Interface& interface);
  asio::awaitable<MetadataAnswer> get(std::string path);
  void take(MetadataDoor& door, const Result<MetadataAnswer>& answer);
  void note(const MetadataDoor& door, MetadataOutcome outcome, std::string detail);
  /// What is left of `step_end_`, cut at the run's deadline.
  [[nodiscard]] Clock::duration left() const {
    return std::max(std::min(step_end_, plan_.deadline) - Clock::now(), Clock::duration::zero());
  }
  [[nodiscard]] bool is_over() const { return Clock::now() >= plan_.deadline; }

  MetadataPlan plan_;
  Ec2Facts& facts_;
  MetadataDoor ipv4_, ipv6_;
  MetadataDoor* open_{};  ///< the one that gave a token
  std::string token_;
  MetadataOutcome outcome_{MetadataOutcome::not_finished};
  Clock::time_point step_end_{Clock::now() + plan_.step};
};

void MetadataRun::note(const MetadataDoor& door, MetadataOutcome outcome, std::string detail) {
  if (weight(outcome) <= weight(outcome_)) return;
  outcome_ = outcome;
  facts_.detail = fmt::format("{}: {}", door.service().to_string(), detail);
  if (outcome == MetadataOutcome::denied || outcome == MetadataOutcome::not_metadata) facts_.service = door.service();
}

void MetadataRun::take(MetadataDoor& door, const Result<MetadataAnswer>& answer) {
  if (open_ != nullptr) return;  // the other one was faster and has closed this one
  if (!answer) {
    const bool cut_off = answer.error() == asio::error::timed_out && is_over();  // by the run's time, not the step's
    if (cut_off || answer.error() == asio::error::operation_aborted) return;
    return note(door, outcome_of(answer.error()), answer.error().message());
  }
  if (answer->status != 200)
    return note(door, refusal_of(*answer), fmt::format("HTTP status {} to the question for a token", answer->status));
  if (!is_token(answer->body)) return note(door, MetadataOutcome::not_metadata, "what came back is not a token");
  open_ = &door;
  token_ = answer->body;
  (&door == &ipv4_ ? ipv6_ : ipv4_).close();
}

asio::awaitable<void> MetadataRun::knock(MetadataDoor& door) {
  auto asking = door.ask_for_token();
  const Result<MetadataAnswer> answer = co_await within(left(), std::move(asking));
  take(door, answer);
}

/// A failed question has status 0: what it was about stays not known.
asio::awaitable<MetadataAnswer> MetadataRun::get(std::string path) {
  if (left() == Clock::duration::zero()) co_return MetadataAnswer{};
  auto asking = open_->get(std::move(path), token_);
  Result<MetadataAnswer> answer = co_await within(left(), std::move(asking));
  if (answer) co_return std::move(*answer);
  open_->close();
  if (facts_.detail.empty() && answer.error() != asio::error::operation_aborted)
    facts_.detail = answer.error() == asio::error::timed_out
                        ? "not everything was answered in time"
                        : "not everything was answered: " + answer.error().message();
  co_return MetadataAnswer{};
}

asio::awaitable<void> MetadataRun::describe(Ec2Interface& interface) {
  const std::string base = interfaces_path + interface.mac + "/";
  const MetadataAnswer id = co_await get(base + "interface-id");
  interface.interface_id = identifier_of(id);
  const MetadataAnswer ipv6 = co_await get(base + "ipv6s");
  interface.ipv6 = addresses_of(ipv6);
  const MetadataAnswer subnet_ipv6 = co_await get(base + "subnet-ipv6-cidr-blocks");
  interface.subnet_ipv6 = prefixes_of(subnet_ipv6);
  const MetadataAnswer vpc_ipv6 = co_await get(base + "vpc-ipv6-cidr-blocks");
  interface.vpc_ipv6 = prefixes_of(vpc_ipv6);
  const MetadataAnswer subnet = co_await get(base + "subnet-id");
  interface.subnet_id = identifier_of(subnet);
  const MetadataAnswer vpc = co_await get(base + "vpc-id");
  interface.vpc_id = identifier_of(vpc);
  const MetadataAnswer ipv4 = co_await get(base + "local-ipv4s");
  interface.ipv4 = addresses_of(ipv4);
  if (!interface.ipv6 || !interface.ipv6->empty()) co_return;
  // A whole prefix may be delegated to the interface (EKS does that): which addresses of it are used is not known here.
  const MetadataAnswer delegated = co_await get(base + "ipv6-prefix");
  const auto prefixes = prefixes_of(delegated);
  if (!prefixes || !prefixes->empty()) interface.ipv6.reset();
}

asio::awaitable<void> MetadataRun::look_at_interfaces() {
  step_end_ = Clock::now() + plan_.step;
  facts_.service = open_->service();
  facts_.detail.clear();
  const MetadataAnswer list = co_await get(interfaces_path);
  if (list.status == 0) co_return;  // of the two outcomes of no answer, run() chooses
  const std::vector<std::string> macs = list.status == 200 ? macs_of(list.body) : std::vector<std::string>{};
  if (macs.empty()) {
    outcome_ = list.status == 200 ? MetadataOutcome::not_metadata : refusal_of(list);
    facts_.detail =
        fmt::format("{}: HTTP status {} and no list of interfaces", open_->service().to_string(), list.status);
    co_return;
  }
  outcome_ = MetadataOutcome::answered;
  for (std::size_t i = 0; i < macs.size() && i < max_ec2_interfaces; ++i) {
    Ec2Interface& interface = facts_.interfaces.emplace_back();
    interface.mac = macs[i];
    interface.device = host::device_of(macs[i]);
  }
  facts_.interfaces_left_out = macs.size() - facts_.interfaces.size();
  for (Ec2Interface& interface : facts_.interfaces) co_await describe(interface);
}

asio::awaitable<void> MetadataRun::run() {
  using namespace asio::experimental::awaitable_operators;
  const auto began = Clock::now();
  co_await (knock(ipv4_) && knock(ipv6_));
  if (open_ != nullptr) {
    outcome_ = MetadataOutcome::timeout;
    co_await look_at_interfaces();
  }
  const bool nothing_yet = outcome_ == MetadataOutcome::timeout || outcome_ == MetadataOutcome::unreachable;
  facts_.outcome = nothing_yet && is_over() ? MetadataOutcome::not_finished : outcome_;
  facts_.duration = std::chrono::duration_cast<Duration>(Clock::now() - began);
}

}  // namespace

MetadataPlan metadata_plan(std::chrono::steady_clock::time_point deadline) {
  MetadataPlan plan;
  plan.ipv4 = Address::parse("169.254.169.254").value();
  plan.ipv6 = Address::parse("fd00:ec2::254").value();
  plan.deadline = deadline;
  return plan;
}

asio::awaitable<void> ask_metadata(MetadataPlan plan, Ec2Facts& facts) {
  MetadataRun run{plan, facts, co_await asio::this_coro::executor};
  auto running = run.run();
  co_await std::move(running);
}

}  // namespace ecr6::probe

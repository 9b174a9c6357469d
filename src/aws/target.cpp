#include "ecr6/aws/target.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/aws/host_port.hpp"
#include "ecr6/aws/partitions.hpp"
#include "ecr6/core/address.hpp"
#include "ecr6/core/text.hpp"
#include "image_path.hpp"

namespace ecr6::aws {

namespace {

/// Longer than any host and image reference: 253 for the host, 255 for the repository, a tag and a digest.
constexpr std::size_t longest_target = 2048;

constexpr std::string_view forms =
    "a region (us-west-2), ACCOUNT@REGION, a registry host, an image reference, an API host, a URL, 'public' or 'all'";

bool is_graphic(char c) { return c > ' ' && c < 0x7f; }

/// A host with the shape of ECR's but an account or a region that cannot be one is a slip, not another host.
std::optional<Problem> slip_in(const std::string& host) {
  const auto slip = misfit(host);
  if (!slip) return std::nullopt;
  const std::string sentence = slip->region.empty() ? checked_account(slip->account).error().sentence
                                                    : checked_region(slip->region).error().sentence;
  return problem(fmt::format("{} (in the host '{}')", sentence, host));
}

Expected<Target> host_target(std::string_view authority) {
  auto parsed = parse_host_port(authority);
  if (!parsed) return parsed.error();
  if (auto slip = slip_in(parsed->host)) return std::move(*slip);
  HostTarget target{std::move(parsed->host), parsed->port, std::nullopt};
  target.name = recognise(target.host);
  return Target{std::move(target)};
}

/// Docker's rule: what stands before the first slash is a registry only when it could not be a repository.
bool names_a_registry(std::string_view authority) {
  return authority == "localhost" || authority.find_first_of(".:[") != authority.npos;
}

Expected<Target> parse_reference(std::string_view text) {
  const auto slash = text.find('/');
  const auto authority = text.substr(0, slash);
  if (Prefix::parse(text)) return problem(fmt::format("'{}' is a block of addresses; name one address", text));
  if (authority.find('@') != authority.npos)
    return problem("an image reference takes no user name before its host; log in with the client instead");
  if (!names_a_registry(authority))
    return problem(fmt::format("the image reference '{}' names no registry host before its first '/'", text));
  const auto path = slash == text.npos ? std::string_view{} : text.substr(slash + 1);
  if (auto fault = path.empty() ? std::nullopt : image_path_problem(path)) return std::move(*fault);
  return host_target(authority);
}

/// Userinfo is dropped as it is read and never quoted: it may hold a password.
Expected<Target> parse_url(std::string_view scheme, std::string_view rest) {
  const std::string word = to_lower(scheme);
  if (word == "docker" || word == "oci") return parse_reference(rest);
  if (word != "https")
    return problem(
        fmt::format("'{}://' cannot be probed: ECR is reached over https:// (or docker://, oci://)", scheme));
  std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = authority.rfind('@'); at != authority.npos) {
    // Readers of URLs disagree about a backslash before the '@', and so about the host.
    if (authority.find('\\') != authority.npos) return problem("the URL's user name holds a backslash");
    authority.remove_prefix(at + 1);
  }
  if (authority.empty()) return problem("the URL names no host");
  return host_target(authority);
}

/// `ACCOUNT@REGION`.
Expected<Target> parse_account_at_region(std::string_view account_text, std::string_view region_text) {
  if (region_text.find_first_of(".:") != region_text.npos)
    return problem(
        "a target with '@' is ACCOUNT@REGION, a URL with its scheme (https://), or an image reference "
        "with its registry host");
  auto account = checked_account(account_text);
  if (!account) return account.error();
  auto region = checked_region(region_text);
  if (!region) return region.error();
  return Target{RegionTarget{std::move(*region), std::move(*account)}};
}

/// A word without dot and colon: a region, or the attempt at one. A host of one label needs its port or final dot.
Expected<Target> parse_word(std::string_view text) {
  if (checked_account(text))
    return problem(fmt::format("'{0}' is an account without a region; write {0}@REGION", text));
  auto region = checked_region(text);
  if (region) return Target{RegionTarget{std::move(*region), std::nullopt}};
  if (is_pseudo_region(to_lower(text))) return region.error();
  return problem(
      fmt::format("{} (a host of one label is written with its port, as HOST:443)", region.error().sentence));
}

}  // namespace

Expected<Target> parse_target(std::string_view text) {
  if (text.empty()) return problem(fmt::format("a target is empty; expected is {}", forms));
  if (text.size() > longest_target)
    return problem(fmt::format("a target of {} bytes is too long; expected is {}", text.size(), forms));
  if (!std::all_of(text.begin(), text.end(), is_graphic))
    return problem(fmt::format("a target holds white space, control or non-ASCII characters; expected is {}", forms));
  if (equal_ignoring_case(text, "public")) return Target{PublicTarget{}};
  if (equal_ignoring_case(text, "all")) return Target{AllTarget{}};
  if (const auto end = text.find("://"); end != text.npos) return parse_url(text.substr(0, end), text.substr(end + 3));
  if (text.find('/') != text.npos) return parse_reference(text);
  if (const auto at = text.find('@'); at != text.npos)
    return parse_account_at_region(text.substr(0, at), text.substr(at + 1));
  return names_a_registry(to_lower(text)) ? host_target(text) : parse_word(text);
}

}  // namespace ecr6::aws

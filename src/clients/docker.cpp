#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "ecr6/clients/url.hpp"
#include "ecr6/core/json.hpp"
#include "ecr6/core/text.hpp"
#include "readers.hpp"

namespace ecr6::clients {

namespace json = boost::json;

namespace {

std::variant<json::object, BrokenFile> parse_object(const std::string& path, std::string_view text) {
  if (trimmed(text).empty()) return json::object{};  // Docker takes an empty file for one that says nothing
  json::parse_options options;
  options.max_depth = 32;
  json::error_code error;
  json::stream_parser parser{{}, options};
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  const bool rest = !error && text.find_first_not_of(" \t\r\n", read) != std::string_view::npos;
  if (!error && !rest) parser.finish(error);
  if (error || rest) {
    const auto place = place_of(text, read, rest ? "text after the JSON object" : "not JSON");
    return BrokenFile{path, fmt::format("line {}, column {}: {}", place.line, place.column, place.message)};
  }
  json::value value = parser.release();
  if (!value.is_object()) return BrokenFile{path, "not a JSON object"};
  return std::move(value.get_object());
}

const json::object* object_in(const json::object& object, std::string_view key) {
  const json::value* const value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

std::string text_in(const json::object& object, std::string_view key) {
  const json::value* const value = object.if_contains(key);
  const json::string* const text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string{} : std::string{*text};
}

std::optional<bool> flag_in(const json::object& object, std::string_view key) {
  const json::value* const value = object.if_contains(key);
  return value != nullptr && value->is_bool() ? std::optional{value->get_bool()} : std::nullopt;
}

/// A file of Docker, for the lines of what it says.
struct Origin {
  std::string path;
  std::string_view text;
  std::string_view section;  ///< the key of the object that is read; empty for the whole file
};

std::optional<Sourced> sourced(const Origin& origin, const json::object& object, std::string_view key) {
  std::string value = text_in(object, key);
  if (value.empty()) return std::nullopt;
  return Sourced{std::move(value), source_of_key(origin.path, origin.text, key, origin.section)};
}

/// Keys are hosts, but old files have URLs: "https://index.docker.io/v1/".
std::string host_of(std::string_view key) {
  const auto url = parse_url(key);
  if (!url) return {};
  return url->port.empty() || url->port == "443" ? url->host : url->host + ':' + url->port;
}

bool has_secret(const json::value& entry) {
  const json::object* const object = entry.if_object();
  if (object == nullptr) return false;
  const auto filled = [&](std::string_view key) { return !text_in(*object, key).empty(); };
  return filled("auth") || filled("identitytoken") || filled("registrytoken") || filled("password");
}

void add(DockerClient& client, RegistryCredential credential) {
  const auto same = [&](const RegistryCredential& old) { return old.host == credential.host; };
  if (credential.host.empty() || std::any_of(client.credentials.begin(), client.credentials.end(), same)) return;
  client.credentials.push_back(std::move(credential));
}

/// A helper of its own wins over the store, and the store over what is in the file.
void take_credentials(DockerClient& client, const json::object& object, std::string_view text) {
  if (const json::object* const helpers = object_in(object, "credHelpers"))
    for (const auto& [host, helper] : *helpers)
      if (helper.is_string())
        add(client, {host_of(host), fmt::format("helper {}", std::string_view{helper.get_string()}),
                     source_of_key(client.path, text, host, "credHelpers")});
  if (const json::object* const auths = object_in(object, "auths"))
    for (const auto& [host, entry] : *auths) {
      const std::string source = source_of_key(client.path, text, host, "auths");
      if (!client.store.empty())
        add(client, {host_of(host), "store " + client.store, source});
      else if (has_secret(entry))
        add(client, {host_of(host), "stored in the file", source});
    }
}

/// "default", or the address of a daemon.
std::string daemon_name(std::string_view key) {
  return key.find('@') == std::string_view::npos ? std::string{key} : without_secrets(key);
}

ProxyFacts proxy_in(const json::object& object, const std::string& user, const Origin& origin) {
  ProxyFacts proxy{user, std::nullopt, std::nullopt};
  for (const std::string_view key : {"https-proxy", "httpsProxy"})
    if (auto value = sourced(origin, object, key))
      proxy.https = Sourced{without_secrets(value->text), std::move(value->source)};
  for (const std::string_view key : {"no-proxy", "noProxy"})
    if (auto value = sourced(origin, object, key)) proxy.no_proxy = std::move(value);
  return proxy;
}

}  // namespace

Read<DockerClient> read_docker_client(const std::string& path, std::string_view text) {
  auto parsed = parse_object(path, text);
  if (auto* broken = std::get_if<BrokenFile>(&parsed)) return std::move(*broken);
  const json::object& object = std::get<json::object>(parsed);
  DockerClient client;
  client.path = path;
  client.store = text_in(object, "credsStore");
  take_credentials(client, object, text);
  if (const json::object* const proxies = object_in(object, "proxies"))
    for (const auto& [daemon, entry] : *proxies)
      if (entry.is_object())
        client.proxies.push_back(
            proxy_in(entry.get_object(), "containers of " + daemon_name(daemon), {path, text, daemon}));
  return client;
}

Read<DockerDaemon> read_docker_daemon(const std::string& path, std::string_view text) {
  // The daemon reads over a byte order mark, the client does not.
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  auto parsed = parse_object(path, text);
  if (auto* broken = std::get_if<BrokenFile>(&parsed)) return std::move(*broken);
  const json::object& object = std::get<json::object>(parsed);
  DockerDaemon daemon;
  daemon.path = path;
  daemon.ipv6 = flag_in(object, "ipv6");
  daemon.ipv6_source = source_of_key(path, text, "ipv6");
  daemon.ip6tables = flag_in(object, "ip6tables");
  daemon.ip6tables_source = source_of_key(path, text, "ip6tables");
  daemon.fixed_cidr_v6 = sourced({path, text, {}}, object, "fixed-cidr-v6");
  daemon.bridge = sourced({path, text, {}}, object, "bridge");
  daemon.bip = sourced({path, text, {}}, object, "bip");
  const json::value* const mirrors = object.if_contains("registry-mirrors");
  if (mirrors != nullptr && mirrors->is_array())
    for (const json::value& mirror : mirrors->get_array())
      if (mirror.is_string())
        daemon.mirrors.push_back({without_secrets(mirror.get_string()), source_of_key(path, text, "registry-mirrors")});
  if (const json::object* const proxies = object_in(object, "proxies"))
    daemon.proxy = proxy_in(*proxies, "docker daemon.json", {path, text, "proxies"});
  return daemon;
}

std::string source_of(const std::string& path, std::size_t line) { return fmt::format("{}:{}", path, line); }

std::string source_of_key(const std::string& path, std::string_view text, std::string_view key,
                          std::string_view section) {
  const std::size_t start = section.empty() ? 0 : text.find(fmt::format("\"{}\"", section));
  const std::size_t from = start == std::string_view::npos ? 0 : start + section.size();
  const std::size_t at = text.find(fmt::format("\"{}\"", key), from);
  return at == std::string_view::npos ? path : source_of(path, place_of(text, at, {}).line);
}

}  // namespace ecr6::clients

#include "probe/trust_store.hpp"

#include <fmt/core.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "ecr6/core/text.hpp"

namespace ecr6::probe {

namespace {

namespace fs = std::filesystem;
using Place = TrustPlaces::Place;

// "a1b2c3d4.0": eight hex digits of the subject's hash, then a counter. CRLs (".r0") do not count.
bool is_hash_name(const std::string& name) {
  const auto is_hex = [](unsigned char c) { return std::isxdigit(c) != 0; };
  return name.size() >= 10 && name[8] == '.' && std::all_of(name.begin(), name.begin() + 8, is_hex) &&
         std::isdigit(static_cast<unsigned char>(name[9])) != 0;
}

bool is_hashed(const std::string& directory) {
  std::error_code error;
  for (fs::directory_iterator it{directory, error}; !error && it != fs::directory_iterator{}; it.increment(error))
    if (is_hash_name(it->path().filename().string())) return true;
  return false;
}

std::vector<Place> directories_in(std::string_view list, const std::string& named_by) {
  std::vector<Place> places;
  for (const std::string_view path : split(list, ':'))
    if (!path.empty()) places.push_back({std::string{path}, named_by});
  return places;
}

const char* environment(const char* name) {
  const char* const value = std::getenv(name);
  return value && *value ? value : nullptr;
}

TrustPlaces system_places() {
  TrustPlaces places;
  const std::string directory = X509_get_default_cert_dir();
  if (is_hashed(directory))
    places.directories.push_back({directory, ""});
  else if (fs::exists(X509_get_default_cert_file()))
    places.file = Place{X509_get_default_cert_file(), ""};
  return places;
}

std::string quoted(const Place& place) { return fmt::format("{} '{}'", place.named_by, printable(place.path)); }

std::optional<std::string> unreadable(const Place& place, bool wants_directory) {
  struct stat status {};
  if (::stat(place.path.c_str(), &status) != 0)
    return fmt::format("{}: cannot be read: {}", quoted(place), std::strerror(errno));
  if (wants_directory != S_ISDIR(status.st_mode))
    return fmt::format("{}: expected a {}", quoted(place),
                       wants_directory ? "directory (--ca-file takes a file)" : "file (--ca-path takes a directory)");
  if (!wants_directory && !std::ifstream{place.path})
    return fmt::format("{}: cannot be read: {}", quoted(place), std::strerror(errno));
  return std::nullopt;
}

std::optional<std::string> add_file(SSL_CTX* context, const Place& place) {
  const bool named = !place.named_by.empty();
  if (named)
    if (auto error = unreadable(place, false)) return error;
  ERR_clear_error();
  const bool loaded = SSL_CTX_load_verify_file(context, place.path.c_str()) == 1;
  ERR_clear_error();
  if (loaded || !named) return std::nullopt;
  return fmt::format("{}: holds no certificate that can be read; expected PEM ('-----BEGIN CERTIFICATE-----')",
                     quoted(place));
}

std::optional<std::string> add_directory(SSL_CTX* context, const Place& place) {
  if (!place.named_by.empty()) {
    if (auto error = unreadable(place, true)) return error;
    if (!is_hashed(place.path))
      return fmt::format("{}: holds no certificate under its hash name; run 'openssl rehash' on it", quoted(place));
  }
  SSL_CTX_load_verify_dir(context, place.path.c_str());
  return std::nullopt;
}

}  // namespace

Trust trust_of(const TrustSettings& settings) {
  if (settings.authority) return Trust::lab;
  if (settings.ca_file || settings.ca_path) return Trust::option;
  return environment("SSL_CERT_FILE") || environment("SSL_CERT_DIR") ? Trust::environment : Trust::system;
}

TrustPlaces trust_places(const TrustSettings& settings) {
  TrustPlaces places;
  if (settings.ca_file) places.file = Place{*settings.ca_file, "--ca-file"};
  if (settings.ca_path) places.directories.push_back({*settings.ca_path, "--ca-path"});
  if (places.file || !places.directories.empty()) return places;
  if (const char* const file = environment("SSL_CERT_FILE")) places.file = Place{file, "SSL_CERT_FILE"};
  if (const char* const list = environment("SSL_CERT_DIR")) places.directories = directories_in(list, "SSL_CERT_DIR");
  if (places.file || !places.directories.empty()) return places;
  return system_places();
}

std::optional<std::string> add_trust(ssl_ctx_st* context, const TrustPlaces& places) {
  if (places.file)
    if (auto error = add_file(context, *places.file)) return error;
  for (const Place& directory : places.directories)
    if (auto error = add_directory(context, directory)) return error;
  return std::nullopt;
}

}  // namespace ecr6::probe

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecr6/clients/environment.hpp"

/// The files of a machine, as far as they say something about ECR's clients. Who reads them is not said here:
/// `wanted` names what to read next, and somebody fills it in, until nothing more is wanted.
namespace ecr6::clients {

enum class FileState {
  read,        ///< the text is all there
  absent,      ///< no such file, or a part of its path is none
  unreadable,  ///< the system refuses; the detail has its words
  too_large,   ///< larger than is read here
};

/// One path. A directory that was read has names, a file has text.
struct ClientFile {
  std::string path;  ///< on the machine it is about, from its root
  FileState state{FileState::absent};
  std::string text;
  std::vector<std::string> names;  ///< sorted
  std::string detail;
};

struct Snapshot {
  Environment environment;
  std::vector<std::string> homes;  ///< absolute paths, each once
  std::vector<ClientFile> files;

  [[nodiscard]] const ClientFile* find(std::string_view path) const;
  /// The text of a file that was read, else empty text.
  [[nodiscard]] std::string_view text(std::string_view path) const;
};

struct Want {
  std::string path;
  bool directory{};
};

/// What a snapshot still lacks, each path once; empty when it is complete. At most 64 steps lead there.
[[nodiscard]] std::vector<Want> wanted(const Snapshot& snapshot);

/// The word: "read", "absent", "unreadable", "too_large".
[[nodiscard]] std::string_view to_string(FileState state);

}  // namespace ecr6::clients

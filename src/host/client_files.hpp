#pragma once

#include <string>

#include "ecr6/clients/snapshot.hpp"

namespace ecr6::host {

/// Reads what the snapshot wants from the machine below `root` ("/" for this one), until it wants nothing more. Opens
/// for reading only. Files up to 1 MiB, 1024 paths in all; devices and pipes are not read. Symbolic links count from
/// `root`, so none leads out of it (openat2(2), Linux 5.6). What cannot be read says why.
void read_client_files(const std::string& root, clients::Snapshot& snapshot);

/// One file by the same rules.
[[nodiscard]] clients::ClientFile read_client_file(const std::string& root, const std::string& path);

/// The users' homes below a root: /root, and the directories of /home, at most 64.
[[nodiscard]] std::vector<std::string> homes_below(const std::string& root);

}  // namespace ecr6::host

#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "console.hpp"
#include "ecr6/logs/event.hpp"
#include "ecr6/logs/summary.hpp"

namespace ecr6::cli {

/// The one line on a terminal's standard error that says how far reading has come.
class Progress {
 public:
  explicit Progress(const Console& console) : console_{console}, shows_{console.err_is_terminal()} {}

  /// Cheap: writes at most a few times a second.
  void update(const logs::Input& input);
  /// Takes the line away, for other output.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  const Console& console_;
  bool shows_;
  bool visible_{};
  Clock::time_point started_{Clock::now()};
  Clock::time_point last_{started_};
};

/// Reads log files, one after the other, into a summary. What cannot be read is a problem of the input and is named
/// on standard error; reading goes on with the next.
class LogFiles : private logs::RecordSink {
 public:
  LogFiles(Console& console, logs::Summary& summary) : console_{console}, progress_{console}, summary_{summary} {}

  /// A file, a directory with everything below it, or `-` for standard input.
  void read(const std::string& path);
  /// Takes the progress line away and sorts the problems.
  void finish();

  [[nodiscard]] const logs::Input& input() const { return input_; }

 private:
  void read_directory(const std::filesystem::path& directory, int depth);
  void read_file(const std::string& path);
  void read_descriptor(int descriptor);
  void read_plain(int descriptor, std::string_view start);
  void read_gzip(int descriptor, std::string_view start);
  void problem(std::uint64_t line, std::string message);

  void record(const logs::Record& record) override;
  void oversized(std::uint64_t line) override;
  void broken(const logs::Break& place) override;

  Console& console_;
  Progress progress_;
  logs::Summary& summary_;
  logs::EventReader reader_;
  logs::Input input_;
  std::string file_;  ///< the one being read
  bool file_is_broken_{};
  bool file_is_cloudtrail_{};
  bool text_is_cut_{};  ///< by damage to the packed file, which has been named: the break at its end is no news
};

}  // namespace ecr6::cli

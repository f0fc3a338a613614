// The files that a client sends for an import, in a folder of their own next to the database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/multipart.h"
#include "http/upload.h"
#include "importers/kinds.h"
#include "support/error.h"
#include "support/scratch.h"

namespace kalima::app {

// Threads: one at a time.
class Received final : public http::Upload, private http::Parts {
 public:
  struct File {
    std::string name;  // as the client called it
    std::filesystem::path path;
    std::uint64_t bytes = 0;
  };

  // `place`: freed with this object, after the files are gone.
  Received(std::shared_ptr<void> place, files::Scratch scratch, std::string_view boundary);

  void add(std::string_view bytes) override;
  // Call after the last byte. Throws Error if something was wrong with what was sent.
  void finish();

  // Nothing is changed: what the files hold is only said; with `keep` it is kept too, to be imported later.
  enum class Check : std::uint8_t { none, look, keep };
  Check check() const { return check_; }
  const std::vector<File>& files() const { return files_; }
  const files::Scratch& scratch() const { return scratch_; }
  // A text in which the files are named as the client called them.
  std::string shown(std::string text) const;
  Error shown(const Error& error) const;

 private:
  void begin_part(const std::string& name, const std::optional<std::string>& file) override;
  void add_to_part(std::string_view bytes) override;
  void end_part() override;
  std::filesystem::path folder() const { return scratch_ / "files"; }

  enum class Part { file, check, nothing };

  const std::shared_ptr<void> place_;
  files::Scratch scratch_;
  http::Multipart reader_;
  std::optional<Error> problem_;
  Part part_ = Part::nothing;
  std::vector<File> files_;
  std::ofstream out_;
  std::string field_;
  Check check_ = Check::none;
};

}  // namespace kalima::app

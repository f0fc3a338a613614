// Makes the snapshot of a corpus. The file depends on the input only, so the same database always gives the
// same file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/legacy/verses/layout.h"
#include "corpus/table.h"
#include "corpus/verse.h"

namespace kalima::api::legacy {

class SnapshotBuilder {
 public:
  // Begins the file. `identity` of the database the corpus comes from, at most 32 bytes. `revision`: the number of the
  // latest write to its research documents, and a mark that distinguishes it from other writes of that number.
  SnapshotBuilder(const std::filesystem::path& path, std::string_view identity, std::int64_t revision,
                  std::int64_t mark);
  ~SnapshotBuilder();

  // All verses in their order first, then the tables.
  void add(const corpus::Verse& verse, const VerseLayout& layout);
  void set_treebank_columns(const std::vector<std::string>& columns);
  void add_treebank_row(const corpus::TableRow& row);
  void set_masaq_columns(const std::vector<std::string>& columns);
  void add_masaq_row(const corpus::TableRow& row);

  // Completes the file and has it on the disk.
  void finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kalima::api::legacy

#include "app/check.h"

#include <fmt/format.h>

#include "index/index.h"
#include "store/backup.h"
#include "store/companions.h"
#include "store/corpus_reader.h"
#include "support/error.h"
#include "support/files.h"
#include "support/json.h"

namespace kalima::app {
namespace {

constexpr std::size_t max_reported = 20;

// Verses, and which verses hold each term, in an index made from the database now and in the one that is there.
void compare(const store::CorpusReader& reader, const index::Index& index, CheckResult& result) {
  const snapshot::Snapshot& snapshot = index.snapshot();
  result.writes_since_index = reader.revision().number - snapshot.revision();
  std::vector<bool> changed(snapshot.verse_count(), false);
  for (const std::int64_t verse : reader.verses_changed_since(snapshot.revision())) {
    changed[static_cast<std::size_t>(verse)] = true;
  }
  std::size_t number = 0;
  reader.each_verse([&](const corpus::Verse& verse) {
    const std::size_t v = number++;
    if (v >= snapshot.verse_count() || changed[v] || result.problems.size() >= max_reported) return;
    if (snapshot.json(v) != json::sorted(corpus::to_json(verse))) {
      result.problems.push_back(
          fmt::format("index: verse {}:{} is not as in the database", verse.surah, verse.ayah));
    }
  });
  if (number != snapshot.verse_count()) {
    result.problems.push_back(
        fmt::format("index: it has {} verses, the database {}", snapshot.verse_count(), number));
  }
}

}  // namespace

CheckResult check(const std::filesystem::path& database, const Progress& progress) {
  CheckResult result;
  const store::Companions companions(database);
  result.problems = store::problems(database);
  const store::CorpusReader reader(database);
  const auto folder = index::folder_of(database);
  try {
    const index::Index index(folder, reader);
    compare(reader, index, result);
    for (std::string& problem : index::differences(reader, folder, progress))
      result.problems.push_back(std::move(problem));
  } catch (const Error& e) {  // an index that cannot be used is a finding, not the end of the check
    if (e.code() == ErrorCode::unavailable) throw;  // no room to compare; that says nothing of the index
    result.problems.push_back(fmt::format("index: {}", e.what()));
  }
  return result;
}

}  // namespace kalima::app

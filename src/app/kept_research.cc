#include "app/kept_research.h"

#include <chrono>
#include <limits>
#include <vector>

#include "app/index.h"
#include "index/core.h"
#include "research/library.h"
#include "store/corpus_reader.h"
#include "store/schema.h"
#include "support/clock.h"
#include "support/files.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

// A translation that came with published files, and that nobody has changed: of the same name the new corpus may have a newer
// one.
bool is_as_published(const research::Document& document) {
  return document.type->kind == corpus::ResearchKind::translation &&
         document.kept.find(document.type->modified) == nullptr;
}

}  // namespace

KeptResearch keep_research(const store::CorpusReader& former, const columns::CoreFile& core,
                           const fs::path& made) {
  research::Library library(core);
  research::Wanted all;
  all.limit = std::numeric_limits<std::size_t>::max();
  const research::Listing listing = library.list(former, all);
  // An import that goes on would lose it.
  for (const auto& entry : listing.unreadable) research::require_readable(*entry);
  const auto heading = [&](std::size_t documents) {
    return research::research_heading(core, documents, utc_iso_time(std::chrono::system_clock::now())) + '\n';
  };
  const columns::CoreFile new_core = open_core(made);
  std::vector<std::string> lines;
  std::string file = heading(listing.entries.size());
  {
    const store::CorpusReader reader(made);
    research::Library new_library(new_core);
    for (const auto& entry : listing.entries) {
      const research::Document document = library.document(*entry);
      if (is_as_published(document) && new_library.find(reader, *entry->type, entry->id)) continue;
      lines.push_back(research::research_line(document, core) + '\n');
      file += lines.back();
    }
  }
  KeptResearch out;
  out.revision = former.revision();
  {
    store::Connection connection(made, store::OpenMode::read_write);
    connection.execute("PRAGMA synchronous=FULL");
    out.done = research::import_research(connection, new_core, file, true, false);
  }
  std::string left;
  for (const auto& row : out.done.rows) {
    // The first line of the file is its heading.
    if (row.what == research::Exchanged::What::no_verse) left += lines[row.line - 2];
  }
  if (!left.empty()) out.left_out = heading(out.done.count(research::Exchanged::What::no_verse)) + left;
  return out;
}

KeptResearch keep_research_of_copy(const fs::path& former, const fs::path& made, const Progress& progress) {
  store::bring_up_to_date(former);
  const store::CorpusReader reader(former);
  // Its own index may be missing, or of another version.
  const fs::path core_file = files::with_suffix(former, "-core");
  index::build_core(reader, core_file, progress);
  return keep_research(reader, columns::CoreFile(core_file), made);
}

}  // namespace kalima::app

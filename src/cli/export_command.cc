#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/terminal.h"
#include "exporters/legacy.h"
#include "store/corpus_reader.h"
#include "support/files.h"

namespace kalima::cli {
namespace {

struct Options {
  std::string database, legacy;
};

int run(const Options& options) {
  exporters::ExportCounts counts;
  {
    ProgressLine progress;
    const store::CorpusReader reader(database_path(options.database));
    counts = exporters::export_legacy(reader, files::path_from_utf8(options.legacy), progress.callback());
  }
  fmt::print("Exported to {}: {} verses, {} treebank rows, {} MASAQ rows, {} notes and resources.\n", options.legacy,
             with_commas(counts.verses), with_commas(counts.treebank_rows), with_commas(counts.masaq_rows),
             with_commas(counts.files));
  for (const std::string& folder : counts.missing_folders) {
    fmt::print(stderr, "kalima: the notes or resources of {} are not in the export: the folder is not there any more\n", folder);
  }
  return 0;
}

}  // namespace

void add_export(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("export", "Write everything back into files that other programs read");
  command->add_option("--legacy", options->legacy, "New data folder in the old server's layout")
      ->required()
      ->type_name("DIR");
  add_database_option(*command, options->database);
  command->footer("Works while a server is running. Example:\n  kalima export --legacy ~/quran-data --db quran.db");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace kalima::cli

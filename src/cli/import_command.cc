#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>

#include "app/import.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "support/files.h"

namespace kalima::cli {
namespace {

struct Options {
  std::string legacy, conllu;
  std::string database;
};

void report(const importers::Counts& counts) {
  const auto line = [](std::size_t count, std::string_view what) {
    fmt::print("{:>10}  {}\n", with_commas(count), what);
  };
  line(counts.surahs, "surahs");
  line(counts.verses, "verses");
  line(counts.words, "words");
  line(counts.segments, "segments");
  line(counts.research, "research documents (annotations, hypotheses, references, translations, connections)");
  line(counts.tags, "tags");
  line(counts.patterns, "saved patterns");
  line(counts.treebank_rows, fmt::format("treebank rows, of {} verses", with_commas(counts.treebank_verses)));
  line(counts.masaq_rows, fmt::format("MASAQ rows, of {} verses", with_commas(counts.masaq_verses)));
  for (const std::string& warning : counts.warnings) fmt::print(stderr, "kalima: warning: {}\n", warning);
}

int run(const Options& options) {
  const auto began = std::chrono::steady_clock::now();
  importers::Counts counts;
  {
    ProgressLine progress;
    const auto database = files::path_from_utf8(options.database);
    counts = options.conllu.empty()
                 ? app::import_legacy(files::path_from_utf8(options.legacy), database, progress.callback())
                 : app::import_conllu(files::path_from_utf8(options.conllu), database, progress.callback());
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  fmt::print("Imported into {} in {:.1f} s:\n", options.database, took.count());
  report(counts);
  if (!options.conllu.empty()) {
    fmt::print("CoNLL-U holds no research documents, tags, saved patterns or MASAQ: there are none.\n");
  }
  fmt::print("Now run: kalima serve --db \"{}\"\n", options.database);
  return 0;
}

}  // namespace

void add_import(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("import", "Make a database from source files");
  CLI::Option_group* source = command->add_option_group("source", "What to import");
  source->add_option("--legacy", options->legacy, "Data folder of the old server (it holds datasets/ and notes/)")
      ->type_name("DIR");
  source->add_option("--conllu", options->conllu, "CoNLL-U file whose words have Ref=SURAH:AYAH:WORD")
      ->type_name("FILE");
  source->require_option(1);
  add_database_option(*command, options->database, "Database to make; one that is there is replaced when all went well");
  command->footer("Example:\n  kalima import --legacy ~/quran-server/data --db quran.db");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace kalima::cli

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/terminal.h"
#include "exporters/conllu.h"
#include "exporters/legacy.h"
#include "store/corpus_reader.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::cli {
namespace {

struct Options {
  std::string database, legacy, conllu;
};

int export_legacy(const Options& options) {
  exporters::ExportCounts counts;
  {
    ProgressLine progress;
    const store::CorpusReader reader(database_path(options.database));
    counts = exporters::export_legacy(reader, files::path_from_utf8(options.legacy), progress.callback());
  }
  fmt::print("Exported to {}: {} verses, {} treebank rows, {} MASAQ rows, {} notes and resources.\n",
             options.legacy, with_commas(counts.verses), with_commas(counts.treebank_rows),
             with_commas(counts.masaq_rows), with_commas(counts.files));
  for (const std::string& folder : counts.missing_folders) {
    fmt::print(
        stderr,
        "kalima: the notes or resources of {} are not in the export: the folder is not there any more\n",
        folder);
  }
  return 0;
}

// What is left out is said too: nobody should take the file for a backup.
void report(const exporters::ConlluCounts& counts) {
  fmt::print(stderr, "{} sentences of {} words, {} segments and {} hidden nodes.\n",
             with_commas(counts.sentences), with_commas(counts.words), with_commas(counts.segments),
             with_commas(counts.hidden));
  if (counts.rows > 0) {
    fmt::print(stderr, "{} sentences, {} of them trees; the others keep their edges in DEPS.\n",
               with_commas(counts.sentences), with_commas(counts.trees));
  }
  if (counts.without_treebank > 0) {
    fmt::print(stderr, "{} sentences have no treebank: each is a verse whose words depend on the first.\n",
               with_commas(counts.without_treebank));
  }
  if (counts.rows_without_place > 0) {
    fmt::print(stderr, "{} treebank rows do not follow the text; they are comments.\n",
               with_commas(counts.rows_without_place));
  }
  if (counts.research + counts.registry + counts.masaq_rows > 0) {
    fmt::print(stderr, "Not in the file: {} research documents, {} tags and patterns, {} MASAQ rows.\n",
               with_commas(counts.research), with_commas(counts.registry), with_commas(counts.masaq_rows));
  }
}

// The file is there as a whole or not at all.
void write_file(const std::string& name, std::string_view text) {
  const std::filesystem::path file = files::path_from_utf8(name);
  std::filesystem::path part = file;
  part += ".part";
  try {
    files::write_durably(part, text);
    files::replace(part, file);
  } catch (...) {  // what is not complete does not stay
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw;
  }
}

int export_conllu(const Options& options) {
  const bool to_output = options.conllu == "-";
  if (!to_output && std::filesystem::exists(files::path_from_utf8(options.conllu))) {
    throw Error(ErrorCode::bad_input, fmt::format("{} is there already", options.conllu), "name a new file");
  }
  exporters::ConlluCounts counts;
  {
    ProgressLine progress;
    const store::CorpusReader reader(database_path(options.database));
    const std::string text = exporters::conllu_text(reader, counts, progress.callback());
    if (!to_output) {
      write_file(options.conllu, text);
    } else if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
      throw Error(ErrorCode::io, "cannot write to standard output");
    }
  }
  report(counts);
  return 0;
}

}  // namespace

void add_export(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("export", "Write the database into files that other programs read");
  CLI::Option_group* format = command->add_option_group("format", "What to write");
  format->add_option("--legacy", options->legacy, "New data folder in the old server's layout: everything")
      ->type_name("DIR");
  format
      ->add_option("--conllu", options->conllu,
                   "New file of text, morphology and treebank as CoNLL-U; - for standard output")
      ->type_name("FILE");
  format->require_option(1);
  add_database_option(*command, options->database);
  command->footer(
      "Works while a server is running. Examples:\n  kalima export --legacy ~/quran-data --db quran.db\n"
      "  kalima export --conllu quran.conllu --db quran.db");
  command->callback([options, &chosen] {
    chosen = [options] {
      return options->conllu.empty() ? export_legacy(*options) : export_conllu(*options);
    };
  });
}

}  // namespace kalima::cli

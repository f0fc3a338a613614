#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "app/library_folders.h"
#include "app/own_names.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "exporters/conllu.h"
#include "exporters/legacy.h"
#include "store/companions.h"
#include "store/corpus_reader.h"
#include "support/file_parts.h"
#include "support/files.h"
#include "support/scratch.h"
#include "support/stop.h"

namespace kalima::cli {
namespace {

struct Options {
  std::string database, legacy, conllu, notes, resources;
};

int export_legacy(const Options& options) {
  exporters::ExportCounts counts;
  app::LibraryFolders folders;
  {
    ProgressLine progress;
    const std::filesystem::path database = database_path(options.database);
    app::require_other_name(database, files::path_from_utf8(options.legacy));
    const store::Companions companions(database);
    const store::CorpusReader reader(database);
    folders = app::library_folders(reader, optional_path(options.notes), optional_path(options.resources));
    counts = exporters::export_legacy(reader, {folders.notes, folders.resources},
                                      files::path_from_utf8(options.legacy), progress.callback());
  }
  say("Exported to {}: {} verses, {} treebank rows, {} MASAQ rows, {} notes and resources.\n", options.legacy,
      with_commas(counts.verses), with_commas(counts.treebank_rows), with_commas(counts.masaq_rows),
      with_commas(counts.files));
  for (const std::string& folder : folders.missing) {
    warn("kalima: the notes or resources of {} are not in the export: the folder no longer exists\n", folder);
  }
  for (const std::string& folder : folders.foreign) {
    warn(
        "kalima: the notes or resources of {} are not in the export: this user did not import that folder; "
        "name it with "
        "--notes or --resources\n",
        folder);
  }
  return 0;
}

// Also say what is left out: nobody should mistake the file for a backup.
void report(const exporters::ConlluCounts& counts) {
  warn("{} sentences of {} words, {} segments and {} hidden nodes.\n", with_commas(counts.sentences),
       with_commas(counts.words), with_commas(counts.segments), with_commas(counts.hidden));
  if (counts.as_imported) warn("These are the lines of the CoNLL-U file that was imported, unchanged.\n");
  if (counts.rows > 0) {
    warn("{} sentences, {} of them trees; the others keep their edges in DEPS.\n",
         with_commas(counts.sentences), with_commas(counts.trees));
  }
  if (counts.without_treebank > 0) {
    warn("{} sentences have no treebank: each is a verse whose words depend on the first.\n",
         with_commas(counts.without_treebank));
  }
  if (counts.rows_without_place > 0) {
    warn("{} treebank rows do not follow the text; they are comments.\n",
         with_commas(counts.rows_without_place));
  }
  if (counts.translations + counts.research + counts.registry + counts.masaq_rows > 0) {
    warn(
        "Not in the file: {} translations of verses, {} research documents, {} tags, patterns, saved queries "
        "and lists, {} MASAQ rows.\n",
        with_commas(counts.translations), with_commas(counts.research), with_commas(counts.registry),
        with_commas(counts.masaq_rows));
  }
}

int export_conllu(const Options& options) {
  std::optional<files::NewFile> made;
  const std::filesystem::path database = database_path(options.database);
  if (options.conllu != "-") {
    app::require_other_name(database, files::path_from_utf8(options.conllu));
    made.emplace(files::path_from_utf8(options.conllu));
  }
  exporters::ConlluCounts counts;
  {
    ProgressLine progress;
    const store::Companions companions(database);
    const store::CorpusReader reader(database);
    if (made) {
      files::OutputFile file(made->path());
      exporters::write_conllu(
          reader, [&](std::string_view text) { file.write(text); }, counts, progress.callback());
      file.finish();
    } else {
      exporters::write_conllu(reader, write_output, counts, progress.callback());
      stop::check();
      finish_output();
    }
  }
  if (made) made->put_in_place();
  report(counts);
  return 0;
}

}  // namespace

void add_export(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("export", "Write the database into files that other programs read");
  CLI::Option_group* format = command->add_option_group("format", "What to write");
  CLI::Option* legacy =
      format
          ->add_option("--legacy", options->legacy, "New data folder in the old server's layout: everything")
          ->type_name("DIR");
  format
      ->add_option("--conllu", options->conllu,
                   "New file of text, morphology and treebank as CoNLL-U; - for standard output")
      ->type_name("FILE");
  format->require_option(1);
  const auto add_folder = [&](const char* name, std::string& folder, const char* help) {
    command->add_option(name, folder, help)->type_name("DIR")->needs(legacy);
  };
  add_folder("--notes", options->notes,
             "Folder of notes, for --legacy; default: that of the imported folder");
  add_folder("--resources", options->resources,
             "Folder of resources, for --legacy; default: that of the imported folder");
  add_database_option(*command, options->database);
  command->footer(
      "Works while a server is running. Nothing is overwritten: FILE and DIR are new, or empty.\n"
      "Examples:\n"
      "  kalima export --legacy ~/quran-data --db quran.db\n"
      "  kalima export --conllu quran.conllu --db quran.db");
  command->callback([options, &chosen] {
    chosen = [options] {
      return options->conllu.empty() ? export_legacy(*options) : export_conllu(*options);
    };
  });
}

}  // namespace kalima::cli

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "app/import.h"
#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/terminal.h"
#include "importers/limits.h"
#include "importers/translations.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::cli {
namespace {

struct Options {
  std::string legacy, conllu;
  bool starter = false;
  std::string text;
  std::optional<std::string> morphology, treebank, masaq;
  std::vector<std::string> translations;
  std::optional<std::string> translation_folder;
  std::string database;
  bool database_given = false;
  bool replace = false, keep = false, check = false;
  std::optional<std::uint64_t> max_size;
};

importers::Limits limits_of(const Options& options) {
  if (!options.max_size) return {};
  // Messages have sizes in MiB.
  if (*options.max_size < importers::MiB)
    throw Error(ErrorCode::bad_input, "--max-size: less than 1MiB", "write a size such as 8GiB");
  return importers::Limits(*options.max_size);
}

// The option and the limits without it: "… 64 MiB (text, translation, morphology), 512 MiB (treebank, MASAQ) …".
std::string help_of_limits() {
  std::map<std::size_t, std::vector<std::string_view>> names;
  for (const importers::PartLimit& part : importers::default_limits)
    names[part.limit.file].push_back(part.name);
  std::vector<std::string> limits;
  for (const auto& [bytes, parts] : names)
    limits.push_back(fmt::format("{} MiB ({})", bytes / importers::MiB, fmt::join(parts, ", ")));
  return fmt::format("Largest size of each file, such as 8GiB. Without it: {}", fmt::join(limits, ", "));
}

// Exactly one source must be named.
void require_one_source(const Options& options) {
  std::vector<std::string_view> given;
  if (options.starter) given.push_back("--starter");
  if (!options.legacy.empty()) given.push_back("--legacy");
  if (!options.conllu.empty()) given.push_back("--conllu");
  if (!options.text.empty()) given.push_back("--text");
  if (given.empty())
    throw CLI::RequiredError("one source (--text FILE, --legacy DIR, --conllu FILE or --starter)");
  if (given.size() > 1) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{} are given together; only one source is possible", fmt::join(given, " and ")),
                "leave out all but one of them");
  }
}

// A folder that is named must be there: a mistyped path makes none. The folder of the default database is made.
void require_folder(const Options& options) {
  const std::filesystem::path path = files::path_from_utf8(options.database), folder = path.parent_path();
  // An import says that a name with a slash at its end is not that of a file.
  if (!options.database_given || folder.empty() || !path.has_filename()) return;
  std::error_code error;
  if (std::filesystem::exists(folder, error) || error) return;  // an import says what else is wrong with it
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: folder {} not found", options.database, files::to_utf8(folder)),
              "make the folder, or name another path with --db");
}

std::optional<std::filesystem::path> path_or_none(const std::optional<std::string>& name) {
  if (!name) return std::nullopt;
  return files::path_from_utf8(*name);
}

// The parts of "LANG=FILE".
importers::Translation translation(const std::string& option) {
  const std::size_t end = option.find('=');
  const std::string language = option.substr(0, end);
  const bool named = end != std::string::npos && end + 1 < option.size();
  if (!named || !importers::is_language_tag(language)) {
    throw Error(ErrorCode::bad_input, fmt::format("--translation: \"{}\" is not LANG=FILE", option),
                "LANG is a language tag such as en, ckb or zh-Hans: --translation en=en.sahih.txt");
  }
  return {language, files::path_from_utf8(option.substr(end + 1))};
}

app::Imported import_files(const Options& options, const Progress& progress) {
  require_folder(options);
  const app::Target target{database_path(options.database), options.replace, options.keep, options.check,
                           limits_of(options)};
  if (options.starter) return app::import_starter(target, progress);
  if (!options.legacy.empty())
    return app::import_legacy(files::path_from_utf8(options.legacy), target, progress);
  if (!options.conllu.empty())
    return app::import_conllu(files::path_from_utf8(options.conllu), target, progress);
  importers::PublicFiles files{files::path_from_utf8(options.text),
                               path_or_none(options.morphology),
                               path_or_none(options.treebank),
                               path_or_none(options.masaq),
                               {}};
  for (const std::string& option : options.translations) files.translations.push_back(translation(option));
  if (options.translation_folder) {
    const auto found =
        importers::translations_in(files::path_from_utf8(*options.translation_folder), target.limits);
    files.translations.insert(files.translations.end(), found.begin(), found.end());
  }
  return app::import_public(files, target, progress);
}

void report(const importers::Counts& counts) {
  const auto line = [](std::size_t count, std::string_view what) {
    say("{:>10}  {}\n", with_commas(count), what);
  };
  line(counts.surahs, "surahs");
  line(counts.verses, "verses");
  line(counts.words, "words");
  line(counts.segments, "segments");
  line(counts.translations, "translations of verses");
  for (const importers::TranslationFile& file : counts.translation_files)
    say("{:>10}    of them in {}, in the language \"{}\"\n", with_commas(file.verses), file.name,
        file.language);
  line(counts.research, "research documents (annotations, hypotheses, references, connections)");
  line(counts.tags, "tags");
  line(counts.patterns, "saved patterns");
  line(counts.treebank_rows, fmt::format("treebank rows, of {} verses", with_commas(counts.treebank_verses)));
  line(counts.masaq_rows, fmt::format("MASAQ rows, of {} verses", with_commas(counts.masaq_verses)));
  for (const std::string& warning : counts.warnings) warn("warning: {}\n", warning);
}

// What became of the research of the former database.
void report(const app::Imported& imported) {
  using What = research::Exchanged::What;
  const research::Exchanged& kept = *imported.kept;
  say("Research of the former database: {} documents kept, {} left out.\n",
      with_commas(kept.count(What::added) + kept.count(What::replaced) + kept.count(What::same)),
      with_commas(kept.count(What::no_verse)));
  for (const auto& row : kept.rows) {
    const std::string_view says =
        row.what == What::no_verse      ? "this corpus has not its verse; it is left out"
        : row.what == What::no_words    ? "is kept, but this corpus has not all of its words"
        : row.what == What::other_words ? "is kept, but its words are others than before"
                                        : "";
    if (!says.empty()) say("  {} {}: {}\n", row.type->name, row.id, says);
  }
  if (imported.left_out) {
    say("The documents that are left out are in {}; `kalima research import` reads them.\n",
        files::to_utf8(*imported.left_out));
  }
}

int run(const Options& options) {
  const auto began = std::chrono::steady_clock::now();
  app::Imported imported;
  {
    ProgressLine progress;
    imported = import_files(options, progress.callback());
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  if (options.check) {
    say("An import would {} {}:\n", imported.replaced ? "replace the database" : "make", options.database);
    report(imported.counts);
    if (imported.backup)
      say("The former database holds research; a backup of it would be kept next to it.\n");
    if (imported.in_use)
      say("Another program, such as `kalima serve`, has it open: end that before the import.\n");
    say("Nothing was changed.\n");
    return 0;
  }
  say("Imported into {} in {:.1f} s:\n", options.database, took.count());
  report(imported.counts);
  if (imported.backup) {
    say("The former database, with its research, is kept in {}.\n", files::to_utf8(*imported.backup));
  }
  if (imported.kept) report(imported);
  if (!options.conllu.empty()) {
    say("CoNLL-U has no research documents, tags, saved patterns or MASAQ, so the database has none.\n");
  }
  say("Now run: {} serve --db \"{}\"\n", program(), options.database);
  return 0;
}

}  // namespace

void add_import(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("import", "Make a database from source files");
  command->add_flag("--starter", options->starter, "Surahs 1 and 93 to 114, which come with the program");
  command
      ->add_option("--legacy", options->legacy,
                   "Data folder of the old server (it contains datasets/ and notes/)")
      ->type_name("DIR");
  auto* text = command->add_option("--text", options->text,
                                   "Tanzil text: one verse on each line, SURAH|AYAH|text, or XML");
  text->type_name("FILE");
  const auto with_text = [&](CLI::Option* option, const char* type) { option->needs(text)->type_name(type); };
  with_text(command->add_option("--morphology", options->morphology,
                                "Morphology of the Quranic Arabic Corpus 0.4, for --text"),
            "FILE");
  with_text(command->add_option("--treebank", options->treebank, "Quranic Treebank, for --text"), "FILE");
  with_text(command->add_option("--masaq", options->masaq, "MASAQ, for --text"), "FILE");
  with_text(command
                ->add_option("--translation", options->translations,
                             "Translation in one of the formats of --text; may be given several times")
                ->expected(1)
                ->take_all(),
            "LANG=FILE");
  with_text(
      command->add_option("--translations", options->translation_folder,
                          "Folder of translations: each file LANG.NAME.txt or .xml, such as en.sahih.txt"),
      "DIR");
  command->add_option("--conllu", options->conllu, "CoNLL-U file whose words have Ref=SURAH:AYAH:WORD")
      ->type_name("FILE");
  command->add_option("--max-size", options->max_size, help_of_limits())
      ->transform(size_in_bytes())
      ->type_name("SIZE");
  const CLI::Option* database = add_database_option(
      *command, options->database,
      "Database to make; an existing one without research is replaced once the new one is complete");
  command->add_flag("--replace", options->replace,
                    "Replace even a database with research, and keep a backup next to it");
  command->add_flag("--keep-research", options->keep,
                    "The same, and take its research into the new database: by surah, ayah and word");
  command->add_flag("--check", options->check,
                    "Say what the import would do, and with which warnings; make and change nothing");
  command->footer(
      "Give one source: --starter, --legacy, --conllu or --text. Examples:\n"
      "  kalima import --starter --db try.db\n"
      "  kalima import --legacy ~/quran-server/data --db quran.db\n"
      "  kalima import --text quran.txt --morphology morphology.txt --db quran.db\n"
      "Only a Kalima database, or an empty file, is replaced; nothing else is overwritten,\n"
      "with --replace too. Research is whatever was written since an import, and what a folder\n"
      "of the old server brought.");
  command->callback([options, database, &chosen] {
    options->database_given = database->count() > 0;
    require_one_source(*options);
    chosen = [options] { return run(*options); };
  });
}

}  // namespace kalima::cli

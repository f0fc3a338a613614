// kalima research: what people wrote, into a file and back.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <limits>
#include <memory>
#include <optional>

#include "app/notes.h"
#include "app/own_names.h"
#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/terminal.h"
#include "research/exchange.h"
#include "support/clock.h"
#include "support/error.h"
#include "support/files.h"
#include "support/scratch.h"
#include "support/stop.h"

namespace kalima::cli {
namespace {

struct Options {
  std::string database, file, format = "jsonl";
  bool replace = false, check = false;
};

int export_notes(const Options& options) {
  std::optional<files::NewFile> made;
  const std::filesystem::path database = database_path(options.database);
  if (options.file != "-") {
    app::require_other_name(database, files::path_from_utf8(options.file));
    made.emplace(files::path_from_utf8(options.file));
  }
  std::size_t count = 0;
  {
    app::Notes notes(database);
    research::Wanted all;
    all.limit = std::numeric_limits<std::size_t>::max();
    const research::Listing found = notes.library().list(notes.reader(), all);
    warn("{}", app::unreadable_warning(found));
    std::vector<research::Document> documents;
    for (const auto& entry : found.entries) documents.push_back(notes.library().document(*entry));
    std::string text;
    if (options.format == "jsonl") {
      text = research::research_heading(notes.core(), documents.size(),
                                        utc_iso_time(std::chrono::system_clock::now())) +
             '\n';
      for (const research::Document& document : documents)
        text += research::research_line(document, notes.core()) + '\n';
      count = documents.size();
    } else {
      text = research::web_annotations(documents, notes.core()) + '\n';
      for (const research::Document& document : documents) count += document.type->motivation.empty() ? 0 : 1;
    }
    if (made) {
      files::write_durably(made->path(), text);
      made->put_in_place();
    } else {
      write_output(text);
      stop::check();
      finish_output();
    }
  }
  warn("{} documents are written.\n", with_commas(count));
  return 0;
}

int import_notes(const Options& options) {
  using What = research::Exchanged::What;
  const std::filesystem::path database = database_path(options.database);
  const std::string file = files::read(files::path_from_utf8(options.file));
  research::Exchanged done;
  {
    // Closed last, it puts the log into the database.
    store::Connection connection = app::open_for_writing(database);
    const app::Notes notes(database);
    done = in_context([&] { return ErrorContext{.place = {.file = options.file}}; },
                      [&] {
                        return research::import_research(connection, notes.core(), file, options.replace,
                                                         options.check);
                      });
  }
  const auto list = [&](What what, std::string_view says) {
    for (const auto& row : done.rows) {
      if (row.what != what) continue;
      const std::string line = row.line == 0 ? "" : fmt::format("{}:", row.line);
      say("{}:{} {} {}: {}\n", options.file, line, row.type->name, row.id, says);
    }
  };
  list(What::conflict, options.check || !options.replace
                           ? "the database has another one, which stays; --replace takes this one"
                           : "");
  list(What::no_verse, "the corpus has not this verse; it is left out");
  list(What::no_words, "is kept, but the corpus has not all of its words");
  list(What::other_words, "is kept, but its words are others than in the file");
  say("{}{} added, {} replaced, {} as they were, {} left as they are, {} left out.\n",
      options.check ? "Would be: " : "", with_commas(done.count(What::added)),
      with_commas(done.count(What::replaced)), with_commas(done.count(What::same)),
      with_commas(done.count(What::conflict)), with_commas(done.count(What::no_verse)));
  // A script must not take it for all.
  return done.count(What::conflict) + done.count(What::no_verse) > 0 ? 1 : 0;
}

}  // namespace

void add_research(CLI::App& app, Action& chosen) {
  CLI::App* research = app.add_subcommand("research", "What people wrote, into a file and back");
  research->require_subcommand(1);
  auto out = std::make_shared<Options>();
  CLI::App* exporting = research->add_subcommand("export", "Write all documents into a new file");
  exporting->add_option("FILE", out->file, "New file; - for standard output")->required();
  exporting
      ->add_option("--format", out->format,
                   "jsonl comes back as it was; jsonld are Web Annotations (W3C), which say less")
      ->check(one_of({"jsonl", "jsonld"}))
      ->capture_default_str();
  add_database_option(*exporting, out->database);
  exporting->callback([out, &chosen] { chosen = [out] { return export_notes(*out); }; });
  auto in = std::make_shared<Options>();
  CLI::App* importing =
      research->add_subcommand("import", "Merge the documents of such a file into the database");
  importing->add_option("FILE", in->file, "A file of `kalima research export`, or of Web Annotations (W3C)")
      ->required();
  importing->add_flag("--replace", in->replace,
                      "Take the documents of the file where the database has others of their ids");
  importing->add_flag("--check", in->check, "Say what would be done, and change nothing");
  add_database_option(*importing, in->database);
  importing->callback([in, &chosen] { chosen = [in] { return import_notes(*in); }; });
  research->footer(
      "Works while a server is running. The exit code of an import is 1 if a document was left\n"
      "out or a conflict stays. docs/research.md describes the files. Examples:\n"
      "  kalima research export notes.jsonl --db quran.db\n"
      "  kalima research import notes.jsonl --db other.db --check");
}

}  // namespace kalima::cli

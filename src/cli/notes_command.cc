// kalima notes: what people wrote, without a server.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>

#include "api/v1/places.h"
#include "app/notes.h"
#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/concordance.h"
#include "cli/terminal.h"
#include "corpus/columns/content_hash.h"
#include "query/query.h"
#include "research/limits.h"
#include "saved/counts.h"
#include "support/error.h"
#include "support/files.h"
#include "support/nearest.h"
#include "support/stop.h"
#include "support/utf8.h"

namespace kalima::cli {
namespace {

using research::DocumentField;
using research::DocumentType;

constexpr std::uint64_t max_listed = 1'000'000'000;

struct ListOptions {
  std::string database, text, verses, type, tag, status, author, language, since, until, sort = "place",
                                                                                         format = "table";
  std::vector<std::string> kinds;
  bool marked = false;
  std::uint64_t limit = 50;
};

struct WriteOptions {
  std::string database, kind, id, anchor, json, version, format = "table";
  std::vector<std::string> fields;
};

std::string kind_names() {
  std::string out;
  for (const DocumentType& type : research::document_types())
    out += (out.empty() ? "" : ", ") + std::string(type.name);
  return out;
}

const DocumentType& type_named(const std::string& name) {
  if (const DocumentType* type = research::find_document_type(name)) return *type;
  throw Error(ErrorCode::bad_input, fmt::format("\"{}\" is not a kind of notes", name),
              "kinds: " + kind_names());
}

// What a person sees of a document: the first of its texts.
std::string shown_text(const research::Document& document) {
  for (const DocumentField& field : document.type->fields) {
    const std::string_view text = research::text_member(document.kept, field.name);
    if (field.searched && !text.empty()) {
      std::string line(utf8::prefix(text, 60));
      std::ranges::replace_if(
          line, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
      return line.size() < text.size() ? line + "…" : line;
    }
  }
  return {};
}

int list(const ListOptions& options) {
  app::Notes notes(database_path(options.database));
  research::Wanted wanted;
  for (const std::string& kind : options.kinds) wanted.types.push_back(&type_named(kind));
  if (!options.verses.empty()) {
    const auto range = in_context([] { return ErrorContext{.message = "--verses"}; },
                                  [&] { return api::v1::read_range(options.verses); });
    wanted.verses = {range.begin, range.end};
  }
  wanted.type = options.type;
  wanted.tag = options.tag;
  wanted.status = options.status;
  wanted.author = options.author;
  wanted.language = options.language;
  wanted.since = options.since;
  wanted.until = options.until;
  wanted.text = options.text;
  if (options.marked) wanted.marked = true;
  wanted.order =
      static_cast<research::Order>(std::ranges::find(research::order_names, std::string_view(options.sort)) -
                                   std::begin(research::order_names));
  wanted.limit = options.limit;
  wanted.starter = !options.kinds.empty() || !options.text.empty();
  const research::Listing found = notes.library().list(notes.reader(), wanted);
  std::vector<std::vector<std::string>> rows{{"kind", "id", "words", "text", "modified"}};
  for (const auto& entry : found.entries) {
    const research::Document document = notes.library().document(*entry);
    if (options.format == "jsonl") {
      write_output(json::ordered(research::plain_document(document, notes.core())) + '\n');
      continue;
    }
    std::string words =
        document.anchor ? research::words_of(*document.anchor, notes.core()).value_or("(not in the corpus)")
                        : std::string();
    if (const std::string_view part = utf8::prefix(words, 30); part.size() < words.size())
      words = std::string(part) + "…";
    rows.push_back({std::string(document.type->name), document.id, words, shown_text(document),
                    entry->modified.substr(0, 16)});
  }
  warn("{}", app::unreadable_warning(found));
  if (found.starter_left_out > 0) {
    warn("{} that came with the program {} not listed (--kind translation)\n",
         counted(found.starter_left_out, "translation"), found.starter_left_out == 1 ? "is" : "are");
  }
  if (options.format == "jsonl") return 0;
  say("{} of {}\n", with_commas(found.entries.size()), with_commas(found.total));
  if (rows.size() > 1) write_output(table(rows, screen_of_output()));
  return 0;
}

json::Value json_file(const std::string& name) {
  std::string text;
  if (name == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    text = files::read(files::path_from_utf8(name), research::max_document_bytes);
  }
  return in_context([&] { return ErrorContext{.place = {.file = name}}; },
                    [&] { return json::parse(text, research::document_limits); });
}

json::Value field_value(const DocumentField& field, std::string_view text) {
  if (text.empty()) return {};
  if (field.kind == DocumentField::Kind::text) return text;
  if (field.kind == DocumentField::Kind::any) {
    return in_context([&] { return ErrorContext{.message = std::string(field.name)}; },
                      [&] { return json::parse(text, research::document_limits); });
  }
  json::Array out;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view part = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    if (!part.empty()) out.emplace_back(part);
  }
  return out;
}

std::string_view searched_field(const DocumentType& type) {
  const auto field = std::ranges::find_if(type.fields, &DocumentField::searched);
  return field == type.fields.end() ? type.fields.front().name : field->name;
}

// Puts what the options say into a plain document.
void set_given(const DocumentType& type, const WriteOptions& options, json::Value& document) {
  if (!options.anchor.empty()) document.set("anchor", options.anchor);
  for (const std::string& given : options.fields) {
    const std::size_t equals = given.find('=');
    const std::string_view name = std::string_view(given).substr(0, equals);
    const auto field = std::ranges::find(type.fields, name, &DocumentField::name);
    if (equals == std::string::npos || field == type.fields.end()) {
      std::vector<std::string_view> known;
      for (const DocumentField& each : type.fields) known.push_back(each.name);
      const std::string meant = did_you_mean(nearest(name, known));
      throw Error(
          ErrorCode::bad_input,
          equals == std::string::npos ? fmt::format("\"{}\" is not FIELD=VALUE", given)
                                      : fmt::format("\"{}\" is not a field of {}", name, type.plural),
          meant.empty() ? fmt::format("fields of {}: {}", type.plural, fmt::join(known, ", ")) : meant);
    }
    document.set(name, field_value(*field, std::string_view(given).substr(equals + 1)));
  }
}

// What was renamed or removed may be missing elsewhere.
void warn_of_names(app::Notes& notes, const DocumentType& type, const std::string& id) {
  const auto entries = notes.library().now(notes.reader());
  const std::vector<std::string> by = saved::named_by(*entries, type, id);
  if (by.empty()) return;
  warn("{}{} is named by {}, which cannot be asked now.\n", type.sign, id, fmt::join(by, ", "));
}

int report(const char* what, const DocumentType& type, const std::string& id, const research::Outcome& made) {
  if (made.stale) {
    throw Error(ErrorCode::stale, fmt::format("{} {} was changed since that version; now it is {}", type.name,
                                              id, made.document->version));
  }
  if (made.entry == 0) {
    say("{} {} is so already.\n", type.name, id);
  } else {
    say("{} {} {}; `kalima undo {}`, with the same --db, takes it back.\n", type.name, id, what, made.entry);
  }
  return 0;
}

std::shared_ptr<const query::Names> names_of(app::Notes& notes) {
  return std::make_shared<saved::SavedNames>([&notes] { return notes.library().now(notes.reader()); });
}

query::Options counting() {
  query::Options out;
  out.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  out.cancelled = [] { return stop::requested() != 0; };
  return out;
}

// What queries can name is written with what it finds.
void complete(app::Notes& notes, const DocumentType& type, const std::string& id, json::Value& document,
              const json::Value* before) {
  if (type.sign == 0) return;
  const query::Engine engine(notes.core());
  const std::string corpus = columns::content_hash(notes.core());
  saved::complete(type, id, document, before, {engine, corpus, names_of(notes), counting()});
}

int add(const WriteOptions& options) {
  const DocumentType& type = type_named(options.kind);
  json::Value document = options.json.empty() ? json::Value(json::Object{}) : json_file(options.json);
  if (document.as_object() == nullptr)
    throw Error(ErrorCode::bad_input, "the document must be a JSON object");
  set_given(type, options, document);
  const bool says_nothing = std::ranges::none_of(type.fields, [&](const DocumentField& field) {
    const json::Value* value = document.find(field.name);
    return value != nullptr && !value->is_null();
  });
  // Of what has a name the name alone says something.
  if (says_nothing && type.kind && document.find("more") == nullptr) {
    throw Error(ErrorCode::bad_input, fmt::format("the {} says nothing", type.name),
                fmt::format("write a field of it, such as {}=\"…\"", searched_field(type)));
  }
  if (!options.id.empty()) document.set("id", options.id);
  app::Notes notes(database_path(options.database));
  complete(notes, type, {}, document, nullptr);
  const research::Outcome made = notes.writing().create(type, document, "kalima notes add");
  return report("is written", type, made.document->id, made);
}

research::Document present(app::Notes& notes, const DocumentType& type, const std::string& id) {
  const auto entry = notes.library().find(notes.reader(), type, id);
  if (!entry) {
    const auto place = research::find_place(id.substr(0, id.find(':', id.find(':') + 1)));
    const std::string where =
        place ? fmt::format(" --verses {}:{}", place->verse.surah, place->verse.ayah) : std::string();
    throw Error(ErrorCode::not_found, fmt::format("{} \"{}\" not found", type.name, id),
                fmt::format("`{} notes list --kind {}{}` shows their ids", program(), type.name, where));
  }
  return notes.library().document(*entry);
}

int show(const WriteOptions& options) {
  app::Notes notes(database_path(options.database));
  const auto document = present(notes, type_named(options.kind), options.id);
  std::string out;
  json::write_indented(research::plain_document(document, notes.core()), out);
  write_output(out + '\n');
  return 0;
}

int edit(const WriteOptions& options) {
  const DocumentType& type = type_named(options.kind);
  app::Notes notes(database_path(options.database));
  const research::Document before = present(notes, type, options.id);
  json::Value document =
      options.json.empty() ? research::plain_document(before, notes.core()) : json_file(options.json);
  set_given(type, options, document);
  complete(notes, type, options.id, document, &before.kept);
  const std::string& seen = options.version.empty() ? before.version : options.version;
  const research::Outcome made =
      notes.writing().replace(type, options.id, seen, document, "kalima notes edit");
  const int status = report("is changed", type, options.id, made);
  if (made.document->id != options.id) warn_of_names(notes, type, options.id);
  return status;
}

// "168 hits in 116 verses"
std::string counts_text(const json::Value& counts) {
  const auto number = [&](std::string_view name) {
    const json::Value* value = counts.find(name);
    return value == nullptr ? 0 : static_cast<std::uint64_t>(value->as_integer().value_or(0));
  };
  return counted(number("hits"), "hit") + " in " + counted(number("verses"), "verse");
}

// For people: what it finds now, what it found when it was saved, and what else has changed.
std::string said_of(const json::Value& answer) {
  std::string out = fmt::format("{}\n", research::text_member(answer, "query"));
  if (const json::Value& error = *answer.find("error"); !error.is_null()) {
    out += fmt::format("It cannot be asked: {}\n{}", research::text_member(error, "message"),
                       research::text_member(error, "shown"));
    const std::string_view cure = research::text_member(error, "cure");
    return cure.empty() ? out : out + fmt::format("  {}\n", cure);
  }
  out += fmt::format("{}{}\n", counts_text(*answer.find("now")),
                     *answer.find("partial") == json::Value(true) ? "; time ran out: this is not all" : "");
  const json::Value& saved = *answer.find("saved");
  if (saved.is_null()) return out + "What it found when it was saved is not known.\n";
  out +=
      fmt::format("saved {}: {}; ", research::text_member(saved, "date").substr(0, 10), counts_text(saved));
  std::vector<std::string_view> changed;
  for (const json::Value& one : *answer.find("changed")->as_array()) changed.emplace_back(*one.as_string());
  if (changed.empty()) return out + "nothing has changed\n";
  return out + fmt::format("changed: {}\n", fmt::join(changed, ", "));
}

// Asks a saved query again, and says what has changed since it was saved.
int run_saved(const WriteOptions& options) {
  app::Notes notes(database_path(options.database));
  const DocumentType& type = type_named(options.kind);
  if (type.sign == 0) {
    throw Error(ErrorCode::bad_input, fmt::format("{} cannot be asked", type.plural),
                "queries, subcorpora and lists can");
  }
  const research::Document document = present(notes, type, options.id);
  const query::Engine engine(notes.core());
  const std::string corpus = columns::content_hash(notes.core());
  const json::Value answer = saved::asked_again(document, {engine, corpus, names_of(notes), counting()});
  if (options.format == "json") {
    std::string out;
    json::write_indented(answer, out);
    write_output(out + '\n');
  } else {
    write_output(said_of(answer));
  }
  // A script must not take it for an answer.
  return answer.find("error")->is_null() ? 0 : 1;
}

int remove(const WriteOptions& options) {
  const DocumentType& type = type_named(options.kind);
  app::Notes notes(database_path(options.database));
  const std::string seen = options.version.empty() ? "*" : options.version;
  const int status = report("is removed", type, options.id,
                            notes.writing().remove(type, options.id, seen, "kalima notes remove"));
  warn_of_names(notes, type, options.id);
  return status;
}

void add_list_command(CLI::App& notes, Action& chosen, bool search) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* command = search ? notes.add_subcommand("search", "Find words in what people wrote")
                             : notes.add_subcommand("list", "List what people wrote");
  if (search) {
    command
        ->add_option("TEXT", options->text,
                     "Words: Arabic in any spelling, others with their stems; \"in quotation marks\" words "
                     "that follow each other")
        ->required();
  }
  command->add_option("--kind", options->kinds, kind_names().c_str())->type_name("KIND");
  command->add_option("--verses", options->verses, "2:255, 2:255-257, 2 (a surah), juz:30 …")
      ->type_name("RANGE");
  command->add_option("--type", options->type, "Only with this `type` or `target_type`");
  command->add_option("--tag", options->tag, "Only with this tag");
  command->add_option("--status", options->status, "Only with this status");
  command->add_option("--author", options->author, "Only from this author");
  command->add_option("--language", options->language, "Only in this language");
  command->add_flag("--marked", options->marked,
                    "Only those whose words were others before another corpus came");
  command->add_option("--since", options->since, "Only changed then or later: 2026-11-28")->type_name("TIME");
  command->add_option("--until", options->until, "Only changed then or before")->type_name("TIME");
  command->add_option("--sort", options->sort, "place, created, -created, modified, -modified")
      ->check(one_of({std::begin(research::order_names), std::end(research::order_names)}))
      ->capture_default_str();
  command->add_option("--limit", options->limit, "How many at most")
      ->check(whole_number(0, max_listed))
      ->capture_default_str();
  command->add_option("--format", options->format, "table for people, jsonl for programs")
      ->check(one_of({"table", "jsonl"}))
      ->capture_default_str();
  add_database_option(*command, options->database);
  command->callback([options, &chosen] { chosen = [options] { return list(*options); }; });
}

enum class Needs : std::uint8_t { kind, id };

CLI::App* add_write_command(CLI::App& notes, Action& chosen, const char* name, const char* help, Needs needs,
                            bool fields, int (*run)(const WriteOptions&)) {
  auto options = std::make_shared<WriteOptions>();
  CLI::App* command = notes.add_subcommand(name, help);
  command->add_option("KIND", options->kind, kind_names().c_str())->required();
  if (needs == Needs::id)
    command->add_option("ID", options->id, "As lists show it: SURAH:AYAH:NAME")->required();
  if (fields) {
    command
        ->add_option(
            "FIELDS", options->fields,
            "FIELD=VALUE: a text, texts with commas between them, or JSON; an empty value removes it")
        ->type_name("FIELD=VALUE");
    command
        ->add_option("--at", options->anchor,
                     "Where it belongs: 2:255, 2:255:1, 2:255:1-2:255:3, or several with commas")
        ->type_name("PLACE");
    command->add_option("--json", options->json, "File with the document as JSON; - for standard input")
        ->type_name("FILE");
    if (needs == Needs::kind)
      command->add_option("--id", options->id, "Its name; otherwise one is made")->type_name("NAME");
  }
  if (run == run_saved) {
    command->add_option("--format", options->format, "table for people, json for programs")
        ->check(one_of({"table", "json"}))
        ->capture_default_str();
  }
  if (needs == Needs::id && run != show && run != run_saved)
    command->add_option("--version", options->version, "Only if it is still this version");
  add_database_option(*command, options->database);
  command->callback([options, run, &chosen] { chosen = [options, run] { return run(*options); }; });
  return command;
}

}  // namespace

void add_notes(CLI::App& app, Action& chosen) {
  CLI::App* notes = app.add_subcommand("notes",
                                       "What people wrote: annotations, hypotheses, pronouns, connections, "
                                       "translations, tags, patterns, saved "
                                       "queries, sub-corpora, lists");
  notes->require_subcommand(1);
  add_list_command(*notes, chosen, false);
  add_list_command(*notes, chosen, true);
  add_write_command(*notes, chosen, "show", "Show one as JSON", Needs::id, false, show);
  add_write_command(*notes, chosen, "add", "Write one", Needs::kind, true, add);
  add_write_command(*notes, chosen, "edit", "Change fields of one", Needs::id, true, edit);
  add_write_command(*notes, chosen, "run", "Ask a saved query, sub-corpus or list again: what has changed",
                    Needs::id, false, run_saved);
  add_write_command(*notes, chosen, "remove", "Remove one", Needs::id, false, remove);
  notes->footer(
      "Works while a server is running, which shows the change within a second. Examples:\n"
      "  kalima notes add annotation --at 112:1:1 note=\"Sincerity begins\" tags=creed,names\n"
      "  kalima notes search \"throne\" --kind annotation\n"
      "  kalima notes add list --id mercy items=رحمة,رحمن attribute=word\n"
      "  kalima notes add query --id opening query='<verse> [word=$mercy]'\n"
      "  kalima notes run query opening\n"
      "  kalima notes edit query opening note=\"Why I ask\"\n"
      "  kalima notes list --verses juz:30 --sort -modified --format jsonl");
}

}  // namespace kalima::cli

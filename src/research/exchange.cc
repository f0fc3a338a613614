#include "research/exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "research/incoming.h"
#include "research/limits.h"
#include "research/shelf.h"
#include "store/history.h"
#include "store/research_edit.h"
#include "support/clock.h"
#include "support/error.h"
#include "support/utf8.h"

namespace kalima::research {
namespace {

using corpus::VersePlace;
using store::ResearchEdit;
using What = Exchanged::What;

// A document is nested in its line.
constexpr json::Limits line_limits{.depth = document_limits.depth + 2, .string_bytes = 16 * 1024 * 1024};

[[noreturn]] void refuse_line(std::size_t line, std::string message) {
  throw Error(ErrorCode::bad_input, std::move(message), {}, {.line = line});
}

json::Value parsed_line(std::string_view text, std::size_t number) {
  return in_context([&] { return ErrorContext{.place = {.line = number}}; },
                    [&] { return json::parse(text, line_limits); });
}

void require_heading(std::string_view text) {
  // Anything may be given, also what is not JSON.
  const bool is_heading = text.find("\"kalima\"") != std::string_view::npos;
  const json::Value heading = is_heading ? parsed_line(text, 1) : json::Value();
  const json::Value* version = heading.find("version");
  if (text_member(heading, "kalima") != research_file_mark || version == nullptr) {
    throw Error(ErrorCode::bad_input, "this is not a file of `kalima research export`, nor Web Annotations",
                "name a file that `kalima research export` wrote", {.line = 1});
  }
  if (version->as_integer() != research_file_version)
    refuse_line(1, fmt::format("the file has another version than {}", research_file_version));
}

Incoming document_line(std::string_view text, std::size_t number) {
  const json::Value value = parsed_line(text, number);
  const DocumentType* type = find_document_type(text_member(value, "kind"));
  if (type == nullptr) refuse_line(number, "\"kind\" is not a kind of documents");
  Incoming out{number, type, std::string(text_member(value, "id")), {}, {}, {}, {}};
  const auto parsed = parse_id(*type, out.id);
  if (!parsed || out.id.empty()) refuse_line(number, fmt::format("\"id\" is not one of a {}", type->name));
  out.name = parsed->name;
  out.verse = parsed->verse;
  // A key of the registry may be anything.
  if (const std::string_view key = text_member(value, "key"); !type->kind && !key.empty()) out.name = key;
  if (const std::string_view words = text_member(value, "words"); !words.empty()) out.words = words;
  const json::Value* document = value.find("document");
  if (document == nullptr || document->as_object() == nullptr)
    refuse_line(number, "\"document\" must be an object");
  if (json::ordered(*document).size() > max_document_bytes)
    refuse_line(number, fmt::format("the document has more than {} bytes", max_document_bytes));
  out.kept = *document;
  return out;
}

std::vector<Incoming> read_documents(std::string_view file) {
  if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
  if (lacks_web_context(file)) {
    throw Error(ErrorCode::bad_input, "the Web Annotations have no \"@context\"",
                fmt::format("add \"@context\": \"{}\" to the first object of the file", web_context));
  }
  if (is_web_annotations(file))
    return read_web_annotations(file, local_iso_time(std::chrono::system_clock::now()));
  std::vector<Incoming> out;
  for (std::size_t number = 1; !file.empty(); ++number) {
    const std::size_t end = std::min(file.find('\n'), file.size());
    std::string_view text = file.substr(0, end);
    file.remove_prefix(std::min(file.size(), end + 1));
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (number == 1) {
      require_heading(text);
    } else if (!text.empty()) {
      out.push_back(document_line(text, number));
    }
    if (file.empty()) return out;
  }
  refuse_line(1, "the file is empty");
}

// Whether it is where it was, by the corpus as it is now; if not, the document gets the words that it was written about.
What marked(Incoming& line, const columns::CoreFile& core, What unmarked) {
  if (!line.verse) return unmarked;
  const Document document = document_of(*line.type, line.verse, line.name, line.kept);
  const auto words = words_of(*document.anchor, core);
  // Those of a corpus before the last one, if the document has been marked since then.
  std::string former(text_member(line.kept, former_words_member));
  if (former.empty() && line.words) former = *line.words;
  if (former.empty()) return words ? unmarked : What::no_words;
  if (words == former) {
    line.kept.erase(former_words_member);
    return unmarked;
  }
  line.kept.set(former_words_member, former);
  return words ? What::other_words : What::no_words;
}

// `was` is the document as the file has it, `line` as it is to be kept.
What merge(ResearchEdit& edit, const Incoming& line, const json::Value& was, const columns::CoreFile& core,
           bool replace) {
  Shelf shelf(edit, *line.type);
  std::optional<Shelf::Slot> there;
  if (!line.type->kind) {
    if (shelf.has_id(line.name)) there = Shelf::Slot{0, line.name};
  } else if (line.name.starts_with('@')) {
    // A place is not the same document in another list.
    if (shelf.has_same(line.kept) || shelf.has_same(was)) return What::same;
  } else {
    there = shelf.find(line.name);
  }
  if (!there) {
    shelf.require_room();
    shelf.add(line.name, line.kept);
    return What::added;
  }
  const json::Value present = shelf.document(*there);
  if (content_of(*line.type, present) == content_of(*line.type, line.kept) ||
      (line.is_web_annotation &&
       says_the_same(document_of(*line.type, line.verse, line.name, present), line, core)))
    return What::same;
  if (!replace) return What::conflict;
  shelf.replace(*there, line.kept);
  return What::replaced;
}

}  // namespace

json::Value content_of(const DocumentType& type, json::Value kept) {
  for (const std::string_view member : {former_words_member, type.created, type.modified}) kept.erase(member);
  return kept;
}

std::size_t Exchanged::count(What what) const {
  return static_cast<std::size_t>(std::ranges::count(rows, what, &Row::what));
}

std::string research_heading(const columns::CoreFile& core, std::size_t documents, std::string_view date) {
  return json::ordered(json::Object{{"kalima", research_file_mark},
                                    {"version", research_file_version},
                                    {"verses", static_cast<std::int64_t>(core.verses())},
                                    {"documents", static_cast<std::int64_t>(documents)},
                                    {"date", date}});
}

std::string research_line(const Document& document, const columns::CoreFile& core) {
  json::Object out{{"kind", document.type->name}, {"id", document.id}};
  if (document.anchor) {
    out.emplace_back("anchor", anchor_json(*document.anchor));
    out.emplace_back("words", words_of(*document.anchor, core));
  }
  if (!document.key.empty()) out.emplace_back("key", document.key);
  out.emplace_back("document", document.kept);
  return json::ordered(out);
}

Exchanged import_research(store::Connection& database, const columns::CoreFile& core, std::string_view file,
                          bool replace, bool check) {
  std::vector<Incoming> lines = read_documents(file);
  Exchanged out;
  // By verse, those of the registry last: each is one entry of the history.
  std::map<std::int64_t, std::vector<Incoming*>> by_verse;
  constexpr std::int64_t registry = INT64_MAX;
  for (Incoming& line : lines) {
    if (!line.verse) {
      by_verse[registry].push_back(&line);
    } else if (const auto verse = core.find_verse(line.verse->surah, line.verse->ayah)) {
      by_verse[static_cast<std::int64_t>(*verse)].push_back(&line);
    } else {
      out.rows.push_back({line.line, What::no_verse, line.type, line.id});
    }
  }
  store::Transaction transaction(database);
  for (const auto& [verse, of_verse] : by_verse) {
    const std::optional<std::int64_t> number = verse == registry ? std::nullopt : std::optional(verse);
    ResearchEdit edit(database, number);
    for (Incoming* line : of_verse) {
      const json::Value was = line->kept;
      const What place = marked(*line, core, What::same);
      const What done = in_context([&] { return ErrorContext{.place = {.line = line->line}}; },
                                   [&] { return merge(edit, *line, was, core, replace); });
      const bool written = done == What::added || done == What::replaced;
      out.rows.push_back({line->line, done, line->type, line->id});
      if (written && place != What::same) out.rows.push_back({line->line, place, line->type, line->id});
    }
    if (edit.changed()) store::add_history(database, edit, "research import");
  }
  if (!check) transaction.commit();
  std::ranges::stable_sort(out.rows, {}, &Exchanged::Row::line);
  return out;
}

}  // namespace kalima::research

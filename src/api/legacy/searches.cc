// The searches: {count, query, results, type}, each result with the whole verse.
#include <fmt/format.h>

#include <memory>

#include "api/legacy/api.h"
#include "api/legacy/pattern_request.h"
#include "api/legacy/reading_json.h"
#include "api/legacy/search/searcher.h"
#include "api/legacy/splice.h"
#include "api/legacy/values.h"
#include "support/error.h"
#include "support/json.h"
#include "support/utf8.h"
#include "text/unicode.h"

namespace kalima::api::legacy {
namespace {

using http::Body;
using http::PathParts;
using http::Request;
using http::Response;

// Puts an answer together. A result's members must be added in the order of their names, "verse" last.
class Answer {
 public:
  Answer(const LiveVerses& verses, std::size_t count, std::string_view query_json) : verses_(verses) {
    body_.append(fmt::format("{{\"count\":{},\"query\":{},\"results\":[", count, query_json));
  }

  // `members` is empty or ends with a comma.
  void add(std::string_view members, std::size_t verse) {
    body_.append(first_ ? "{" : ",{");
    first_ = false;
    body_.append(members);
    body_.append("\"verse\":");
    splice_verse(verses_, verse, body_);
    body_.append('}');
  }

  Response finish(std::string_view type) {
    body_.append("],\"type\":" + json::quoted(type) + '}');
    return http::json_response(std::move(body_));
  }

 private:
  const LiveVerses& verses_;
  Body body_;
  bool first_ = true;
};

// Appends `"match_term":...,` if there is a term.
void write_match_term(std::string_view term, std::string& members) {
  if (term.empty()) return;
  members += "\"match_term\":";
  json::write_string(term, members);
  members += ',';
}

std::string_view form_of(const Snapshot& s, std::uint32_t word) {
  return s.strings().optional(s.word(word).form).value_or("");
}

Response text_search(const LiveVerses& verses, const Searcher& searcher, const Request& request) {
  const std::string query = request.parameter("q").value_or("");
  const std::string type = request.parameter("type").value_or("text");
  const std::size_t limit = count_parameter(request, "limit", 100);
  const auto found = type == "root" ? searcher.root(query, limit) : searcher.text(text::lower(query), limit);
  Answer answer(verses, found.count, json::quoted(query));
  for (const std::uint32_t verse : found.hits) answer.add(fmt::format("\"index\":{},", verse), verse);
  return answer.finish(type);
}

Response root_search(const LiveVerses& verses, const Searcher& searcher, const Request& request) {
  const Snapshot& s = verses.snapshot();
  const std::string query = request.parameter("root").value_or("");
  const std::string_view root = text::stripped(query);
  const std::size_t limit = count_parameter(request, "limit", 200);
  const auto found = searcher.root_words(root, limit);
  Answer answer(verses, found.count, json::quoted(query));
  const std::string match = "\"match\":" + json::quoted(fmt::format("Root: {}", root)) + ',';
  for (const WordHit& hit : found.hits) {
    std::string members = match;
    write_match_term(form_of(s, hit.word), members);
    answer.add(members, hit.verse);
  }
  return answer.finish("root");
}

// Verses with a pattern of /api/morph_patterns or /api/syntax_patterns.
template <typename Find>
Response pattern_search(const LiveVerses& verses, const Rows<PatternRow>& patterns, const std::string& id,
                        std::string_view type, Find find) {
  const Snapshot& s = verses.snapshot();
  const auto pattern = find_pattern(patterns, s.strings(), id);
  const Found<std::uint32_t> found = pattern ? find(*pattern) : Found<std::uint32_t>{};
  Answer answer(verses, found.count, json::quoted(id));
  const std::string match =
      pattern ? "\"match\":" + json::quoted(s.strings()[patterns[*pattern].label]) + ',' : std::string();
  for (const std::uint32_t verse : found.hits) answer.add(match, verse);
  return answer.finish(type);
}

Response morphology_search(const LiveVerses& verses, const Searcher& searcher, const Request& request) {
  const Snapshot& s = verses.snapshot();
  const std::size_t limit = count_parameter(request, "limit", 100);
  if (const auto id = request.parameter("pattern_id"); id && !id->empty()) {
    return pattern_search(verses, s.morph_patterns(), *id, "morphology",
                          [&](std::size_t pattern) { return searcher.morph_pattern(pattern, limit); });
  }
  const std::string query = request.parameter("q").value_or("");
  const std::string needle = text::lower(text::stripped(query));
  const Found<SegmentHit> found = needle.empty() ? Found<SegmentHit>{} : searcher.morphology(needle, limit);
  Answer answer(verses, found.count, json::quoted(query));
  for (const SegmentHit& hit : found.hits) {
    const KindRow kind = s.kinds()[hit.kind];
    const auto value = [&](StringId id) { return s.strings().optional(id).value_or(""); };
    const std::string match =
        fmt::format("{} • {} • {}", text::upper(value(kind.type)), value(kind.pos), value(kind.lemma));
    std::string members = fmt::format("\"index\":{},\"match\":", hit.verse);
    json::write_string(text::stripped(match), members);
    members += ',';
    write_match_term(form_of(s, hit.word), members);
    answer.add(members, hit.verse);
  }
  return answer.finish("morphology");
}

// The parts between white space and , > + -
std::vector<std::string> parts_of_speech(std::string_view query) {
  std::string spaced(query);
  for (char& c : spaced) {
    if (c == ',' || c == '>' || c == '+' || c == '-') c = ' ';
  }
  std::vector<std::string> out;
  for (const std::string_view part : text::words(spaced)) out.emplace_back(part);
  return out;
}

Response syntax_search(const LiveVerses& verses, const Searcher& searcher, const Request& request) {
  const Snapshot& s = verses.snapshot();
  const std::size_t limit = count_parameter(request, "limit", 100);
  if (const auto id = request.parameter("pattern_id"); id && !id->empty()) {
    return pattern_search(verses, s.syntax_patterns(), *id, "syntax",
                          [&](std::size_t pattern) { return searcher.syntax_pattern(pattern, limit); });
  }
  const std::string query = request.parameter("q").value_or("");
  std::vector<std::string> tags;
  std::string match = "POS pattern:";
  for (const std::string& part : parts_of_speech(query)) {
    tags.push_back(text::lower(part));
    match += ' ' + text::upper(part);
  }
  const Found<WordHit> found = searcher.syntax(tags, limit);
  Answer answer(verses, found.count, json::quoted(query));
  for (const WordHit& hit : found.hits) {
    std::string members = fmt::format("\"index\":{},\"match\":", hit.verse);
    json::write_string(match, members);
    members += ',';
    std::string forms;
    for (std::uint32_t i = 0; i < tags.size(); ++i) {
      const std::string_view form = form_of(s, hit.word + i);
      if (form.empty()) continue;
      if (!forms.empty()) forms += ' ';
      forms += form;
    }
    write_match_term(forms, members);
    answer.add(members, hit.verse);
  }
  return answer.finish("syntax");
}

Response word_pattern_search(const LiveVerses& verses, const Searcher& searcher, const Request& request) {
  const PatternRequest wanted = parse_pattern_request(request.body);
  const auto found = searcher.word_pattern(wanted.pattern, wanted.limit);
  Answer answer(verses, found.count, wanted.query_json);
  const std::string regex = json::quoted(wanted.regex);
  for (const VerseCount& hit : found.hits) {
    answer.add(
        fmt::format("\"match\":\"Pattern match\",\"match_count\":{},\"match_regex\":{},", hit.count, regex),
        hit.verse);
  }
  return answer.finish("pattern_word");
}

// A filter that is missing or empty matches everything.
std::optional<std::string> filter_parameter(const Request& request, std::string_view name) {
  auto value = request.parameter(name);
  return value && value->empty() ? std::nullopt : value;
}

// {"NAME":value or null,...} of parameters; names must be sorted.
std::string echo(const Request& request,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> name_and_parameter) {
  std::string out = "{";
  for (const auto& [name, parameter] : name_and_parameter) {
    if (out.size() > 1) out += ',';
    out += json::quoted(name) + ':';
    json::write_optional(request.parameter(parameter), out);
  }
  return out + '}';
}

std::string joined(const std::vector<std::string>& parts, std::string_view otherwise) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out.empty() ? std::string(otherwise) : out;
}

Response verb_search(const LiveVerses& verses, const Searcher& searcher, const Request& request) {
  const Snapshot& s = verses.snapshot();
  const std::size_t limit = count_parameter(request, "limit", 50);
  VerbFilter filter;
  std::vector<std::string> words;
  const auto take = [&](std::string_view name, std::optional<std::string>& value, std::string_view prefix,
                        std::string_view suffix) {
    value = filter_parameter(request, name);
    if (value) words.push_back(fmt::format("{}{}{}", prefix, *value, suffix));
  };
  take("form", filter.verb_form, "Form ", "");
  if (filter.verb_form) filter.verb_form = words.back();
  take("person", filter.person, "", " person");
  take("number", filter.number, "", "");
  take("gender", filter.gender, "", "");
  take("voice", filter.voice, "", "");
  take("tense", filter.tense, "", "");

  const auto found = searcher.verbs(filter, limit);
  Answer answer(verses, found.count,
                echo(request, {{"gender", "gender"},
                               {"number", "number"},
                               {"person", "person"},
                               {"tense", "tense"},
                               {"verb_form", "form"},
                               {"voice", "voice"}}));
  const std::string match = json::quoted(joined(words, "Verb"));
  const auto value = [&](StringId id) { return s.strings().optional(id); };
  for (const VerseCount& hit : found.hits) {
    std::string members = fmt::format("\"match\":{},\"match_count\":{},\"matches\":[", match, hit.count);
    bool first = true;
    for (const SegmentHit& verb : searcher.verbs_of(hit.verse, filter, 3)) {
      const KindRow kind = s.kinds()[verb.kind];
      members += first ? "{\"lemma\":" : ",{\"lemma\":";
      first = false;
      json::write_optional(value(kind.lemma), members);
      members += ",\"parsed\":";
      write_reading(
          {value(kind.type), value(kind.pos), value(kind.root), value(kind.lemma), value(kind.features)},
          members);
      members += ",\"root\":";
      json::write_optional(value(kind.root), members);
      members += ",\"token_form\":";
      json::write_optional(value(s.word(verb.word).form), members);
      members += '}';
    }
    answer.add(members + "],", hit.verse);
  }
  return answer.finish("verb_forms");
}

// Appends `"NAME":[...],` with the first five rows of a verse that `wanted` accepts.
template <typename Wanted>
void write_rows(const RowTable& table, std::size_t verse, std::string_view name, std::string& members,
                Wanted wanted) {
  members += fmt::format("\"{}\":[", name);
  std::size_t written = 0;
  for (RowTable::Cursor rows(table, verse); written < 5 && rows.next();) {
    if (!wanted(rows.cells())) continue;
    if (written++ > 0) members += ',';
    table.write(rows.cells(), members);
  }
  members += "],";
}

Response relation_search(const LiveVerses& verses, const Searcher& searcher, const Request& request) {
  const Snapshot& s = verses.snapshot();
  const std::string relation = request.parameter("relation").value_or("");
  const std::size_t limit = count_parameter(request, "limit", 50);
  if (relation.empty()) throw Error(ErrorCode::bad_input, "relation parameter required");
  const auto found = searcher.relation(relation, limit);
  Answer answer(verses, found.count, "{\"relation\":" + json::quoted(relation) + '}');
  const RowTable& table = s.treebank();
  const auto column = table.column("rel_label");
  const StringId label = table.find_cell(json::quoted(relation));
  const std::string match = json::quoted("Dependency: " + relation);
  for (const VerseCount& hit : found.hits) {
    std::string members;
    write_rows(table, hit.verse, "dependency_matches", members,
               [&](std::span<const StringId> cells) { return column && cells[*column] == label; });
    members += fmt::format("\"match\":{},\"match_count\":{},", match, hit.count);
    answer.add(members, hit.verse);
  }
  return answer.finish("dependency");
}

Response masaq_search(const LiveVerses& verses, const Searcher& searcher, const Request& request) {
  const Snapshot& s = verses.snapshot();
  const std::size_t limit = count_parameter(request, "limit", 50);
  const RowTable& table = s.masaq();
  MasaqFilter filter;
  std::vector<std::string> words;
  std::vector<std::pair<std::size_t, StringId>> wanted;  // column, cell
  const auto take = [&](std::string_view name, std::optional<std::string>& value, std::string_view word,
                        std::optional<std::size_t> column) {
    value = filter_parameter(request, name);
    if (!value) return;
    words.push_back(fmt::format("{}: {}", word, *value));
    if (column) wanted.emplace_back(*column, table.find_cell(json::quoted(*value)));
  };
  const auto tag_column = table.column("Morph_tag");
  take("morph_tag", filter.morph_tag, "Type", tag_column ? tag_column : table.column("Morph_Tag"));
  take("syntactic_role", filter.syntactic_role, "Role", table.column("Syntactic_Role"));
  take("case_mood", filter.case_mood, "Case", table.column("Case_Mood"));

  const auto found = searcher.masaq(filter, limit);
  Answer answer(
      verses, found.count,
      echo(request,
           {{"case_mood", "case_mood"}, {"morph_tag", "morph_tag"}, {"syntactic_role", "syntactic_role"}}));
  const std::string match = json::quoted(joined(words, "MASAQ morphology match"));
  for (const VerseCount& hit : found.hits) {
    std::string members;
    // "masaq_matches" < "match": names are in the order of code points.
    write_rows(table, hit.verse, "masaq_matches", members, [&](std::span<const StringId> cells) {
      return std::all_of(wanted.begin(), wanted.end(),
                         [&](const auto& w) { return cells[w.first] == w.second; });
    });
    members += fmt::format("\"match\":{},\"match_count\":{},", match, hit.count);
    answer.add(members, hit.verse);
  }
  return answer.finish("masaq_morphology");
}

}  // namespace

void add_search_routes(http::Router& router, const Context& context) {
  using Search = Response (*)(const LiveVerses&, const Searcher&, const Request&);
  struct Row {
    const char *method, *path;
    Search search;
  };
  const auto tags = std::make_shared<const Tags>(context.verses.snapshot());
  for (const Row& row : {Row{"GET", "/api/search", text_search}, Row{"GET", "/api/search/roots", root_search},
                         Row{"GET", "/api/search/morphology", morphology_search},
                         Row{"GET", "/api/search/syntax", syntax_search},
                         Row{"POST", "/api/search/pattern_word", word_pattern_search},
                         Row{"GET", "/api/search/verb_forms", verb_search},
                         Row{"GET", "/api/search/dependency", relation_search},
                         Row{"GET", "/api/search/morphology_advanced", masaq_search}}) {
    const auto handler = [&verses = context.verses, &workers = context.workers, tags, search = row.search](
                             const Request& request, const PathParts&) {
      auto worker = workers.lease();
      return search(verses, Searcher(verses.snapshot(), *tags, *worker->terms), request);
    };
    router.add(row.method, row.path, handler, {.cached = true, .only_reads = true});
  }
}

}  // namespace kalima::api::legacy

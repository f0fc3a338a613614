#include "api/legacy/derived/builder.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

#include "api/legacy/derived/patterns.h"
#include "api/legacy/derived/reading.h"
#include "api/legacy/derived/row_table.h"
#include "api/legacy/derived/snapshot.h"
#include "api/legacy/verses/verse_json.h"
#include "support/container.h"
#include "support/error.h"
#include "support/json.h"
#include "support/string_list.h"
#include "support/utf8.h"
#include "text/unicode.h"

namespace kalima::api::legacy {
namespace {

// The treebank's columns in the old API's answers: the API's name of each, and the file's.
constexpr std::pair<const char*, const char*> treebank_columns[] = {
    {"gender", "gender"},
    {"lemma", "lemma"},
    {"number", "number"},
    {"person", "person"},
    {"pos", "pos"},
    {"ref_token_id", "ref_token_id"},
    {"rel_label", "rel_label"},
    {"rel_label_ar", "rel_label_ar"},
    {"root", "root"},
    {"token_id", "token_id"},
    {"verb_aspect", "verb_aspect"},
    {"verb_form", "verb_form"},
    {"verb_mood", "verb_mood"},
    {"verb_voice", "verb_voice"},
    {"word", "uthmani_unicode"},
};

constexpr std::size_t absent = static_cast<std::size_t>(-1);

std::size_t place_of(const std::vector<std::string>& columns, std::string_view name) {
  const auto it = std::find(columns.begin(), columns.end(), name);
  return it == columns.end() ? absent : static_cast<std::size_t>(it - columns.begin());
}

std::uint32_t size32(std::size_t size) {
  if (size >= no_row)
    throw Error(ErrorCode::too_large, "the corpus is too large for the index (4 GiB in one part)");
  return static_cast<std::uint32_t>(size);
}

std::string json_list(const std::set<std::string>& values) {
  std::string out = "[";
  for (const std::string& value : values) {
    if (out.size() > 1) out += ',';
    json::write_string(value, out);
  }
  return out + ']';
}

std::string joined(std::initializer_list<std::string_view> parts, std::string_view separator,
                   bool keep_empty) {
  std::string out;
  bool first = true;
  for (const std::string_view part : parts) {
    if (part.empty() && !keep_empty) continue;
    if (!first) out += separator;
    first = false;
    out += part;
  }
  return out;
}

}  // namespace

struct SnapshotBuilder::Parts {
  Parts(const std::filesystem::path& path, std::string_view identity,
        std::vector<std::int64_t> number_and_mark)
      : out(path, snapshot_kind, identity), revision(std::move(number_and_mark)) {
    out.begin(section_json);
  }

  std::uint32_t kind_of(const corpus::Segment& segment, std::size_t verse);
  std::uint32_t reading_of(const corpus::Segment& segment);
  void add_vocabulary(std::string_view text);
  void add_syntax_patterns(const corpus::Verse& verse, std::size_t number);
  std::string surahs_json() const;

  // The verses' JSON is most of the file and goes there verse by verse; the other sections follow at the end.
  ContainerWriter out;
  std::uint64_t json_size = 0;
  std::vector<std::int64_t> revision;
  std::vector<VerseRow> verses;
  std::vector<WordRow> words;
  std::vector<std::uint32_t> segments;
  std::vector<KindRow> kinds;
  std::map<std::array<StringId, 5>, std::uint32_t> kind_numbers;
  std::vector<ReadingRow> readings;
  std::map<std::array<StringId, 6>, std::uint32_t> reading_numbers;
  StringListBuilder strings;
  std::string texts, lower_texts;
  PatternCollector morph_patterns, syntax_patterns;
  std::set<std::string> roots;
  std::map<std::uint32_t, std::pair<std::string, std::size_t>> surahs;  // name, ayah count

  std::unordered_map<std::string, std::uint32_t> vocabulary_numbers;
  std::u32string vocabulary;
  std::vector<std::uint32_t> vocabulary_offsets{0};
  std::vector<std::uint64_t> vocabulary_letters;
  std::vector<std::uint32_t> vocabulary_uses;
  std::vector<std::uint32_t> verse_vocabulary;

  std::vector<std::size_t> treebank_places;
  std::unique_ptr<RowTableBuilder> treebank;
  std::map<std::string, std::uint32_t> relation_rows;  // by JSON text
  std::set<std::string> relations, relations_ar;

  std::vector<std::size_t> masaq_places;
  std::size_t morph_tag = absent, syntactic_role = absent, case_mood = absent;
  std::unique_ptr<RowTableBuilder> masaq;
  std::map<std::array<std::string, 3>, std::uint32_t> masaq_rows;  // by JSON texts, empty where absent
  std::set<std::string> morph_tags, syntactic_roles, case_moods;
};

SnapshotBuilder::SnapshotBuilder(const std::filesystem::path& path, std::string_view identity,
                                 std::int64_t revision, std::int64_t mark)
    : parts_(std::make_unique<Parts>(path, identity, std::vector{revision, mark})) {
  set_treebank_columns({});
  set_masaq_columns({});
}
SnapshotBuilder::~SnapshotBuilder() = default;

std::uint32_t SnapshotBuilder::Parts::reading_of(const corpus::Segment& segment) {
  const auto reading = read_features(segment.features.value_or(""));
  const auto id = [this](const auto& value) {
    return value ? strings.add(std::string_view(*value)) : no_string;
  };
  const std::array<StringId, 6> key = {id(reading.verb_form), id(reading.person), id(reading.number),
                                       id(reading.gender),    id(reading.voice),  id(reading.tense)};
  const auto [entry, added] = reading_numbers.emplace(key, size32(readings.size()));
  if (added) readings.push_back({key[0], key[1], key[2], key[3], key[4], key[5], 0});
  return entry->second;
}

std::uint32_t SnapshotBuilder::Parts::kind_of(const corpus::Segment& segment, std::size_t verse) {
  const std::array<StringId, 5> key = {strings.add(segment.type), strings.add(segment.pos),
                                       strings.add(segment.root), strings.add(segment.lemma),
                                       strings.add(segment.features)};
  const std::string type = text::lower(segment.type.value_or("")),
                    pos = text::lower(segment.pos.value_or("")),
                    lemma = text::lower(segment.lemma.value_or("")),
                    features = text::lower(segment.features.value_or(""));
  std::uint32_t pattern = no_row;
  if (!(type.empty() && pos.empty() && lemma.empty() && features.empty())) {
    const std::string id = joined({type, pos, lemma, features}, "|", true);
    const std::string label = joined({text::upper(segment.type.value_or("")), segment.pos.value_or(""),
                                      segment.lemma.value_or(""), segment.features.value_or("")},
                                     " • ", false);
    pattern = morph_patterns.add(id, label, verse);
  }
  const auto [entry, added] = kind_numbers.emplace(key, size32(kinds.size()));
  if (added) {
    KindRow kind{};
    std::tie(kind.type, kind.pos, kind.root, kind.lemma, kind.features) =
        std::tuple(key[0], key[1], key[2], key[3], key[4]);
    kind.lower_pos = pos.empty() ? no_string : strings.add(std::string_view(pos));
    kind.pattern = pattern;
    kind.reading = segment.pos == "V" ? reading_of(segment) : no_row;
    std::string haystack = type;
    for (const std::string& value : {pos, text::lower(segment.root.value_or("")), lemma, features}) {
      haystack += value_separator;
      haystack += value;
    }
    kind.haystack = strings.add(std::string_view(haystack));
    kind.letters = letters_of(haystack);
    kinds.push_back(kind);
  }
  if (kinds[entry->second].reading != no_row) ++readings[kinds[entry->second].reading].segments;
  return entry->second;
}

void SnapshotBuilder::Parts::add_vocabulary(std::string_view text) {
  for (const std::string_view part : text::words(text)) {
    const auto [entry, added] = vocabulary_numbers.emplace(std::string(part), size32(vocabulary_uses.size()));
    if (added) {
      std::uint64_t letters = 0;
      for (const char32_t c : utf8::to_code_points(part)) {
        vocabulary.push_back(c);
        letters |= std::uint64_t{1} << (c % 64);
      }
      vocabulary_offsets.push_back(size32(vocabulary.size()));
      vocabulary_letters.push_back(letters);
      vocabulary_uses.push_back(0);
    }
    ++vocabulary_uses[entry->second];
    verse_vocabulary.push_back(entry->second);
  }
}

// All pairs of neighbouring words, then all triples; words without a part of speech are skipped.
void SnapshotBuilder::Parts::add_syntax_patterns(const corpus::Verse& verse, std::size_t number) {
  std::vector<std::string> tags;
  for (const corpus::Word& word : verse.words) {
    if (word.segments.empty()) continue;
    const std::string tag = text::lower(word.segments.front().pos.value_or(""));
    if (!tag.empty()) tags.push_back(tag);
  }
  for (std::size_t size = 2; size <= 3; ++size) {
    for (std::size_t from = 0; from + size <= tags.size(); ++from) {
      std::string id, label;
      for (std::size_t i = from; i < from + size; ++i) {
        if (i > from) {
          id += '|';
          label += " → ";
        }
        id += tags[i];
        label += text::upper(tags[i]);
      }
      syntax_patterns.add(id, label, number);
    }
  }
}

void SnapshotBuilder::add(const corpus::Verse& verse, const VerseLayout& layout) {
  Parts& p = *parts_;
  const std::size_t number = p.verses.size();
  VerseRow row{};
  row.surah = static_cast<std::uint32_t>(verse.surah);
  row.ayah = static_cast<std::uint32_t>(verse.ayah);
  row.first_word = size32(p.words.size());
  row.first_segment = size32(p.segments.size());
  row.text_begin = size32(p.texts.size());
  row.lower_begin = size32(p.lower_texts.size());
  row.json_begin = p.json_size;
  row.vocabulary_begin = size32(p.verse_vocabulary.size());
  p.verses.push_back(row);

  p.texts += verse.text;
  p.lower_texts += text::lower(verse.text);
  p.add_vocabulary(verse.text);
  std::string json;
  json::write_sorted(to_json(verse, layout), json);
  json += ',';
  p.out.append(json);
  p.json_size += json.size();
  for (const corpus::Word& word : verse.words) {
    p.words.push_back({p.strings.add(word.form), size32(p.segments.size())});
    for (const corpus::Segment& segment : word.segments) {
      p.segments.push_back(p.kind_of(segment, number));
      if (segment.root) {
        if (const auto root = text::stripped(*segment.root); !root.empty()) p.roots.emplace(root);
      }
    }
  }
  p.add_syntax_patterns(verse, number);
  auto& [name, ayahs] = p.surahs.try_emplace(row.surah, verse.surah_name, 0).first->second;
  ++ayahs;
}

void SnapshotBuilder::set_treebank_columns(const std::vector<std::string>& columns) {
  Parts& p = *parts_;
  std::vector<std::string> names;
  p.treebank_places.clear();
  for (const auto& [name, source] : treebank_columns) {
    names.emplace_back(name);
    p.treebank_places.push_back(place_of(columns, source));
  }
  p.treebank = std::make_unique<RowTableBuilder>(names);
}

void SnapshotBuilder::add_treebank_row(const corpus::TableRow& row) {
  Parts& p = *parts_;
  if (!row.verse) return;
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < p.treebank_places.size(); ++i) {
    const std::size_t place = p.treebank_places[i];
    cells.push_back(place < row.cells.size() ? json::quoted(row.cells[place]) : "null");
    const std::string_view name = treebank_columns[i].first;
    if (place >= row.cells.size() || row.cells[place].empty() || row.cells[place] == "_") continue;
    if (name == "rel_label") {
      ++p.relation_rows[cells.back()];
      p.relations.insert(row.cells[place]);
    } else if (name == "rel_label_ar") {
      p.relations_ar.insert(row.cells[place]);
    }
  }
  p.treebank->add(static_cast<std::size_t>(*row.verse), cells);
}

void SnapshotBuilder::set_masaq_columns(const std::vector<std::string>& columns) {
  Parts& p = *parts_;
  std::vector<std::string> sorted = columns;
  std::sort(sorted.begin(), sorted.end());
  p.masaq_places.clear();
  for (const std::string& name : sorted) p.masaq_places.push_back(place_of(columns, name));
  p.masaq = std::make_unique<RowTableBuilder>(sorted);
  // The releases of the data set differ in this column's name.
  p.morph_tag = std::min(place_of(columns, "Morph_tag"), place_of(columns, "Morph_Tag"));
  p.syntactic_role = place_of(columns, "Syntactic_Role");
  p.case_mood = place_of(columns, "Case_Mood");
}

void SnapshotBuilder::add_masaq_row(const corpus::TableRow& row) {
  Parts& p = *parts_;
  if (!row.verse) return;
  std::vector<std::string> cells;
  for (const std::size_t place : p.masaq_places) {
    cells.push_back(place < row.cells.size() ? json::quoted(row.cells[place]) : "null");
  }
  p.masaq->add(static_cast<std::size_t>(*row.verse), cells);
  const auto cell = [&](std::size_t place, std::set<std::string>& distinct) -> std::string {
    if (place >= row.cells.size()) return {};
    if (!row.cells[place].empty()) distinct.insert(row.cells[place]);
    return json::quoted(row.cells[place]);
  };
  ++p.masaq_rows[{cell(p.morph_tag, p.morph_tags), cell(p.syntactic_role, p.syntactic_roles),
                  cell(p.case_mood, p.case_moods)}];
}

std::string SnapshotBuilder::Parts::surahs_json() const {
  std::string out = "[";
  for (const auto& [number, surah] : surahs) {
    if (out.size() > 1) out += ',';
    out += "{\"ayah_count\":" + std::to_string(surah.second) + ",\"name\":";
    json::write_string(surah.first, out);
    out += ",\"number\":" + std::to_string(number) + '}';
  }
  return out + ']';
}

void SnapshotBuilder::finish() {
  Parts& p = *parts_;
  ContainerWriter& out = p.out;
  const std::size_t verse_count = p.verses.size();

  const PatternCollector::Sorted morph = p.morph_patterns.sorted(p.strings);
  const PatternCollector::Sorted syntax = p.syntax_patterns.sorted(p.strings);
  for (KindRow& kind : p.kinds) {
    if (kind.pattern != no_row) kind.pattern = morph.numbers[kind.pattern];
  }

  std::vector<std::uint32_t> by_reference(verse_count);
  std::iota(by_reference.begin(), by_reference.end(), 0u);
  std::sort(by_reference.begin(), by_reference.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(p.verses[a].surah, p.verses[a].ayah) < std::tie(p.verses[b].surah, p.verses[b].ayah);
  });
  p.verses.push_back({0, 0, size32(p.words.size()), size32(p.segments.size()), size32(p.texts.size()),
                      size32(p.lower_texts.size()), size32(p.verse_vocabulary.size()), 0, p.json_size});
  p.words.push_back({no_string, size32(p.segments.size())});

  std::vector<std::uint32_t> list_offsets{0};
  std::string list_bytes;
  const auto add_list = [&](List list, const std::string& json) {
    if (static_cast<std::size_t>(list) + 1 != list_offsets.size()) {
      throw Error(ErrorCode::internal, "the lists of the snapshot are out of order");
    }
    list_bytes += json;
    list_offsets.push_back(size32(list_bytes.size()));
  };
  add_list(List::roots, json_list(p.roots));
  add_list(List::surahs, p.surahs_json());
  add_list(List::morph_patterns, morph.json);
  add_list(List::syntax_patterns, syntax.json);
  add_list(List::masaq_features, "{\"case_moods\":" + json_list(p.case_moods) +
                                     ",\"morph_tags\":" + json_list(p.morph_tags) +
                                     ",\"syntactic_roles\":" + json_list(p.syntactic_roles) + '}');
  add_list(List::relations, "{\"relations\":" + json_list(p.relations) +
                                ",\"relations_ar\":" + json_list(p.relations_ar) + '}');

  p.treebank->write(out, section_treebank, verse_count);
  p.masaq->write(out, section_masaq, verse_count);
  std::vector<RelationRow> relations;
  for (const auto& [cell, rows] : p.relation_rows) relations.push_back({p.treebank->number_of(cell), rows});
  std::vector<MasaqCombination> combinations;
  const auto masaq_cell = [&](const std::string& cell) {
    return cell.empty() ? no_string : p.masaq->number_of(cell);
  };
  for (const auto& [cells, rows] : p.masaq_rows) {
    combinations.push_back({masaq_cell(cells[0]), masaq_cell(cells[1]), masaq_cell(cells[2]), rows});
  }

  out.add(section_revision, p.revision);
  out.add(section_verses, p.verses);
  out.add(section_words, p.words);
  out.add(section_segments, p.segments);
  out.add(section_kinds, p.kinds);
  out.add(section_readings, p.readings);
  out.add(section_string_offsets, p.strings.offsets());
  out.add_bytes(section_string_bytes, p.strings.bytes());
  out.add_bytes(section_texts, p.texts);
  out.add_bytes(section_lower_texts, p.lower_texts);
  out.add(section_by_reference, by_reference);
  out.add(section_morph_patterns, morph.rows);
  out.add(section_syntax_patterns, syntax.rows);
  out.add(section_vocabulary_offsets, p.vocabulary_offsets);
  out.add(section_vocabulary, std::vector<char32_t>(p.vocabulary.begin(), p.vocabulary.end()));
  out.add(section_vocabulary_letters, p.vocabulary_letters);
  out.add(section_vocabulary_uses, p.vocabulary_uses);
  out.add(section_verse_vocabulary, p.verse_vocabulary);
  out.add(section_masaq_combinations, combinations);
  out.add(section_relations, relations);
  out.add(section_list_offsets, list_offsets);
  out.add_bytes(section_list_bytes, list_bytes);
  out.finish();
}

}  // namespace kalima::api::legacy

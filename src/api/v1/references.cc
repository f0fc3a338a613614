#include "api/v1/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "api/v1/written_reference.h"
#include "attributes/region_values.h"
#include "corpus/division_files.h"
#include "corpus/divisions.h"
#include "corpus/surahs.h"
#include "support/lines.h"
#include "support/numbers.h"
#include "support/utf8.h"
#include "text/letters.h"
#include "text/spelling.h"
#include "text/unicode.h"

namespace kalima::api::v1 {
namespace {

using http::JsonWriter;

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

// What of a name counts when it is compared: letters without case, marks, hamza, and what differs between keyboards and
// transliterations.
std::string key_of(std::string_view name) {
  constexpr char32_t hamza = 0x621;
  std::string out;
  for (const text::Letter& letter :
       text::letters(text::decomposed(utf8::to_code_points(text::lower(name))))) {
    const char32_t c = text::folded_base(letter);
    if ((c >= 'a' && c <= 'z') || (text::is_arabic_letter(c) && c != hamza)) utf8::append(out, c);
  }
  for (const auto& [what, by] : {std::pair("aa", "a"), std::pair("ee", "i"), std::pair("ii", "i"),
                                 std::pair("oo", "u"), std::pair("uu", "u"), std::pair("ou", "u")})
    replace_all(out, what, by);
  // Ta marbuta is written as a or ah.
  if (out.ends_with("ah")) out.pop_back();
  return out;
}

// The keys of a name: with and without its article, which Latin spellings assimilate (an-Nas), and without "the".
void add_keys(std::vector<std::string>& keys, std::string_view name) {
  const auto add = [&](const std::string& key) {
    if (!key.empty() && std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  };
  const std::string key = key_of(name);
  constexpr std::string_view article = "ال";
  add(key);
  if (key.starts_with(article)) add(key.substr(article.size()));
  if (name.starts_with("al-")) {
    const std::string bare = key.substr(2);
    add(bare);
    for (const std::string_view letters : {"sh", "th", "dh"}) {
      if (bare.starts_with(letters)) add("a" + std::string(letters) + bare);
    }
    add("a" + bare.substr(0, 1) + bare);
    add("el" + bare);
  }
  // "Ayatul Kursi", "Ayat an-Nur".
  constexpr std::string_view verse_of = "ayatal";
  if (key.starts_with(verse_of) && key.size() > verse_of.size()) {
    const std::string bare = key.substr(verse_of.size());
    for (const std::string_view before : {"ayatul", "ayatel"}) add(std::string(before) + bare);
    for (const std::string_view before : {"ayata", "ayatu"}) {
      for (const std::size_t doubled : {1u, 2u}) add(std::string(before) + bare.substr(0, doubled) + bare);
    }
  }
  if (name.starts_with("The ")) add(key_of(name.substr(4)));
}

// Rows `PART|NAME|NAME ...` of a file of names that is part of the program.
struct NameRow {
  std::string_view part;
  std::vector<std::string> keys;
};
std::vector<NameRow> read_names(std::string_view file_name) {
  std::vector<NameRow> out;
  for (const corpus::DivisionFile& file : corpus::division_files()) {
    if (file.name != file_name) continue;
    for (Lines lines(file.bytes); lines.next();) {
      std::string_view line = lines.line();
      if (line.starts_with('#') || line.empty()) continue;
      NameRow& row = out.emplace_back();
      row.part = line.substr(0, line.find('|'));
      line.remove_prefix(row.part.size());
      while (!line.empty()) {
        line.remove_prefix(1);
        const std::string_view name = line.substr(0, line.find('|'));
        add_keys(row.keys, name);
        line.remove_prefix(name.size());
      }
    }
  }
  return out;
}

struct Names {
  // Their keys; surah N has index N - 1.
  std::vector<std::vector<std::string>> surahs, english;
  std::vector<NameRow> verses;
};
const Names& names() {
  static const Names all = [] {
    Names out;
    for (const corpus::Surah& surah : corpus::surahs()) {
      std::vector<std::string>& keys = out.surahs.emplace_back();
      for (const std::string_view name : {surah.name, surah.latin}) add_keys(keys, name);
      add_keys(out.english.emplace_back(), surah.english);
    }
    for (const NameRow& row : read_names("surah_names")) {
      const auto number = numbers::parse<std::size_t>(row.part, {.min = 1, .max = out.surahs.size()});
      if (number) std::ranges::copy(row.keys, std::back_inserter(out.surahs[*number - 1]));
    }
    out.verses = read_names("verse_names");
    return out;
  }();
  return all;
}

bool has(const std::vector<std::string>& keys, const std::string& key) {
  return std::ranges::find(keys, key) != keys.end();
}

// Letters that only a transliteration has, as in "ar-raḥmān". Apostrophes as word processors write them are not among them.
bool has_signs(std::string_view typed) {
  return std::ranges::any_of(utf8::to_code_points(typed), [](char32_t c) {
    return c >= 0x80 && c != U'\u2018' && c != U'\u2019' && c != U'\u02BB' && c != U'\u02BC';
  });
}

// "al-", "an-", "el ": with it a name is not another word. With the signs of a transliteration it may be one that is quoted.
bool has_latin_article(std::string_view typed) {
  if (has_signs(typed)) return false;
  const std::string name = text::lower(text::stripped(typed));
  const std::size_t end = name.find_first_of("- ");
  if (end == std::string::npos) return false;
  return (name[0] == 'a' || name[0] == 'e') && end >= 2 && end <= 3;
}

struct NamedSurah {
  std::uint32_t number;
  bool is_word;  // as Reference has it
};

// The surahs whose name it is.
std::vector<NamedSurah> surahs_named(std::string_view typed, bool beginnings) {
  std::string key = key_of(typed);
  for (const std::string_view word : {"surah", "surat", "sura", "سوره"}) {
    if (key.starts_with(word) && key.size() > word.size()) {
      key.erase(0, word.size());
      break;
    }
  }
  std::vector<NamedSurah> same, beginning, with_k;
  if (key.empty()) return same;
  // Bakara, Kuraysh: as Turkish and others write q.
  const auto k_for_q = [](std::string k) {
    std::ranges::replace(k, 'q', 'k');
    return k;
  };
  const std::string key_with_k = k_for_q(key);
  for (std::uint32_t number = 1; number <= names().surahs.size(); ++number) {
    const std::vector<std::string>& keys = names().surahs[number - 1];
    const std::vector<std::string>& english = names().english[number - 1];
    const auto begins_so = [&](const std::string& k) { return k.starts_with(key); };
    const bool is_english = !has(keys, key) && has(english, key);
    const bool is_word = is_english || !corpus::surahs()[number - 1].name.starts_with("ال");
    if (has(keys, key) || is_english) {
      same.push_back({number, is_word});
    } else if (std::ranges::any_of(keys, begins_so) || std::ranges::any_of(english, begins_so)) {
      beginning.push_back({number, is_word});
    } else if (std::ranges::find(keys, key_with_k, k_for_q) != keys.end()) {
      with_k.push_back({number, is_word});
    }
  }
  if (!same.empty()) return same;
  return beginnings && !beginning.empty() ? beginning : with_k;
}

void write_surah(JsonWriter& out, std::uint32_t number) {
  const bool known = number >= 1 && number <= corpus::surahs().size();
  const corpus::Surah surah = known ? corpus::surahs()[number - 1] : corpus::Surah{};
  out.key("surah");
  known ? out.value(number) : out.null();
  out.key("name").value_or_null(surah.name).key("latin").value_or_null(surah.latin);
  out.key("english").value_or_null(surah.english);
}

void write_range(JsonWriter& out, const Places& places, const VerseRange& range) {
  const bool surah = range.begin.ayah == 0;
  const bool verse = range.last && *range.last == range.begin;
  out.begin_object().key("kind").value(verse ? "verse" : surah ? "surah" : range.last ? "verses" : "part");
  out.key("reference").value(range.text);
  write_surah(out, surah || range.last ? range.begin.surah : 0);
  out.key("present").value(places.has(range)).end_object();
}

void write_word(JsonWriter& out, const Places& places, const WordPlace& word) {
  out.begin_object().key("kind").value("word");
  out.key("reference").value(fmt::format("{}:{}", written(word.verse), word.word));
  write_surah(out, word.verse.surah);
  out.key("present").value(places.has(word)).end_object();
}

// The juz that begins with the surah.
std::optional<VerseRange> juz_from(std::uint32_t surah) {
  const auto starts = corpus::first_verses(attributes::Region::juz);
  const auto at = std::ranges::find(starts, corpus::VersePlace{surah, 1});
  if (at == starts.end()) return std::nullopt;
  return find_range(fmt::format("juz:{}", at - starts.begin() + 1));
}

// A name and the number of a verse, or numbers alone.
std::vector<Reference> as_written(const WrittenReference& written, bool beginnings) {
  std::vector<Reference> out;
  const auto add = [&](std::optional<VerseRange> range) {
    if (range) out.push_back({std::move(range), {}, true});
  };
  const std::string& numbers = written.numbers;
  if (written.name.empty()) {
    add(find_range(numbers));
    return out;
  }
  for (const auto& [surah, is_word] : surahs_named(written.name, beginnings)) {
    if (numbers == "juz:") {
      add(juz_from(surah));
    } else if (numbers.find(':') == std::string::npos) {
      add(find_range(fmt::format("{}:{}", surah, numbers)));
    } else if (numbers.starts_with(fmt::format("{}:", surah))) {
      add(find_range(numbers));
    }
  }
  return out;
}

}  // namespace

std::vector<Reference> find_references(std::string_view query, bool beginnings) {
  std::vector<Reference> out;
  const std::string_view typed = text::stripped(query);
  if (typed.size() > max_reference_bytes) return out;
  const WrittenReference written = read_reference(typed);
  const std::string_view alone =
      written.name.empty() ? std::string_view(written.numbers) : std::string_view();
  for (const std::string_view form : {typed, alone}) {
    if (auto range = find_range(form)) return {{std::move(range), {}, true}};
    if (auto word = find_word(form)) return {{{}, word, true}};
  }
  if (!written.numbers.empty()) return as_written(written, beginnings);
  const std::string key = key_of(typed);
  for (const NameRow& row : names().verses) {
    if (!key.empty() && has(row.keys, key)) out.push_back({find_range(row.part), {}, true});
  }
  if (!out.empty()) return out;
  const bool article = has_latin_article(typed);
  for (const auto& [surah, is_word] : surahs_named(typed, beginnings)) {
    if (auto range = find_range(fmt::format("{}", surah)))
      out.push_back({std::move(range), {}, false, is_word || !article});
  }
  return out;
}

bool is_there(const Places& places, const Reference& reference) {
  return reference.range ? places.has(*reference.range) : places.has(*reference.word);
}

void write_reference(JsonWriter& out, const Places& places, const Reference& reference) {
  if (reference.word) return write_word(out, places, *reference.word);
  write_range(out, places, *reference.range);
}

}  // namespace kalima::api::v1

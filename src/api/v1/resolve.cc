// What somebody means who writes a reference or the name of a surah.
#include <fmt/format.h>

#include <algorithm>

#include "api/v1/answer.h"
#include "api/v1/reading.h"
#include "api/v1/routes.h"
#include "corpus/surahs.h"
#include "support/utf8.h"
#include "text/plain.h"
#include "text/unicode.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
namespace shapes = http::shapes;

constexpr std::string_view kinds[] = {"verse", "verses", "surah", "part", "word"};
constexpr auto kind_shape = shapes::one_of(kinds);
constexpr Field match_fields[] = {
    {"kind", &kind_shape},
    {"reference", &shapes::text, "as the routes that read take it"},
    {"surah", &shapes::integer_or_null, "null for a part that is not in one surah"},
    {"name", &shapes::text_or_null, "of that surah, in Arabic"},
    {"latin", &shapes::text_or_null},
    {"english", &shapes::text_or_null},
    {"present", &shapes::boolean, "the corpus has it, or some of its verses"},
};
constexpr auto match_shape = shapes::object(match_fields, "Resolved");
constexpr auto matches_shape = shapes::array(match_shape);
constexpr Field answer_fields[] = {
    {"query", &shapes::text},
    {"matches", &matches_shape, "the most likely first; may be empty"},
};
constexpr auto answer_shape = shapes::object(answer_fields, "Resolution");
constexpr auto query_parameter = http::text(
    {.name = "q",
     .meaning =
         "a reference (2:255, 112, juz:30) or the name of a surah in Arabic, Latin letters or English, "
         "also with a verse after it (البقرة 255)",
     .example = "al-Ikhlas",
     .max = 100,
     .required = true});
constexpr const http::Parameter* parameters[] = {&query_parameter.row};
constexpr std::string_view examples[] = {"/api/v1/resolve?q=112:1", "/api/v1/resolve?q=al-ikhlas",
                                         "/api/v1/resolve?q=%D8%A7%D9%84%D8%A8%D9%82%D8%B1%D8%A9+255",
                                         "/api/v1/resolve?q=the+cow", "/api/v1/resolve?q=juz:30"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/resolve",
                                    .id = "resolve",
                                    .group = "reading",
                                    .summary = "Which verses a reference or the name of a surah means",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .examples = examples};

// Latin letters with signs, as names of surahs are written with.
char32_t without_sign(char32_t c) {
  static constexpr std::pair<char32_t, char32_t> letters[] = {
      {U'ā', 'a'}, {U'á', 'a'}, {U'â', 'a'}, {U'ī', 'i'}, {U'î', 'i'}, {U'ū', 'u'},
      {U'û', 'u'}, {U'ḥ', 'h'}, {U'ḫ', 'h'}, {U'ṣ', 's'}, {U'š', 's'}, {U'ḍ', 'd'},
      {U'ḏ', 'd'}, {U'ṭ', 't'}, {U'ṯ', 't'}, {U'ẓ', 'z'}, {U'ġ', 'g'}, {U'ǧ', 'g'}};
  for (const auto& [with, without] : letters) {
    if (c == with) return without;
  }
  return c;
}

// Arabic letters that differ between spellings of a name.
char32_t folded(char32_t c) {
  switch (c) {
    case 0x622:
    case 0x623:
    case 0x625:
    case 0x671:
      return 0x627;  // alif
    case 0x649:
    case 0x6CC:
      return 0x64A;  // ya
    case 0x629:
    case 0x6C1:
    case 0x6BE:
      return 0x647;  // ta marbuta, ha
    case 0x6A9:
      return 0x643;  // kaf
    default:
      return c;
  }
}

bool is_hamza_sign(char32_t c) {
  return c == 0x2BE || c == 0x2BF || c == 0x2BC || c == 0x2018 || c == 0x2019 || c == 0x621;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

// What of a name counts when it is compared: letters without case, marks, and what differs between keyboards and
// transliterations.
std::string key_of(std::string_view name) {
  std::string out;
  const std::string plain = text::plain(text::lower(text::nfc(name)));
  for (std::size_t at = 0; at < plain.size();) {
    const char32_t c = folded(without_sign(utf8::decode(plain, at)));
    if ((c >= 'a' && c <= 'z') || (c >= 0x620 && !is_hamza_sign(c))) utf8::append(out, c);
  }
  for (const auto& [what, by] : {std::pair("aa", "a"), std::pair("ee", "i"), std::pair("ii", "i"),
                                 std::pair("oo", "u"), std::pair("uu", "u"), std::pair("ou", "u")})
    replace_all(out, what, by);
  // Ta marbuta is written as a or ah.
  if (out.ends_with("ah")) out.pop_back();
  return out;
}

// The keys that name a surah: with and without its article, which Latin spellings assimilate (an-Nas).
std::vector<std::string> keys_of(const corpus::Surah& surah) {
  std::vector<std::string> keys;
  const auto add = [&](const std::string& key) {
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  };
  const std::string arabic = key_of(surah.name), latin = key_of(surah.latin), english = key_of(surah.english);
  add(arabic);
  if (arabic.starts_with("ال")) add(arabic.substr(std::string_view("ال").size()));
  add(latin);
  if (surah.latin.starts_with("al-")) {
    const std::string bare = latin.substr(2);
    add(bare);
    for (const std::string_view letters : {"sh", "th", "dh"}) {
      if (bare.starts_with(letters)) add("a" + std::string(letters) + bare);
    }
    add("a" + bare.substr(0, 1) + bare);
    add("el" + bare);
  }
  add(english);
  if (english.starts_with("the")) add(english.substr(3));
  return keys;
}

// Digits of any script that is used with Arabic as ASCII digits.
std::string with_ascii_digits(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    char32_t c = utf8::decode(text, at);
    for (const char32_t zero : {U'\u0660', U'\u06F0'}) {
      if (c >= zero && c <= zero + 9) c = U'0' + (c - zero);
    }
    utf8::append(out, c);
  }
  return out;
}

// Numbers with anything usual between them: "2 255", "2.255", "2/255".
std::string with_colons(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(
      out, [](char c) { return c == ' ' || c == '.' || c == ',' || c == '/'; }, ':');
  return out.find_first_not_of("0123456789:-") == std::string::npos ? out : std::string();
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

// The surahs whose name it is, or if there is none, begins with it.
std::vector<std::uint32_t> surahs_named(std::string_view typed) {
  std::string key = key_of(typed);
  for (const std::string_view word : {"surah", "surat", "sura", "سوره"}) {
    if (key.starts_with(word) && key.size() > word.size()) {
      key.erase(0, word.size());
      break;
    }
  }
  std::vector<std::uint32_t> same, beginning;
  if (key.empty()) return same;
  for (std::uint32_t number = 1; number <= corpus::surahs().size(); ++number) {
    const std::vector<std::string> keys = keys_of(corpus::surahs()[number - 1]);
    if (std::ranges::find(keys, key) != keys.end()) {
      same.push_back(number);
    } else if (std::ranges::any_of(keys, [&](const std::string& k) { return k.starts_with(key); })) {
      beginning.push_back(number);
    }
  }
  return same.empty() ? beginning : same;
}

void write_named(JsonWriter& out, const Places& places, std::string_view typed) {
  // A verse may follow the name.
  const std::size_t end = typed.find_last_not_of("0123456789");
  const std::string_view digits = end == std::string_view::npos ? std::string_view() : typed.substr(end + 1);
  for (const std::uint32_t surah : surahs_named(typed)) {
    const std::string reference =
        digits.empty() ? fmt::format("{}", surah) : fmt::format("{}:{}", surah, digits);
    if (const auto range = find_range(reference)) write_range(out, places, *range);
  }
}

http::Response resolve(const Places& places, const Call& call) {
  const std::string typed = with_ascii_digits(text::stripped(call[query_parameter]));
  JsonWriter out;
  out.begin_object().key("query").value(call[query_parameter]).key("matches").begin_array();
  auto range = find_range(typed);
  auto word = find_word(typed);
  if (!range && !word) {
    range = find_range(with_colons(typed));
    word = find_word(with_colons(typed));
  }
  if (range) {
    write_range(out, places, *range);
  } else if (word) {
    write_word(out, places, *word);
  } else {
    write_named(out, places, typed);
  }
  out.end_array().end_object();
  return answer_of(out);
}

}  // namespace

Routes resolve_routes(const std::shared_ptr<ReadingWhenAsked>& reading) {
  return {{&operation, [reading](const Call& call) { return resolve(reading->get().places, call); }}};
}

}  // namespace kalima::api::v1

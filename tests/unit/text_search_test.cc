#include "search/text_search.h"

#include <algorithm>

#include "corpus/word_places.h"
#include "small_corpus.h"
#include "support/utf8.h"
#include "text/proclitics.h"
#include "text/unicode.h"

using namespace kalima;
using search::TextFound;
using search::TextOptions;
using testing::Corpus;
using testing::error_of;
using testing::IndexedCorpus;
using testing::Random;
using text::Step;

namespace {

corpus::Verse verse(std::int64_t ayah, const std::string& text) {
  corpus::Verse made;
  made.surah = 1;
  made.ayah = ayah;
  made.text = text;
  for (const corpus::TextPiece& piece : corpus::text_pieces(text)) {
    if (!piece.has_letters) continue;
    corpus::Word& word = made.words.emplace_back();
    word.id = static_cast<std::int64_t>(made.words.size());
    word.form = piece.text;
  }
  return made;
}

IndexedCorpus corpus_of(const std::vector<std::string>& texts) {
  Corpus made;
  for (const std::string& text : texts)
    made.verses.push_back(verse(static_cast<std::int64_t>(made.verses.size() + 1), text));
  return IndexedCorpus(made);
}

TextFound find(const IndexedCorpus& corpus, std::string_view q, const TextOptions& options = {}) {
  return search_text(corpus.index().core(), corpus.index().words(), search::parse_text_query(q), options);
}

// "VERSE STEP WORD[FROM-TO]PROCLITIC ..." of each hit; from and to within the piece of the text.
std::vector<std::string> hits(const IndexedCorpus& corpus, std::string_view q,
                              const TextOptions& options = {}) {
  std::vector<std::string> out;
  for (const search::TextVerse& v : find(corpus, q, options).results) {
    for (const search::TextHit& hit : v.hits) {
      std::string line = std::to_string(v.verse + 1) + ' ' + std::string(text::step_name(hit.step));
      for (const search::TextWord& w : hit.words) {
        const std::u32string_view piece = corpus.index().words().entry(w.entry);
        const std::u32string text = utf8::to_code_points(corpus.corpus().verses[v.verse].text);
        CHECK(text.substr(w.from, w.to - w.from) == piece.substr(w.begin));
        line += ' ' + std::to_string(w.word) + '[' + std::to_string(w.begin) + '-' +
                std::to_string(w.to - w.from + w.begin) + ']' +
                text::proclitic_name(piece.substr(0, w.begin));
      }
      out.push_back(line);
    }
  }
  return out;
}
using Hits = std::vector<std::string>;

}  // namespace

TEST_CASE("a query is split into words") {
  CHECK(search::parse_text_query("الصبر").phrases.at(0).size() == 1);
  CHECK(search::parse_text_query("  «بسم، الله»\u200F ").phrases.at(0).size() == 2);
  CHECK(search::parse_text_query("لا ۛ ريب").phrases.at(0).size() == 2);
  for (const char* bad : {"", " ", "abc", "الله abc", "َ", "ـ", "123", "\xFF\xFE"}) {
    CHECK_MESSAGE(error_of([&] { search::parse_text_query(bad); }) == ErrorCode::bad_input, bad);
  }
  std::string words;
  for (std::size_t i = 0; i < search::TextQuery::max_words; ++i) words += "من ";
  CHECK(search::parse_text_query(words).phrases.at(0).size() == search::TextQuery::max_words);
  CHECK(error_of([&] { search::parse_text_query(words + "من"); }) == ErrorCode::bad_input);
  std::string letters;
  for (std::size_t i = 0; i < search::TextQuery::max_code_points; ++i) letters += "م";
  CHECK(search::parse_text_query(letters).phrases.at(0).size() == 1);
  CHECK(error_of([&] { search::parse_text_query(letters + "م"); }) == ErrorCode::bad_input);
}

TEST_CASE("operators of a query mean something or are refused") {
  using Kind = search::QueryWord::Kind;
  const auto parse = [](const char* q) { return search::parse_text_query(q); };
  CHECK(parse("رب العالمين | مالك|يوم").phrases.size() == 3);
  CHECK(parse("محمد -رسول -\"رب الناس\"").excluded.size() == 2);
  CHECK(parse("محمد -رسول").phrases.at(0).size() == 1);
  // Other dashes are punctuation.
  CHECK(parse("كتب-كتاب - قلم").phrases.at(0).size() == 3);
  const auto patterns = parse("يؤمن* دون * الل?").phrases.at(0);
  REQUIRE(patterns.size() == 4);
  CHECK(patterns[0].kind == Kind::pattern);
  CHECK(patterns[0].pattern == U"يومن*");
  CHECK(patterns[1].kind == Kind::word);
  CHECK(patterns[2].kind == Kind::any_word);
  CHECK(patterns[3].pattern == U"الل?");
  const auto quoted = parse("من \"شَرِّ مَا\"").phrases.at(0);
  REQUIRE(quoted.size() == 3);
  CHECK_FALSE(quoted[0].exact);
  CHECK(quoted[1].exact);
  CHECK(parse("\uFDFD").phrases.at(0).size() == 4);
  CHECK(parse("محمد ﷺ").phrases.at(0).size() == 1);
  // The brackets in which Arabic texts quote.
  CHECK(parse("{رحمة}").phrases.at(0).size() == 1);
  for (const char* bad : {"~رحمة", "رحمة$", "^رحمة", "+رحمة", "a@b", "-رسول", "*", "* *", "?", "\"", "\"رحمة",
                          "\"\"", "كَت*", "\"كت*\""}) {
    CHECK_MESSAGE(error_of([&] { parse(bad); }) == ErrorCode::bad_input, bad);
  }
}

TEST_CASE("words are found with what is before them, each with its step") {
  const IndexedCorpus corpus =
      corpus_of({"وَٱسْتَعِينُوا۟ بِٱلصَّبْرِ وَٱلصَّلَوٰةِ", "ٱلصَّبْرِ", "لِلَّهِ ٱلْأَمْرُ", "صَبْرٌ وُجُوهٌ", "الصبر"});
  CHECK(hits(corpus, "الصبر") ==
        Hits{"1 partial_vowels 2[2-11]ب", "2 partial_vowels 1[0-9]", "5 exact 1[0-5]"});
  CHECK(hits(corpus, "ٱلصَّبْرِ") == Hits{"1 exact 2[2-11]ب", "2 exact 1[0-9]", "5 partial_vowels 1[0-5]"});
  CHECK(hits(corpus, "الصلاة") == Hits{"1 modern_spelling 3[2-13]و"});
  CHECK(hits(corpus, "الله") == Hits{"3 partial_vowels 1[2-7]ل"});
  CHECK(hits(corpus, "الصبر والصلاة") == Hits{"1 modern_spelling 2[2-11]ب 3[0-13]"});
  CHECK(hits(corpus, "الصبر الصلاة") == Hits{"1 modern_spelling 2[2-11]ب 3[2-13]و"});
  TextOptions options;
  options.loosest = text::loosest_step;
  CHECK(hits(corpus, "جوه", options).empty());
  options = {};
  options.proclitics = search::Proclitics::no;
  CHECK(hits(corpus, "الصبر", options) == Hits{"2 partial_vowels 1[0-9]", "5 exact 1[0-5]"});
  options.loosest = Step::exact;
  CHECK(hits(corpus, "الصبر", options) == Hits{"5 exact 1[0-5]"});
  CHECK(hits(corpus, "الصلاة", options).empty());
}

TEST_CASE("phrases are consecutive words, across separate signs and joined words") {
  const IndexedCorpus corpus =
      corpus_of({"لَا رَيْبَ ۛ فِيهِ ۛ هُدًى", "يَـٰٓأَيُّهَا ٱلنَّاسُ", "ما من من من ما", "لَا فِيهِ رَيْبَ"});
  CHECK(hits(corpus, "لا ريب فيه هدى") == Hits{"1 partial_vowels 1[0-3] 2[0-6] 3[0-5] 4[0-5]"});
  CHECK(hits(corpus, "ريب ۛ فيه") == Hits{"1 partial_vowels 2[0-6] 3[0-5]"});
  CHECK(hits(corpus, "يا أيها الناس") == Hits{"2 modern_spelling 1[0-13] 2[0-8]"});
  CHECK(hits(corpus, "أيها الناس") == Hits{"2 partial_vowels 1[5-13]يا 2[0-8]"});
  CHECK(hits(corpus, "من من") == Hits{"3 exact 2[0-2] 3[0-2]", "3 exact 3[0-2] 4[0-2]"});
  CHECK(hits(corpus, "من ما") == Hits{"3 exact 4[0-2] 5[0-2]"});
  CHECK(hits(corpus, "هدى لا").empty());
}

TEST_CASE("counts are of all, results of a part") {
  std::vector<std::string> texts;
  for (int i = 0; i < 300; ++i) texts.push_back(i % 3 == 0 ? "قل" : i % 3 == 1 ? "قل و قل" : "هو");
  const IndexedCorpus corpus = corpus_of(texts);
  TextOptions options;
  options.offset = 3;
  options.limit = 2;
  const TextFound some = find(corpus, "قل", options);
  CHECK(some.verses == 200);
  CHECK(some.hits == 300);
  CHECK_FALSE(some.partial);
  REQUIRE(some.results.size() == 2);
  CHECK(some.results[0].verse == 4);
  CHECK(some.results[0].hits.size() == 2);
  CHECK(some.results[1].verse == 6);
  options.limit = 0;
  CHECK(find(corpus, "قل", options).hits == 300);
  options.limit = 50;
  options.offset = 200;
  CHECK(find(corpus, "قل", options).results.empty());
  options.offset = 0;
  int asked = 0;
  options.expired = [&] { return ++asked > 2; };
  const TextFound partial = find(corpus, "قل", options);
  CHECK(partial.partial);
  CHECK(partial.verses > 0);
  CHECK(partial.verses < 200);
  options.expired = [] { return true; };
  CHECK(find(corpus, "قل", options).partial);
  CHECK(find(corpus, "قل", options).verses == 0);
}

TEST_CASE("segments confirm proclitics") {
  Corpus made;
  const auto with = [&](std::int64_t ayah, std::string text,
                        std::vector<std::vector<std::pair<std::string, std::string>>> words) {
    corpus::Verse v = verse(ayah, text);
    v.words.clear();
    for (const auto& segments : words) {
      corpus::Word& word = v.words.emplace_back();
      word.id = static_cast<std::int64_t>(v.words.size());
      for (const auto& [type, pos] : segments) {
        corpus::Segment& segment = word.segments.emplace_back();
        segment.id = std::to_string(word.id) + "." + std::to_string(word.segments.size());
        segment.type = type;
        segment.pos = pos;
      }
    }
    made.verses.push_back(v);
  };
  with(1, "فَضْلٌ فَضَلَّ", {{{"stem", "N"}}, {{"prefix", "CONJ"}, {"stem", "V"}}});
  with(2, "كَٱلَّذِى وَجَدَ", {{{"prefix", "P"}, {"stem", "REL"}}, {{"stem", "V"}}});
  // Two pieces that are one word say nothing about each.
  with(3, "بِسْمِ وَعَدَ", {{{"stem", "V"}}});
  const IndexedCorpus corpus(made);
  CHECK(hits(corpus, "ضل") == Hits{"1 partial_vowels 2[2-7]ف"});
  CHECK(hits(corpus, "جد").empty());
  CHECK(hits(corpus, "الذي") == Hits{"2 folded 1[2-9]ك"});
  CHECK(hits(corpus, "عد") == Hits{"3 partial_vowels 1[2-6]و"});
}

TEST_CASE("the keys find what comparing with every word finds") {
  Random random(21);
  static const std::vector<std::string> stems = {
      "ٱلصَّلَوٰةِ", "الصلاة", "قَالَ",  "قُلْ",   "وَقُلْ", "لِلَّهِ", "ٱللَّهِ", "الله", "يَـٰٓأَيُّهَا", "أيها", "ۛ",
      "بِهِۦ",    "به",     "موسی", "مُوسَىٰ", "فِى",  "في",  "ءَامَنَ", "آمن",  "abc",    "رَحْمَتَ", "رحمة"};
  std::vector<std::string> texts;
  for (int i = 0; i < 80; ++i) {
    std::string text = random.pick(stems);
    for (std::size_t more = random.below(6); more > 0; --more) text += ' ' + random.pick(stems);
    texts.push_back(text);
  }
  const IndexedCorpus corpus = corpus_of(texts);
  for (const char* q : {"الصلاة", "قل", "الله", "أيها", "موسى", "فى", "امن", "رحمه", "به", "ﷲ"}) {
    const auto query = search::parse_text_query(q);
    for (const Step loosest : {Step::exact, Step::no_vowels, Step::folded, Step::regional}) {
      std::size_t expected = 0;
      for (const std::string& text : texts) {
        for (const auto part : text::words(text)) {
          const std::u32string written = utf8::to_code_points(part);
          bool same = match(query.phrases[0][0].word, text::Word(written), loosest).has_value();
          for (const auto& p : text::proclitics(written)) {
            const auto rest = std::u32string_view(written).substr(p.size);
            same =
                same || match(query.phrases[0][0].word,
                              search::compared_word(rest, p.elided_article ? search::KeyedWord::Part::elided
                                                                           : search::KeyedWord::Part::rest),
                              loosest);
          }
          expected += same ? 1 : 0;
        }
      }
      TextOptions options;
      options.loosest = loosest;
      CHECK_MESSAGE(find(corpus, q, options).hits == expected, q);
    }
  }
}

TEST_CASE("phrases go on in the next verse of their surah") {
  const IndexedCorpus corpus = corpus_of({"قُلْ هُوَ ٱللَّهُ أَحَدٌ", "ٱللَّهُ ٱلصَّمَدُ", "لَمْ يَلِدْ"});
  const TextFound found = find(corpus, "أحد الله الصمد لم يلد");
  REQUIRE(found.results.size() == 1);
  CHECK(found.results[0].verse == 0);
  const auto& words = found.results[0].hits.at(0).words;
  REQUIRE(words.size() == 5);
  CHECK(words[0].verse == 0);
  CHECK(words[2].verse == 1);
  CHECK(words[4].verse == 2);
  CHECK(words[4].word == 2);
  CHECK(find(corpus, "الصمد أحد").hits == 0);
}

TEST_CASE("looser steps are used when no stricter one finds anything, or counted apart") {
  const IndexedCorpus corpus = corpus_of({"إِنْ هُمْ", "إِنَّهُمْ هُمْ", "مَنْ فِى ٱلْقُبُورِ", "إِن شَآءَ ٱللَّهُ", "ٱلْحَمْدُ لِلَّهِ"});
  const auto count = [](const search::StepCounts& counts, Step step) {
    return counts[static_cast<std::size_t>(step)].hits;
  };
  const TextFound apart = find(corpus, "إن هم");
  CHECK(apart.hits == 1);
  CHECK(count(apart.further, Step::joined) == 1);
  TextOptions options;
  options.loosest = Step::joined;
  CHECK(find(corpus, "إن هم", options).hits == 2);
  const TextFound article = find(corpus, "قبور");
  CHECK(article.loosest == Step::no_article);
  CHECK(article.hits == 1);
  CHECK(count(article.steps, Step::no_article) == 1);
  CHECK(find(corpus, "انشاء الله").loosest == Step::split);
  CHECK(find(corpus, "الحمدلله").hits == 1);
  const TextFound mistyped = find(corpus, "الحمذ");
  CHECK(mistyped.loosest == Step::typing);
  CHECK(mistyped.hits == 1);
  REQUIRE(mistyped.unknown.size() == 1);
  REQUIRE(mistyped.unknown[0].suggestions.size() == 1);
  CHECK(mistyped.unknown[0].suggestions[0].word == U"ٱلْحَمْدُ");
  CHECK(find(corpus, "كبور").hits == 0);
  CHECK(find(corpus, "القبور هم").hits == 0);
  const TextFound quoted = find(corpus, "\"الحمد\"");
  CHECK(quoted.hits == 0);
  CHECK(count(quoted.further, Step::partial_vowels) == 1);
}

TEST_CASE("wildcards, alternatives, exclusions") {
  const IndexedCorpus corpus =
      corpus_of({"يُؤْمِنُونَ بِٱلْغَيْبِ", "مِن دُونِ ٱللَّهِ", "مُّحَمَّدٌ رَّسُولُ", "مُحَمَّدٍ وَهُوَ", "دُونِ عِبَادَةِ ٱللَّهِ"});
  CHECK(find(corpus, "يؤمن*").hits == 1);
  CHECK(find(corpus, "*غيب").hits == 1);
  CHECK(find(corpus, "محم?").hits == 2);
  CHECK(find(corpus, "محم??").hits == 0);
  CHECK(find(corpus, "دون * الله").hits == 1);
  CHECK(find(corpus, "محمد -رسول").hits == 1);
  CHECK(find(corpus, "محمد -\"رَّسُولُ\"").hits == 1);
  CHECK(find(corpus, "دون الله | الغيب").verses == 2);
  TextOptions options;
  options.order = search::Order::relevance;
  options.limit = 1;
  const TextFound nearest = find(corpus, "دون الله | محمد رسول", options);
  REQUIRE(nearest.results.size() == 1);
  CHECK(nearest.results[0].verse == 2);
  options.verses = Bits(5);
  options.verses.set(1);
  CHECK(find(corpus, "دون|محمد", options).hits == 1);
}

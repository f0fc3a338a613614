// Compares every search with a walk over all verses, words and segments, without index or shortcuts.
#include "api/legacy/search/searcher.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "api/legacy/derived/reading.h"
#include "naive_pattern.h"
#include "small_corpus.h"
#include "support/utf8.h"
#include "text/unicode.h"

using namespace kalima;
using api::legacy::Searcher;
using api::legacy::Tags;
using api::legacy::WordPattern;
using testing::Random;

namespace {

const std::size_t limits[] = {0, 1, 2, 7, 1'000'000};

struct Tester {
  const testing::IndexedCorpus& made;
  Random& random;
  const std::vector<corpus::Verse>& verses = made.corpus().verses;
  std::unique_ptr<index::TermIndex> terms = made.index().legacy_terms().open();
  Tags tags{made.snapshot()};
  Searcher searcher{made.snapshot(), tags, *terms};
  std::size_t found = 0;  // hits over all searches: a test that never finds anything tests nothing

  bool empty(const corpus::Verse& verse) const { return verse.words.empty(); }

  std::string value_of(const std::optional<std::string>& value) const { return value.value_or(""); }

  const corpus::Segment* any_segment() {
    for (int round = 0; round < 100; ++round) {
      const corpus::Verse& verse = verses[random.below(verses.size())];
      if (verse.words.empty()) continue;
      const corpus::Word& word = verse.words[random.below(verse.words.size())];
      if (!word.segments.empty()) return &word.segments[random.below(word.segments.size())];
    }
    return nullptr;
  }
  // A run of code points out of a text.
  std::string part_of(const std::string& text, std::size_t longest) {
    const std::u32string points = utf8::to_code_points(text);
    std::string out;
    const std::size_t from = random.below(points.size() + 1), count = random.between(0, longest);
    for (std::size_t i = from; i < std::min(points.size(), from + count); ++i) utf8::append(out, points[i]);
    return out;
  }
  std::vector<std::uint32_t> all_verses(bool by_reference) const {
    std::vector<std::uint32_t> order(verses.size());
    for (std::uint32_t v = 0; v < order.size(); ++v) order[v] = v;
    if (by_reference) {
      std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(verses[a].surah, verses[a].ayah) < std::pair(verses[b].surah, verses[b].ayah);
      });
    }
    return order;
  }
  // Number of the first word of a verse in the whole corpus.
  std::uint32_t first_word(std::uint32_t verse) const {
    std::size_t count = 0;
    for (std::uint32_t v = 0; v < verse; ++v) count += verses[v].words.size();
    return static_cast<std::uint32_t>(count);
  }

  // A search that stops at its limit: the count is that of the results, or with limit 0 of all.
  template <typename Search>
  void expect_until_limit(const std::vector<std::uint32_t>& expected, Search run) {
    found += expected.size();
    for (const std::size_t limit : limits) {
      const auto got = run(limit);
      const std::size_t shown = std::min(limit, expected.size());
      CHECK(got.hits == std::vector<std::uint32_t>(expected.begin(),
                                                   expected.begin() + static_cast<std::ptrdiff_t>(shown)));
      CHECK(got.count == (limit == 0 ? expected.size() : shown));
    }
  }
  // A search that counts `count` whatever the limit. `expected` and `as_row` give comparable rows.
  template <typename Row, typename Search, typename AsRow>
  void expect_all_counted(const std::vector<Row>& expected, std::size_t count, Search run, AsRow as_row) {
    found += expected.size();
    for (const std::size_t limit : limits) {
      const auto got = run(limit);
      std::vector<Row> rows;
      for (const auto& hit : got.hits) rows.push_back(as_row(hit));
      const std::size_t shown = std::min(limit, expected.size());
      CHECK(rows ==
            std::vector<Row>(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(shown)));
      CHECK(got.count == count);
    }
  }

  void text() {
    std::string needle =
        part_of(verses[random.below(verses.size())].text, random.pick(std::array{1u, 2u, 3u, 5u, 12u}));
    if (random.one_in(10)) needle += "z";
    needle = text::lower(needle);
    CAPTURE(needle);
    std::vector<std::uint32_t> expected;
    for (const std::uint32_t v : all_verses(false)) {
      if (text::lower(verses[v].text).find(needle) != std::string::npos) expected.push_back(v);
    }
    expect_until_limit(expected, [&](std::size_t limit) { return searcher.text(needle, limit); });
  }

  void root() {
    const corpus::Segment* segment = any_segment();
    const std::string root = segment == nullptr || random.one_in(10) ? "none" : value_of(segment->root);
    if (root.empty()) return;
    CAPTURE(root);
    const auto first_with = [&](std::uint32_t v) -> std::optional<std::uint32_t> {
      for (std::uint32_t w = 0; w < verses[v].words.size(); ++w) {
        for (const corpus::Segment& s : verses[v].words[w].segments) {
          if (s.root == root) return w;
        }
      }
      return std::nullopt;
    };
    std::vector<std::uint32_t> expected;
    for (const std::uint32_t v : all_verses(false)) {
      if (first_with(v)) expected.push_back(v);
    }
    expect_until_limit(expected, [&](std::size_t limit) { return searcher.root(root, limit); });
    std::vector<std::pair<std::uint32_t, std::uint32_t>> words;
    for (const std::uint32_t v : all_verses(true)) {
      if (const auto w = first_with(v)) words.emplace_back(v, first_word(v) + *w);
    }
    expect_all_counted(
        words, words.size(), [&](std::size_t limit) { return searcher.root_words(root, limit); },
        [](const api::legacy::WordHit& hit) { return std::pair(hit.verse, hit.word); });
  }

  void morphology() {
    const corpus::Segment* segment = any_segment();
    if (segment == nullptr) return;
    const std::string values[] = {value_of(segment->type), value_of(segment->pos), value_of(segment->root),
                                  value_of(segment->lemma), value_of(segment->features)};
    std::string needle =
        text::lower(part_of(values[random.below(5)], random.pick(std::array{1u, 2u, 3u, 4u, 9u, 40u})));
    if (random.one_in(12)) needle += "q";
    if (needle.empty()) return;
    CAPTURE(needle);
    std::vector<std::array<std::string, 4>> expected;  // verse, word, features, lemma
    for (const std::uint32_t v : all_verses(false)) {
      bool done = false;
      for (std::uint32_t w = 0; w < verses[v].words.size() && !done; ++w) {
        for (const corpus::Segment& s : verses[v].words[w].segments) {
          const std::optional<std::string> all[] = {s.type, s.pos, s.root, s.lemma, s.features};
          done = std::any_of(std::begin(all), std::end(all), [&](const auto& value) {
            return value && text::lower(*value).find(needle) != std::string::npos;
          });
          if (!done) continue;
          expected.push_back({std::to_string(v), std::to_string(first_word(v) + w), value_of(s.features),
                              value_of(s.lemma)});
          break;
        }
      }
    }
    const auto& s = made.snapshot();
    expect_all_counted(
        expected, expected.size(), [&](std::size_t limit) { return searcher.morphology(needle, limit); },
        [&](const api::legacy::SegmentHit& hit) {
          const auto& kind = s.kinds()[hit.kind];
          return std::array{std::to_string(hit.verse), std::to_string(hit.word),
                            std::string(s.strings().optional(kind.features).value_or("")),
                            std::string(s.strings().optional(kind.lemma).value_or(""))};
        });
  }

  std::string morph_id(const corpus::Segment& s) const {
    return text::lower(value_of(s.type)) + "|" + text::lower(value_of(s.pos)) + "|" +
           text::lower(value_of(s.lemma)) + "|" + text::lower(value_of(s.features));
  }
  std::string tag_of(const corpus::Word& word) const {
    return word.segments.empty() ? "" : text::lower(value_of(word.segments.front().pos));
  }
  // The windows of two and three words' tags, words without one left out.
  std::set<std::string> windows(const corpus::Verse& verse) const {
    std::vector<std::string> tags;
    for (const corpus::Word& word : verse.words) {
      if (!tag_of(word).empty()) tags.push_back(tag_of(word));
    }
    std::set<std::string> out;
    for (std::size_t i = 0; i + 1 < tags.size(); ++i) {
      out.insert(tags[i] + "|" + tags[i + 1]);
      if (i + 2 < tags.size()) out.insert(tags[i] + "|" + tags[i + 1] + "|" + tags[i + 2]);
    }
    return out;
  }

  void patterns() {
    const auto& s = made.snapshot();
    if (!s.morph_patterns().empty()) {
      const std::size_t number = random.below(s.morph_patterns().size());
      const std::string id(s.strings()[s.morph_patterns()[number].id]);
      CAPTURE(id);
      std::vector<std::uint32_t> expected;
      for (const std::uint32_t v : all_verses(true)) {
        const bool holds =
            std::any_of(verses[v].words.begin(), verses[v].words.end(), [&](const corpus::Word& w) {
              return std::any_of(w.segments.begin(), w.segments.end(),
                                 [&](const corpus::Segment& g) { return morph_id(g) == id; });
            });
        if (holds) expected.push_back(v);
      }
      CHECK_FALSE(expected.empty());
      expect_until_limit(expected, [&](std::size_t limit) { return searcher.morph_pattern(number, limit); });
    }
    if (!s.syntax_patterns().empty()) {
      const std::size_t number = random.below(s.syntax_patterns().size());
      const std::string id(s.strings()[s.syntax_patterns()[number].id]);
      CAPTURE(id);
      std::vector<std::uint32_t> expected;
      for (const std::uint32_t v : all_verses(true)) {
        if (windows(verses[v]).contains(id)) expected.push_back(v);
      }
      CHECK_FALSE(expected.empty());
      expect_until_limit(expected, [&](std::size_t limit) { return searcher.syntax_pattern(number, limit); });
    }
  }

  void syntax() {
    std::vector<std::string> tags;
    const corpus::Verse& verse = verses[random.below(verses.size())];
    const std::size_t size = random.between(1, 6);
    if (!verse.words.empty() && !random.one_in(5)) {
      const std::size_t from = random.below(verse.words.size());
      for (std::size_t w = from; w < std::min(from + size, verse.words.size()); ++w)
        tags.push_back(tag_of(verse.words[w]));
    } else {
      for (std::size_t left = size; left > 0; --left)
        tags.push_back(text::lower(random.pick(testing::VerseSamples::tags())));
    }
    std::erase(tags, "");
    if (random.one_in(12)) tags.push_back("none");
    if (tags.empty()) return;
    CAPTURE(tags.size());
    CAPTURE(tags.front());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
    for (const std::uint32_t v : all_verses(false)) {
      const auto& words = verses[v].words;
      for (std::size_t w = 0; w + tags.size() <= words.size(); ++w) {
        std::size_t i = 0;
        while (i < tags.size() && tag_of(words[w + i]) == tags[i]) ++i;
        if (i < tags.size()) continue;
        expected.emplace_back(v, first_word(v) + static_cast<std::uint32_t>(w));
        break;
      }
    }
    expect_all_counted(
        expected, expected.size(), [&](std::size_t limit) { return searcher.syntax(tags, limit); },
        [](const api::legacy::WordHit& hit) { return std::pair(hit.verse, hit.word); });
  }

  void word_pattern() {
    std::vector<WordPattern::Letter> letters;
    const std::u32string points = utf8::to_code_points(verses[random.below(verses.size())].text);
    const std::size_t from = random.below(points.size() + 1), size = random.between(1, 5);
    for (std::size_t i = from; i < points.size() && letters.size() < size; ++i) {
      const bool sign = (points[i] >= 0x64B && points[i] <= 0x655) || points[i] == 0x670;
      if (sign && !letters.empty()) {
        if (random.one_in(4)) letters.back().signs += points[i];
      } else if (!text::is_space(points[i]) || random.one_in(3)) {
        letters.push_back({random.one_in(3) ? std::u32string() : std::u32string(1, points[i]), U""});
      }
    }
    if (letters.empty()) letters.push_back({});
    const bool prefix = random.one_in(2), suffix = random.one_in(2);
    const testing::NaivePattern naive(letters, prefix, suffix);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
    std::size_t count = 0;
    for (const std::uint32_t v : all_verses(false)) {
      const std::size_t matches = naive.count(utf8::to_code_points(verses[v].text));
      count += matches;
      if (matches > 0) expected.emplace_back(v, static_cast<std::uint32_t>(matches));
    }
    const WordPattern pattern(letters, prefix, suffix);
    expect_all_counted(
        expected, count, [&](std::size_t limit) { return searcher.word_pattern(pattern, limit); },
        [](const api::legacy::VerseCount& hit) { return std::pair(hit.verse, hit.count); });
  }

  void verbs() {
    api::legacy::VerbFilter filter;
    const auto reading_of = [&](const corpus::Segment& s) {
      return api::legacy::read_features(value_of(s.features));
    };
    const corpus::Segment* segment = any_segment();
    if (segment != nullptr) {
      const auto reading = reading_of(*segment);
      const auto take = [&](const auto& from, std::optional<std::string>& to) {
        if (from && random.one_in(3)) to = std::string(*from);
      };
      take(reading.verb_form, filter.verb_form);
      take(reading.person, filter.person);
      take(reading.number, filter.number);
      take(reading.gender, filter.gender);
      take(reading.voice, filter.voice);
      take(reading.tense, filter.tense);
    }
    if (random.one_in(10)) filter.tense = "Perfect";
    const auto passes = [&](const corpus::Segment& s) {
      if (s.pos != "V") return false;
      const auto r = reading_of(s);
      const auto is = [](const std::optional<std::string>& wanted, const auto& value) {
        return !wanted || (value && std::string(*value) == *wanted);
      };
      return is(filter.verb_form, r.verb_form) && is(filter.person, r.person) &&
             is(filter.number, r.number) && is(filter.gender, r.gender) && is(filter.voice, r.voice) &&
             is(filter.tense, r.tense);
    };
    std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
    std::size_t count = 0;
    for (const std::uint32_t v : all_verses(false)) {
      std::vector<std::pair<std::uint32_t, std::string>> of_verse;  // word, features
      for (std::uint32_t w = 0; w < verses[v].words.size(); ++w) {
        for (const corpus::Segment& s : verses[v].words[w].segments) {
          if (passes(s)) of_verse.emplace_back(first_word(v) + w, value_of(s.features));
        }
      }
      count += of_verse.size();
      if (!of_verse.empty()) expected.emplace_back(v, static_cast<std::uint32_t>(of_verse.size()));
      for (const std::size_t most : {0u, 1u, 3u, 100u}) {
        std::vector<std::pair<std::uint32_t, std::string>> got;
        for (const api::legacy::SegmentHit& hit : searcher.verbs_of(v, filter, most)) {
          CHECK(hit.verse == v);
          const auto features =
              made.snapshot().strings().optional(made.snapshot().kinds()[hit.kind].features);
          got.emplace_back(hit.word, std::string(features.value_or("")));
        }
        const std::size_t shown = std::min(most, of_verse.size());
        CHECK(got == std::vector(of_verse.begin(), of_verse.begin() + static_cast<std::ptrdiff_t>(shown)));
      }
    }
    expect_all_counted(
        expected, count, [&](std::size_t limit) { return searcher.verbs(filter, limit); },
        [](const api::legacy::VerseCount& hit) { return std::pair(hit.verse, hit.count); });
  }

  std::size_t column(const std::vector<std::string>& columns,
                     std::initializer_list<const char*> names) const {
    for (const char* name : names) {
      const auto it = std::find(columns.begin(), columns.end(), name);
      if (it != columns.end()) return static_cast<std::size_t>(it - columns.begin());
    }
    FAIL("no such column");
    return 0;
  }

  template <typename Search, typename Passes>
  void rows(const std::vector<corpus::TableRow>& all, Search run, Passes passes) {
    std::map<std::uint32_t, std::uint32_t> by_verse;
    std::size_t count = 0;
    for (const corpus::TableRow& row : all) {
      if (!passes(row)) continue;
      ++by_verse[static_cast<std::uint32_t>(*row.verse)];
      ++count;
    }
    const std::vector<std::pair<std::uint32_t, std::uint32_t>> expected(by_verse.begin(), by_verse.end());
    expect_all_counted(expected, count, run,
                       [](const api::legacy::VerseCount& hit) { return std::pair(hit.verse, hit.count); });
  }

  void relation() {
    const auto& corpus = made.corpus();
    const std::size_t place = column(corpus.treebank_columns, {"rel_label"});
    std::string label =
        corpus.treebank.empty() ? "none" : corpus.treebank[random.below(corpus.treebank.size())].cells[place];
    if (random.one_in(8)) label = text::lower(label);
    // `_` and an empty cell mean a missing value.
    if (label.empty() || label == "_") label = "none";
    CAPTURE(label);
    rows(
        corpus.treebank, [&](std::size_t limit) { return searcher.relation(label, limit); },
        [&](const corpus::TableRow& row) { return row.cells[place] == label; });
  }

  void masaq() {
    const auto& corpus = made.corpus();
    const std::size_t places[] = {column(corpus.masaq_columns, {"Morph_tag", "Morph_Tag"}),
                                  column(corpus.masaq_columns, {"Syntactic_Role"}),
                                  column(corpus.masaq_columns, {"Case_Mood"})};
    api::legacy::MasaqFilter filter;
    std::optional<std::string>* const parts[] = {&filter.morph_tag, &filter.syntactic_role,
                                                 &filter.case_mood};
    for (std::size_t i = 0; i < 3 && !corpus.masaq.empty(); ++i) {
      const std::string& cell = corpus.masaq[random.below(corpus.masaq.size())].cells[places[i]];
      if (random.one_in(2) && !cell.empty()) *parts[i] = random.one_in(10) ? cell + "x" : cell;
    }
    rows(
        corpus.masaq, [&](std::size_t limit) { return searcher.masaq(filter, limit); },
        [&](const corpus::TableRow& row) {
          for (std::size_t i = 0; i < 3; ++i) {
            if (*parts[i] && row.cells[places[i]] != **parts[i]) return false;
          }
          return true;
        });
  }

  void run_all(int rounds) {
    for (int round = 0; round < rounds; ++round) {
      text();
      root();
      morphology();
      patterns();
      syntax();
      word_pattern();
      verbs();
      relation();
      masaq();
    }
    CHECK(found > static_cast<std::size_t>(rounds) * 9);
  }
};

}  // namespace

TEST_CASE("searches of random corpora find what a walk over all verses finds") {
  Random random(61);
  for (const bool odd : {false, true, true}) {
    const testing::IndexedCorpus made(testing::random_corpus(random, odd ? 150 : 60, odd));
    CAPTURE(odd);
    Tester{made, random}.run_all(25);
  }
}

TEST_CASE("searches of the fixture corpus find what a walk over all verses finds") {
  Random random(62);
  const testing::IndexedCorpus made(testing::fixture_folder());
  REQUIRE(made.corpus().verses.size() >= 20);
  Tester{made, random}.run_all(40);
}

TEST_CASE("searches of a corpus with nothing in it find nothing") {
  testing::Corpus corpus;
  corpus.add(
      api::legacy::verse_from_json(json::parse(R"({"surah":{"number":1,"name":"N"},"ayah":1,"text":""})")));
  const testing::IndexedCorpus made(std::move(corpus));
  const auto terms = made.index().legacy_terms().open();
  const Tags tags(made.snapshot());
  const Searcher searcher(made.snapshot(), tags, *terms);
  CHECK(searcher.text("", 10).count == 1);
  CHECK(searcher.text("a", 10).count == 0);
  CHECK(searcher.root("a", 10).count == 0);
  CHECK(searcher.root_words("", 10).count == 0);
  CHECK(searcher.morphology("a", 10).count == 0);
  CHECK(searcher.syntax({"n"}, 10).count == 0);
  CHECK(searcher.syntax({}, 10).count == 0);
  CHECK(searcher.word_pattern(WordPattern({{}}, true, true), 10).count == 0);
  CHECK(searcher.verbs({}, 10).count == 0);
  CHECK(searcher.relation("Subj", 10).count == 0);
  CHECK(searcher.masaq({}, 10).count == 0);
}

#include "app/index.h"

#include <algorithm>
#include <map>
#include <set>

#include "api/legacy/derived/terms.h"
#include "small_corpus.h"
#include "support/utf8.h"
#include "text/unicode.h"

using namespace kalima;
using api::legacy::Field;
using api::legacy::term;
using testing::error_of;
using testing::Random;
using testing::TemporaryFolder;

namespace {

std::vector<std::uint32_t> verses_of(index::Postings list) {
  std::vector<std::uint32_t> out;
  while (list.next()) out.push_back(list.verse());
  return out;
}

// How many bytes Xapian stores: a NUL takes two.
std::size_t stored_size(const std::string& name) {
  return name.size() + static_cast<std::size_t>(std::count(name.begin(), name.end(), '\0'));
}

}  // namespace

TEST_CASE("a term is the field and the value") {
  CHECK(term(Field::root, "smw") == "Rsmw");
  CHECK(term(Field::root, "") == "R");
  CHECK(term(Field::masaq, std::size_t{12}) == "C12");
  CHECK(term(Field::vocabulary, std::size_t{0}) == "W0");
}

TEST_CASE("different values have different terms that Xapian accepts, whatever they contain") {
  Random random(41);
  std::map<std::string, std::string> value_of;
  const auto add = [&](const std::string& value) {
    const std::string name = term(Field::root, value);
    CHECK(stored_size(name) <= 245);
    CHECK(name == term(Field::root, value));
    const auto [entry, added] = value_of.emplace(name, value);
    CHECK(entry->second == value);
  };
  for (const std::size_t size : {0u, 1u, 200u, 239u, 240u, 241u, 244u, 245u, 246u, 255u, 256u, 5'000u}) {
    for (const char c : {'a', '\0', '\x01'}) {
      add(std::string(size, c));
      // Alike but for the end, or the middle, or one NUL more.
      add(std::string(size, c) + 'x');
      add(std::string(size, c) + '\0');
      add('\0' + std::string(size, c));
      add(std::string(size / 2, c) + 'y' + std::string(size / 2, c));
    }
  }
  for (int round = 0; round < 2'000; ++round) {
    std::string value;
    for (std::size_t left = random.between(0, 300); left > 0; --left)
      value += random.one_in(20) ? '\0' : random.one_in(3) ? 'b' : 'a';
    add(value);
  }
}

TEST_CASE("grams are the distinct runs of code points") {
  using Grams = std::vector<std::string_view>;
  CHECK(api::legacy::grams("", 2).empty());
  CHECK(api::legacy::grams("a", 2).empty());
  CHECK(api::legacy::grams("ab", 2) == Grams{"ab"});
  CHECK(api::legacy::grams("abab", 2) == Grams{"ab", "ba"});
  CHECK(api::legacy::grams("نَبن", 2) == Grams{"بن", "نَ", "َب"});
  CHECK(api::legacy::grams("aaaa", 3) == Grams{"aaa"});
  CHECK(api::legacy::grams("abc", 3) == Grams{"abc"});
  Random random(42);
  for (int round = 0; round < 2'000; ++round) {
    const std::string text = testing::random_text(random, 12);
    const std::size_t size = random.between(1, 4);
    const std::u32string points = utf8::to_code_points(text);
    std::set<std::string> expected;
    for (std::size_t i = 0; i + size <= points.size(); ++i) {
      std::string gram;
      for (std::size_t k = i; k < i + size; ++k) utf8::append(gram, points[k]);
      expected.insert(gram);
    }
    const auto grams = api::legacy::grams(text, size);
    CHECK(std::vector<std::string>(grams.begin(), grams.end()) ==
          std::vector<std::string>(expected.begin(), expected.end()));
  }
}

TEST_CASE("the index knows which verses contain what") {
  Random random(43);
  const testing::IndexedCorpus made(testing::random_corpus(random, 80, true));
  const auto terms = made.index().legacy_terms().open();
  const auto& verses = made.corpus().verses;
  const auto expect = [&](Field field, const std::string& value, auto holds) {
    std::vector<std::uint32_t> expected;
    for (std::uint32_t v = 0; v < verses.size(); ++v) {
      bool found = false;
      for (const corpus::Word& word : verses[v].words) {
        for (const corpus::Segment& segment : word.segments) found = found || holds(segment);
      }
      if (found) expected.push_back(v);
    }
    CAPTURE(value);
    CHECK(verses_of(terms->postings(term(field, value))) == expected);
    CHECK(terms->verse_count(term(field, value)) == expected.size());
  };
  for (const std::string& root : testing::VerseSamples::roots()) {
    expect(Field::root, root, [&](const corpus::Segment& s) { return s.root == root; });
  }
  expect(Field::root, "none", [](const corpus::Segment&) { return false; });

  const std::size_t relation = 11;
  REQUIRE(made.corpus().treebank_columns[relation] == "rel_label");
  for (const char* label : {"Subj", "subj <<ykn>>", "root"}) {
    std::map<std::uint32_t, std::uint32_t> rows;
    for (const corpus::TableRow& row : made.corpus().treebank) {
      if (row.cells[relation] == label) ++rows[static_cast<std::uint32_t>(*row.verse)];
    }
    std::map<std::uint32_t, std::uint32_t> found;
    for (auto list = terms->postings(term(Field::relation, json::quoted(label))); list.next();)
      found[list.verse()] = list.uses();
    CHECK(found == rows);
    CHECK_FALSE(rows.empty());
  }
}

TEST_CASE("unions and intersections are those of the sets") {
  Random random(44);
  const testing::IndexedCorpus made(testing::random_corpus(random, 120, true));
  const auto terms = made.index().legacy_terms().open();
  std::vector<std::string> names = {term(Field::root, "none"), term(Field::root, "")};
  for (const std::string& root : testing::VerseSamples::roots()) names.push_back(term(Field::root, root));
  for (const std::string& tag : testing::VerseSamples::tags()) {
    names.push_back(term(Field::tag_sequence, text::lower(tag)));
  }
  for (const char* relation : {"Subj", "Obj", "link"})
    names.push_back(term(Field::relation, json::quoted(relation)));
  for (int round = 0; round < 400; ++round) {
    std::vector<std::string> chosen;
    for (std::size_t left = random.between(0, 5); left > 0; --left) chosen.push_back(random.pick(names));
    std::vector<index::Postings> for_union, for_intersection;
    std::map<std::uint32_t, std::uint32_t> united, present;
    for (const std::string& name : chosen) {
      for (auto list = terms->postings(name); list.next();) {
        united[list.verse()] += list.uses();
        ++present[list.verse()];
      }
      for_union.push_back(terms->postings(name));
      for_intersection.push_back(terms->postings(name));
    }
    std::map<std::uint32_t, std::uint32_t> found;
    std::uint32_t last = 0;
    for (index::Union all(std::move(for_union)); all.next();) {
      CHECK((found.empty() || all.verse() > last));
      last = all.verse();
      found[last] = all.uses();
    }
    CHECK(found == united);
    std::vector<std::uint32_t> shared, expected;
    for (const auto& [verse, lists] : present) {
      if (lists == chosen.size()) expected.push_back(verse);
    }
    for (index::Intersection all(std::move(for_intersection)); all.next();) shared.push_back(all.verse());
    CHECK(shared == expected);
  }
}

TEST_CASE("a list can be entered anywhere") {
  Random random(45);
  const testing::IndexedCorpus made(testing::random_corpus(random, 100, false));
  const auto terms = made.index().legacy_terms().open();
  const std::string name = term(Field::tag_sequence, "v");
  const std::vector<std::uint32_t> all = verses_of(terms->postings(name));
  REQUIRE(all.size() > 5);
  for (std::uint32_t verse = 0; verse < 103; ++verse) {
    auto list = terms->postings(name);
    if (random.one_in(2)) {
      REQUIRE(list.next());
      if (list.verse() > verse) continue;
    }
    const auto expected = std::lower_bound(all.begin(), all.end(), verse);
    CHECK(list.skip_to(verse) == (expected != all.end()));
    if (expected == all.end()) continue;
    CHECK(list.verse() == *expected);
    CHECK(list.next() == (expected + 1 != all.end()));
  }
}

TEST_CASE("values that are long or contain NUL are indexed like others") {
  using namespace std::string_literals;
  testing::Corpus corpus;
  const std::string long_root(3'000, 'r'), long_text = std::string(20'000, 'x') + " y";
  json::Object segment{{"id", "1.1"},
                       {"form", nullptr},
                       {"type", "st\0em"s},
                       {"pos", "a\0b"s},
                       {"root", long_root},
                       {"lemma", "a\0b"s},
                       {"features", std::string(2'000, 'f')}};
  json::Object word{
      {"id", 1}, {"form", std::string(5'000, 'w')}, {"segments", json::Array{json::Value(segment)}}};
  for (const std::string& text : {long_text, "a\0b c\0"s, "\0"s}) {
    corpus.add(api::legacy::verse_from_json(
        json::Object{{"surah", json::Object{{"number", 1}, {"name", "N\0"s}}},
                     {"ayah", static_cast<std::int64_t>(corpus.verses.size() + 1)},
                     {"text", text},
                     {"tokens", json::Array{json::Value(word)}}}));
  }
  corpus.treebank_columns = {"rel_label"};
  corpus.treebank.push_back({0, {std::string(1'000, 'z')}});
  corpus.treebank.push_back({1, {"a\0b"s}});
  const testing::IndexedCorpus made(std::move(corpus));
  const auto terms = made.index().legacy_terms().open();
  CHECK(terms->verse_count(term(Field::root, long_root)) == 3);
  CHECK(terms->verse_count(term(Field::tag_sequence, "a\0b"s)) == 3);
  CHECK(terms->verse_count(term(Field::text_gram, "a\0"s)) == 1);
  CHECK(terms->verse_count(term(Field::relation, json::quoted(std::string(1'000, 'z')))) == 1);
  CHECK(terms->verse_count(term(Field::relation, json::quoted("a\0b"s))) == 1);
  CHECK(made.snapshot().text(1) == "a\0b c\0"s);
}

TEST_CASE("an index of another database, a missing or a damaged one is refused") {
  Random random(46);
  const TemporaryFolder folder;
  const testing::Corpus corpus = testing::random_corpus(random, 10, false);
  for (const char* name : {"a.db", "b.db"}) {
    testing::write_database(corpus, folder / name);
    app::build_index(store::CorpusReader(folder / name), app::index_folder(folder / name),
                     testing::no_progress);
  }
  const store::CorpusReader a(folder / "a.db");
  const auto index_a = app::index_folder(folder / "a.db"), index_b = app::index_folder(folder / "b.db");
  CHECK_NOTHROW(app::Index(index_a, a));
  CHECK(error_of([&] { app::Index(index_b, a); }) == ErrorCode::bad_input);
  CHECK(error_of([&] { app::Index(folder / "none", a); }) == ErrorCode::not_found);
  // Half of one and half of the other.
  for (const char* part : {"words", "legacy", "legacy-terms"}) {
    CAPTURE(part);
    std::filesystem::copy(index_a, folder / "mixed", std::filesystem::copy_options::recursive);
    std::filesystem::copy(index_b / part, folder / "mixed" / part,
                          std::filesystem::copy_options::overwrite_existing);
    CHECK(error_of([&] { app::Index(folder / "mixed", a); }) == ErrorCode::bad_input);
    files::remove_all(folder / "mixed" / part);
    CHECK(error_of([&] { app::Index(folder / "mixed", a); }) == ErrorCode::not_found);
    files::write_durably(folder / "mixed" / part, "");
    CHECK(error_of([&] { app::Index(folder / "mixed", a); }).has_value());
    files::write_durably(folder / "mixed" / part, std::string(10'000, 'x'));
    CHECK(error_of([&] { app::Index(folder / "mixed", a); }).has_value());
    files::remove_all(folder / "mixed");
  }
}

TEST_CASE("building again replaces the index and leaves no other files") {
  Random random(47);
  const TemporaryFolder folder;
  testing::write_database(testing::random_corpus(random, 10, false), folder / "a.db");
  const store::CorpusReader reader(folder / "a.db");
  for (int round = 0; round < 2; ++round)
    app::build_index(reader, app::index_folder(folder / "a.db"), testing::no_progress);
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    names.insert(files::to_utf8(entry.path().lexically_relative(folder.path())));
  }
  names.erase("a.db-wal");
  names.erase("a.db-shm");
  CHECK(names == std::set<std::string>{"a.db", "a.db-index", "a.db-index/core", "a.db-index/seal",
                                       "a.db-index/marks", "a.db-index/legacy", "a.db-index/legacy-terms",
                                       "a.db-index/words"});
}

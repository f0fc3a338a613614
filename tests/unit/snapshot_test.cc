#include "api/legacy/derived/snapshot.h"

#include <fcntl.h>
#include <unistd.h>

#include <map>

#include "api/legacy/derived/builder.h"
#include "api/legacy/derived/patterns.h"
#include "api/legacy/derived/row_table.h"
#include "small_corpus.h"
#include "support/container.h"
#include "support/rows.h"
#include "support/string_list.h"
#include "support/utf8.h"
#include "text/ladder.h"
#include "text/unicode.h"

using namespace kalima;
using api::legacy::RowTable;
using api::legacy::RowTableBuilder;
using api::legacy::Snapshot;
using testing::error_of;
using testing::Random;
using testing::TemporaryFolder;

namespace {

constexpr ContainerKind kind_of(std::uint32_t version) {
  return {{'T', 'E', 'S', 'T', '-', 'O', 'N', 'E'}, version};
}

// Changes single bytes of a file in place.
class Patcher {
 public:
  explicit Patcher(const std::filesystem::path& path) : file_(::open(path.c_str(), O_RDWR)) {
    REQUIRE(file_ >= 0);
  }
  ~Patcher() { ::close(file_); }
  Patcher(const Patcher&) = delete;
  Patcher& operator=(const Patcher&) = delete;
  void put(std::size_t offset, char byte) {
    REQUIRE(::pwrite(file_, &byte, 1, static_cast<off_t>(offset)) == 1);
  }

 private:
  int file_;
};

void write_snapshot(const testing::Corpus& corpus, const std::filesystem::path& path,
                    const std::string& identity = "id") {
  api::legacy::SnapshotBuilder builder(path, identity, 0, 0);
  for (std::size_t i = 0; i < corpus.verses.size(); ++i) builder.add(corpus.verses[i], corpus.layout(i));
  builder.set_treebank_columns(corpus.treebank_columns);
  for (const corpus::TableRow& row : corpus.treebank) builder.add_treebank_row(row);
  builder.set_masaq_columns(corpus.masaq_columns);
  for (const corpus::TableRow& row : corpus.masaq) builder.add_masaq_row(row);
  builder.finish();
}

// Reads everything that a snapshot offers; the sum keeps the reading from being left out.
std::size_t read_everything(const Snapshot& s) {
  std::size_t sum = 0;
  const auto take = [&](std::string_view text) {
    for (const char c : text) sum += static_cast<unsigned char>(c);
  };
  const auto take_string = [&](StringId id) { take(s.strings().optional(id).value_or("")); };
  std::string rows;
  for (std::size_t v = 0; v < s.verse_count(); ++v) {
    take(s.text(v));
    take(s.lower_text(v));
    take(s.json(v));
    for (const std::uint32_t entry : s.verse_vocabulary(v)) {
      for (const char32_t c : s.vocabulary(entry)) sum += c;
      sum += s.vocabulary_letters(entry) + s.vocabulary_uses(entry);
    }
    for (std::uint32_t w = s.verse(v).first_word; w < s.verse(v + 1).first_word; ++w) {
      take_string(s.word(w).form);
      for (std::uint32_t i = s.word(w).first_segment; i < s.word(w + 1).first_segment; ++i) {
        const api::legacy::KindRow kind = s.kinds()[s.segment(i)];
        for (const auto id :
             {kind.type, kind.pos, kind.root, kind.lemma, kind.features, kind.lower_pos, kind.haystack}) {
          take_string(id);
        }
        if (kind.pattern != api::legacy::no_row) take_string(s.morph_patterns()[kind.pattern].label);
        if (kind.reading != api::legacy::no_row) take_string(s.readings()[kind.reading].verb_form);
      }
    }
    s.treebank().write_all(v, rows);
    s.masaq().write_all(v, rows);
    sum += s.find_verse(s.verse(v).surah, s.verse(v).ayah).value_or(0);
  }
  take(rows);
  for (const auto& pattern : s.syntax_patterns()) {
    take_string(pattern.id);
    take_string(pattern.label);
  }
  for (const auto& c : s.masaq_combinations()) {
    for (const auto id : {c.morph_tag, c.syntactic_role, c.case_mood}) {
      if (id != no_string) take(s.masaq().cell(id));
    }
  }
  for (const auto& relation : s.relations()) take(s.treebank().cell(relation.label));
  for (std::uint32_t list = 0; list < api::legacy::list_count; ++list)
    take(s.list(static_cast<api::legacy::List>(list)));
  return sum;
}

}  // namespace

TEST_CASE("a container gives back its sections") {
  const TemporaryFolder folder;
  ContainerWriter writer(folder / "c", kind_of(7), "the corpus");
  writer.add(3, std::vector<std::uint32_t>{1, 2, 0xFFFFFFFF});
  writer.add(1, std::vector<std::uint64_t>{});
  writer.begin(900);
  writer.append(std::string_view("a\0", 2));
  writer.append("b");
  writer.finish();
  const Container container(folder / "c", kind_of(7));
  CHECK(container.identity() == "the corpus");
  const auto values = container.values<std::uint32_t>(3);
  CHECK(std::vector<std::uint32_t>(values.begin(), values.end()) ==
        std::vector<std::uint32_t>{1, 2, 0xFFFFFFFF});
  CHECK(container.values<std::uint64_t>(1).empty());
  CHECK(container.bytes(900) == std::string_view("a\0b", 3));
  CHECK(error_of([&] { container.bytes(2); }) == ErrorCode::bad_input);
  CHECK(error_of([&] { container.values<std::uint32_t>(900); }) == ErrorCode::bad_input);
  CHECK(error_of([&] { Container(folder / "c", kind_of(8)); }) == ErrorCode::bad_input);
  CHECK(error_of([&] { Container(folder / "none", kind_of(7)); }) == ErrorCode::not_found);
  ContainerKind another = kind_of(7);
  another.magic[0] = 'X';
  CHECK(error_of([&] { Container(folder / "c", another); }) == ErrorCode::bad_input);
}

TEST_CASE("an identity of 32 bytes is kept whole") {
  const TemporaryFolder folder;
  const std::string identity = "0123456789abcdef0123456789abcdef";
  ContainerWriter(folder / "c", kind_of(1), identity).finish();
  CHECK(Container(folder / "c", kind_of(1)).identity() == identity);
}

TEST_CASE("a container cut off or grown is refused") {
  const TemporaryFolder folder;
  ContainerWriter writer(folder / "c", kind_of(1), "id");
  writer.add(1, std::vector<std::uint32_t>{1, 2, 3});
  writer.add_bytes(2, "text");
  writer.finish();
  const std::string whole = files::read(folder / "c");
  for (std::size_t size = whole.size(); size-- > 0;) {
    std::filesystem::resize_file(folder / "c", size);
    CAPTURE(size);
    CHECK(error_of([&] { Container(folder / "c", kind_of(1)); }) == ErrorCode::bad_input);
  }
  files::write_durably(folder / "d", whole + whole);
  CHECK(error_of([&] { Container(folder / "d", kind_of(1)); }) == ErrorCode::bad_input);
}

TEST_CASE("a container with any byte changed is refused or read") {
  const TemporaryFolder folder;
  ContainerWriter writer(folder / "c", kind_of(1), "id");
  writer.add(1, std::vector<std::uint64_t>{1, 2, 3});
  writer.add_bytes(2, "some text");
  writer.finish();
  const std::string whole = files::read(folder / "c");
  Patcher patcher(folder / "c");
  std::size_t refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int change : {0x01, 0x80, 0xFF, 0x55}) {
      patcher.put(
          at, static_cast<char>(static_cast<unsigned char>(whole[at]) ^ static_cast<unsigned char>(change)));
      const auto error = error_of([&] {
        const Container container(folder / "c", kind_of(1));
        for (const std::uint32_t section : {1u, 2u}) {
          std::string copy;
          copy = container.bytes(section);
        }
      });
      CHECK((!error || error == ErrorCode::bad_input));
      if (error) ++refused;
    }
    patcher.put(at, whole[at]);
  }
  // The header and the entries, save reserved bytes and what is text.
  CHECK(refused > 4 * 40);
}

TEST_CASE("strings are numbered once") {
  StringListBuilder builder;
  CHECK(builder.add(std::string_view("a")) == 0);
  CHECK(builder.add(std::string_view("")) == 1);
  CHECK(builder.add(std::string_view("a")) == 0);
  CHECK(builder.add(std::optional<std::string>()) == no_string);
  CHECK(builder.add(std::string_view("bc\0", 3)) == 2);
  CHECK(builder.size() == 3);
  CHECK(builder[2] == std::string_view("bc\0", 3));
  const StringList list(Rows<std::uint32_t>(builder.offsets()), builder.bytes());
  CHECK(list.size() == 3);
  CHECK(list[0] == "a");
  CHECK(list[1] == "");
  CHECK(list.optional(2) == std::string_view("bc\0", 3));
  CHECK_FALSE(list.optional(no_string));
  CHECK(StringList().size() == 0);
}

TEST_CASE("offsets that do not fit the strings are refused") {
  const auto refused = [](std::vector<std::uint32_t> offsets) {
    return error_of([&] { StringList(Rows<std::uint32_t>(offsets), "abcdef"); }) == ErrorCode::bad_input;
  };
  CHECK_FALSE(refused({0, 2, 2, 6}));
  CHECK(refused({}));
  CHECK(refused({0}));
  CHECK(refused({0, 5}));
  CHECK(refused({0, 7}));
  CHECK(refused({1, 6}));
}

TEST_CASE("offsets between the first and the last are checked when they are used") {
  const std::vector<std::uint32_t> falling{0, 4, 3, 6}, far{0, 0xFFFFFFFF, 6};
  const Rows<std::uint32_t> of_one(falling), of_other(far);
  const StringList one(of_one, "abcdef"), other(of_other, "abcdef");
  CHECK(one[0] == "abcd");
  CHECK(error_of([&] { one[1]; }) == ErrorCode::unavailable);
  CHECK(one[2] == "def");
  CHECK(error_of([&] { one[3]; }) == ErrorCode::unavailable);
  CHECK(error_of([&] { one[no_string]; }) == ErrorCode::unavailable);
  CHECK(error_of([&] { other[0]; }) == ErrorCode::unavailable);
  CHECK(error_of([&] { other[1]; }) == ErrorCode::unavailable);
}

TEST_CASE("rows are copied, and their places checked") {
  const std::vector<std::uint32_t> numbers{7, 8, 9};
  const Rows<std::uint32_t> rows(numbers);
  CHECK(rows[2] == 9);
  CHECK(error_of([&] { rows[3]; }) == ErrorCode::unavailable);
  CHECK(error_of([&] { Rows<std::uint32_t>().back(); }) == ErrorCode::unavailable);
  CHECK(std::vector<std::uint32_t>(rows.begin(), rows.end()) == numbers);
  CHECK(rows.part(1, 3).front() == 8);
  CHECK(rows.part(3, 3).empty());
  CHECK(error_of([&] { rows.part(2, 1); }) == ErrorCode::unavailable);
  CHECK(error_of([&] { rows.part(0, 4); }) == ErrorCode::unavailable);
  CHECK(below(2, 3) == 2);
  CHECK(error_of([&] { below(3, 3); }) == ErrorCode::unavailable);
  CHECK(part_of(std::string_view("abc"), 1, 3) == "bc");
  CHECK(error_of([&] { part_of(std::string_view("abc"), 2, 1); }) == ErrorCode::unavailable);
  CHECK(error_of([&] { part_of(std::string_view("abc"), 0, UINT64_MAX); }) == ErrorCode::unavailable);
  CHECK(first_not(3, [&](std::size_t at) { return numbers[at] < 9; }) == 2);
  CHECK(first_not(0, [](std::size_t) { return true; }) == 0);
}

TEST_CASE("patterns are counted by verse and listed by label") {
  api::legacy::PatternCollector patterns;
  CHECK(patterns.add("b", "SAME", 0) == 0);
  CHECK(patterns.add("z", "FIRST", 0) == 1);
  CHECK(patterns.add("b", "other label", 0) == 0);
  CHECK(patterns.add("a", "SAME", 1) == 2);
  CHECK(patterns.add("b", "SAME", 2) == 0);
  StringListBuilder strings;
  const auto sorted = patterns.sorted(strings);
  REQUIRE(sorted.rows.size() == 3);
  CHECK(strings[sorted.rows[0].id] == "a");
  CHECK(strings[sorted.rows[1].id] == "b");
  CHECK(strings[sorted.rows[1].label] == "SAME");
  CHECK(strings[sorted.rows[2].id] == "z");
  CHECK(sorted.numbers == std::vector<std::uint32_t>{1, 2, 0});
  // Equal labels in the order of their first appearance.
  CHECK(
      sorted.json ==
      R"([{"count":1,"id":"z","label":"FIRST"},{"count":2,"id":"b","label":"SAME"},{"count":1,"id":"a","label":"SAME"}])");
}

TEST_CASE("rows come back verse by verse in their order") {
  Random random(31);
  for (int round = 0; round < 40; ++round) {
    const TemporaryFolder folder;
    const std::size_t verse_count = random.between(1, 20), column_count = random.between(1, 4);
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < column_count; ++i)
      columns.push_back(std::string(1, static_cast<char>('a' + i)) + "\"é");
    // Enough distinct cells for numbers of two bytes.
    const std::size_t distinct = random.one_in(4) ? 400 : 5;
    std::map<std::size_t, std::vector<std::vector<std::string>>> expected;
    RowTableBuilder builder(columns);
    for (std::size_t left = random.between(0, 500); left > 0; --left) {
      const std::size_t verse = random.below(verse_count);
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < column_count; ++i)
        cells.push_back("\"" + std::to_string(random.below(distinct)) + "\"");
      builder.add(verse, cells);
      expected[verse].push_back(cells);
    }
    ContainerWriter writer(folder / "c", kind_of(1), "id");
    builder.write(writer, 50, verse_count);
    writer.finish();
    const Container container(folder / "c", kind_of(1));
    const RowTable table(container, 50);
    CHECK(table.column_count() == column_count);
    CHECK(table.column(columns.back()) == column_count - 1);
    CHECK_FALSE(table.column("none"));
    for (std::size_t verse = 0; verse < verse_count; ++verse) {
      std::string all;
      RowTable::Cursor cursor(table, verse);
      for (const auto& cells : expected[verse]) {
        REQUIRE(cursor.next());
        std::string row = "{";
        for (std::size_t i = 0; i < column_count; ++i) {
          CHECK(table.cell(cursor.cells()[i]) == cells[i]);
          CHECK(table.find_cell(cells[i]) == cursor.cells()[i]);
          CHECK(builder.number_of(cells[i]) == cursor.cells()[i]);
          row += (i > 0 ? "," : "") + json::quoted(columns[i]) + ":" + cells[i];
        }
        all += (all.empty() ? "" : ",") + row + "}";
        std::string written;
        table.write(cursor.cells(), written);
        CHECK(written == row + "}");
      }
      CHECK_FALSE(cursor.next());
      std::string written;
      table.write_all(verse, written);
      CHECK(written == all);
    }
    CHECK(table.find_cell("\"none\"") == no_string);
    CHECK_FALSE(RowTable::Cursor(table, verse_count).next());
    CHECK_FALSE(RowTable::Cursor(table, verse_count + 1000).next());
  }
}

TEST_CASE("a snapshot holds the corpus") {
  Random random(32);
  for (const bool odd : {false, true}) {
    const TemporaryFolder folder;
    const testing::Corpus corpus = testing::random_corpus(random, 50, odd);
    write_snapshot(corpus, folder / "s", "this one");
    const Snapshot s(folder / "s");
    CHECK(s.identity() == "this one");
    REQUIRE(s.verse_count() == corpus.verses.size());
    std::size_t word = 0, segment = 0;
    for (std::size_t v = 0; v < s.verse_count(); ++v) {
      const corpus::Verse& verse = corpus.verses[v];
      CHECK(s.text(v) == verse.text);
      CHECK(s.json(v) == json::sorted(corpus.json(v)));
      CHECK(s.find_verse(static_cast<std::uint64_t>(verse.surah), static_cast<std::uint64_t>(verse.ayah)) ==
            v);
      CHECK(s.verse(v).first_word == word);
      CHECK(s.verse(v).first_segment == segment);
      for (const corpus::Word& w : verse.words) {
        CHECK(s.strings().optional(s.word(word).form) == w.form);
        CHECK(s.word(word).first_segment == segment);
        for (const corpus::Segment& g : w.segments) {
          const api::legacy::KindRow kind = s.kinds()[s.segment(segment++)];
          CHECK(s.strings().optional(kind.pos) == g.pos);
          CHECK(s.strings().optional(kind.root) == g.root);
          CHECK(s.strings().optional(kind.features) == g.features);
          CHECK((kind.reading != api::legacy::no_row) == (g.pos == "V"));
        }
        ++word;
      }
      std::string joined;
      for (const std::uint32_t entry : s.verse_vocabulary(v)) {
        for (const char32_t c : s.vocabulary(entry)) joined += std::to_string(c) + " ";
      }
      std::string expected;
      for (const char32_t c : utf8::to_code_points(verse.text)) {
        if (!text::is_space(c)) expected += std::to_string(c) + " ";
      }
      CHECK(joined == expected);
    }
    CHECK(s.word_count() == word);
    CHECK_FALSE(s.find_verse(0, 1));
    CHECK_FALSE(s.find_verse(1, UINT64_MAX));
    CHECK_FALSE(s.find_verse(UINT64_MAX, UINT64_MAX));
    // 2^32 + 1 is not 1.
    CHECK_FALSE(s.find_verse((std::uint64_t{1} << 32) + static_cast<std::uint64_t>(corpus.verses[0].surah),
                             static_cast<std::uint64_t>(corpus.verses[0].ayah)));
    CHECK(s.in_reference_order() == !odd);
    CHECK(read_everything(s) > 0);
  }
}

TEST_CASE("the same corpus gives the same file") {
  Random random(33);
  const TemporaryFolder folder;
  const testing::Corpus corpus = testing::random_corpus(random, 20, true);
  write_snapshot(corpus, folder / "a");
  write_snapshot(corpus, folder / "b");
  CHECK(files::read(folder / "a") == files::read(folder / "b"));
}

TEST_CASE("a corpus of one bare verse, without tables") {
  const TemporaryFolder folder;
  testing::Corpus corpus;
  corpus.add(
      api::legacy::verse_from_json(json::parse(R"({"surah":{"number":0,"name":""},"ayah":0,"text":""})")));
  write_snapshot(corpus, folder / "s");
  const Snapshot s(folder / "s");
  CHECK(s.verse_count() == 1);
  CHECK(s.find_verse(0, 0) == 0);
  CHECK(s.list(api::legacy::List::roots) == "[]");
  CHECK(s.list(api::legacy::List::relations) == R"({"relations":[],"relations_ar":[]})");
  CHECK_FALSE(api::legacy::RowTable::Cursor(s.treebank(), 0).next());
  read_everything(s);
}

TEST_CASE("patterns are found by their id") {
  Random random(34);
  const TemporaryFolder folder;
  write_snapshot(testing::random_corpus(random, 30, true), folder / "s");
  const Snapshot s(folder / "s");
  REQUIRE(s.morph_patterns().size() > 5);
  for (std::size_t i = 0; i < s.morph_patterns().size(); ++i) {
    CHECK(find_pattern(s.morph_patterns(), s.strings(), s.strings()[s.morph_patterns()[i].id]) == i);
  }
  CHECK_FALSE(find_pattern(s.morph_patterns(), s.strings(), ""));
  CHECK_FALSE(find_pattern(s.morph_patterns(), s.strings(), "\x7F"));
}

TEST_CASE("a snapshot cut off anywhere is refused") {
  Random random(35);
  const TemporaryFolder folder;
  write_snapshot(testing::random_corpus(random, 4, true), folder / "s");
  const std::string whole = files::read(folder / "s");
  std::filesystem::copy_file(folder / "s", folder / "t");
  std::size_t refused = 0;
  for (std::size_t size = whole.size(); size-- > 0; ++refused) {
    std::filesystem::resize_file(folder / "t", size);
    const auto error = error_of([&] { Snapshot{folder / "t"}; });
    if (error != ErrorCode::bad_input)
      FAIL("read when cut to " << size << " of " << whole.size() << " bytes");
  }
  CHECK(refused == whole.size());
}

TEST_CASE("a snapshot with any byte changed is refused, or leads nowhere outside") {
  Random random(36);
  const TemporaryFolder folder;
  write_snapshot(testing::random_corpus(random, 5, true), folder / "s");
  const std::string whole = files::read(folder / "s");
  Patcher patcher(folder / "s");
  std::size_t refused = 0, sum = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int round = 0; round < 2; ++round) {
      // A flipped bit, and any other byte.
      const auto old = static_cast<unsigned char>(whole[at]);
      const auto changed = round == 0 ? old ^ (1u << random.below(8)) : (old + 1 + random.below(255)) % 256;
      patcher.put(at, static_cast<char>(changed));
      CAPTURE(at);
      CAPTURE(changed);
      const auto error = error_of([&] {
        const Snapshot damaged(folder / "s");
        sum += read_everything(damaged);
      });
      if (error && error != ErrorCode::bad_input && error != ErrorCode::unavailable)
        FAIL_CHECK("another error");
      if (error) ++refused;
    }
    patcher.put(at, whole[at]);
  }
  CHECK(refused > 0);
  CHECK(sum > 0);
  CHECK_NOTHROW(Snapshot{folder / "s"});
}

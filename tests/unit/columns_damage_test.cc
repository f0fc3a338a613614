// A core file with changed bytes is refused, or gives an Error where it is used; it never crashes or hangs.
#include <functional>

#include "columns_corpus.h"
#include "corpus/columns/file.h"
#include "support/files.h"
#include "support/hash.h"
#include "testing.h"

using namespace kalima;
using namespace kalima::columns;
using attributes::Attribute;
using attributes::Definition;
using attributes::Region;

namespace {

// Where the header has what; see file.h.
constexpr std::size_t table_offset_at = 64, table_checksum_at = 72, header_checksum_at = 80, count_at = 12;
constexpr std::size_t header_size = 88, entry_size = 32;

void put(std::string& bytes, std::size_t at, std::uint64_t number) {
  for (std::size_t i = 0; i < 8; ++i) bytes[at + i] = static_cast<char>(number >> (8 * i));
}

// As one who changes the file on purpose would.
void repair_checksums(std::string& bytes) {
  const auto table = load<std::uint64_t>(bytes.data() + table_offset_at);
  const std::uint64_t size = std::uint64_t{load<std::uint32_t>(bytes.data() + count_at)} * entry_size;
  if (table <= bytes.size() && size <= bytes.size() - table)
    put(bytes, table_checksum_at, hash_of(std::string_view(bytes).substr(table, size)));
  put(bytes, header_checksum_at, hash_of(std::string_view(bytes).substr(0, header_checksum_at)));
}

// Calls it; an Error is an answer.
void call(const std::function<void()>& what) { testing::error_of(what); }

void read_all(const CoreFile& core) {
  const auto bounded = [](std::size_t size) { return std::min<std::size_t>(size, 3000); };
  for (std::size_t i = 0; i < bounded(core.verses()); ++i)
    call([&] { core.words_of(i), core.surah(i), core.ayah(i); });
  for (std::size_t i = 0; i < bounded(core.words()); ++i)
    call([&] { core.segments_of(i), core.verse_of(i), core.parts_of(core.word_analysis_of(i)); });
  for (std::size_t i = 0; i < bounded(core.segments()); ++i)
    call([&] { core.word_of(i), core.analysis_of(i); });
  for (const Definition& row : attributes::table) {
    call([&] { core.find(row.attribute, "قال"); });
    call([&] { core.dictionary(row.attribute).with_key("a"); });
    for (std::uint32_t value = 0; value < bounded(core.values(row.attribute)); ++value) {
      call([&] { core.text(row.attribute, value); });
      call([&] { core.counts(row.attribute, value); });
      call([&] { core.holders(row.attribute, value); });
      call([&] { core.postings(row.attribute, value).words(); });
      call([&] {
        const Postings list = core.postings(row.attribute, value);
        auto cursor = list.cursor();
        for (std::uint32_t word = 0; !cursor.done(); word += 7) cursor.skip_to(word);
      });
    }
    for (std::size_t item = 0; item < 50; ++item)
      call([&] { core.text(row.attribute, core.value(row.attribute, item)); });
  }
  for (std::size_t r = 0; r < attributes::regions.size(); ++r) {
    const RegionList& list = core.regions(static_cast<Region>(r));
    for (std::size_t i = 0; i < bounded(list.size()); ++i) call([&] { list.words(i), list.number(i); });
    for (std::size_t word = 0; word < 50; ++word) call([&] { list.begun_at(word); });
  }
  const Trees& trees = core.trees();
  for (std::size_t node = 0; node < bounded(trees.size()); ++node) {
    call([&] { trees.segment(node), trees.analysis(node), trees.head(node), trees.verse(node); });
    call([&] { trees.ancestors(node); });
    call([&] { trees.is_ancestor(node, node / 2), trees.names_itself(node); });
    call([&] {
      for (std::size_t c = 0; c < bounded(trees.child_count(node)); ++c) trees.child(node, c);
    });
  }
  for (std::size_t i = 0; i < bounded(trees.phrases()); ++i)
    call([&] { trees.phrase(i), trees.phrase_node(i); });
  for (std::size_t i = 0; i < bounded(trees.sentences()); ++i) call([&] { trees.sentence(i); });
  call([&] { core.problems(); });
}

void mutate(testing::Random& random, std::string& bytes) {
  const auto byte = [&] {
    return static_cast<char>(random.pick(std::vector<int>{0, 1, 0x7F, 0x80, 0xFF, 7}));
  };
  switch (random.below(6)) {
    case 0:  // bytes anywhere
      for (std::size_t n = random.between(1, 40); n > 0; --n) bytes[random.below(bytes.size())] = byte();
      break;
    case 1:  // a run of one byte
      for (std::size_t at = random.below(bytes.size()), n = random.between(1, 200);
           n > 0 && at < bytes.size(); --n)
        bytes[at++] = byte();
      break;
    case 2:  // a part over another
      bytes.replace(random.below(bytes.size()), 64, bytes.substr(random.below(bytes.size()), 64));
      break;
    case 3:
      bytes.resize(random.below(bytes.size()));
      break;
    case 4:  // the header
      bytes[random.below(header_size)] = byte();
      break;
    default: {  // the table of sections
      const auto table = load<std::uint64_t>(bytes.data() + table_offset_at);
      for (std::size_t n = random.between(1, 4); n > 0; --n)
        bytes[table + random.below(bytes.size() - table)] = byte();
    }
  }
}

}  // namespace

TEST_CASE("mutations of a core file") {
  testing::Random random(99);
  testing::TemporaryFolder folder;
  testing::write_core(testing::random_typed_corpus(random, 40), folder / "core");
  const std::string whole = files::read(folder / "core");
  int opened = 0, refused = 0;
  for (int round = 0; round < 1000; ++round) {
    CAPTURE(round);
    std::string bytes = whole;
    mutate(random, bytes);
    // Half of them with checksums that hold, so that what is behind them is tested too.
    if (round % 2 == 0 && bytes.size() >= header_size) repair_checksums(bytes);
    files::write_durably(folder / "changed", bytes);
    const auto code = testing::error_of([&] {
      const CoreFile core(folder / "changed");
      ++opened;
      read_all(core);
    });
    if (code) {
      CHECK((code == ErrorCode::bad_input || code == ErrorCode::unavailable));
      ++refused;
    }
  }
  CHECK(opened > 200);
  CHECK(refused > 200);
}

TEST_CASE("a core file of another kind is refused") {
  testing::TemporaryFolder folder;
  testing::Random random(3);
  testing::write_core(testing::random_typed_corpus(random, 5), folder / "core");
  const std::string whole = files::read(folder / "core");
  const auto opened_with = [&](std::size_t at, char byte) {
    std::string bytes = whole;
    bytes[at] = byte;
    repair_checksums(bytes);
    files::write_durably(folder / "other", bytes);
    return testing::message_of([&] { CoreFile{folder / "other"}; });
  };
  CHECK(opened_with(0, 'K').empty());
  CHECK(opened_with(0, 'X').find("no core file") != std::string::npos);
  CHECK(opened_with(8, '\x7F').find("another version") != std::string::npos);
  CHECK(opened_with(16, static_cast<char>(whole[16] + 1)).find("other attributes") != std::string::npos);
  CHECK(testing::error_of([&] { CoreFile{folder / "missing"}; }).has_value());
}

TEST_CASE("a changed byte is found by the checksums") {
  testing::TemporaryFolder folder;
  testing::Random random(4);
  testing::write_core(testing::random_typed_corpus(random, 5), folder / "core");
  std::string bytes = files::read(folder / "core");
  bytes[header_size] = static_cast<char>(bytes[header_size] + 1);
  files::write_durably(folder / "core", bytes);
  CHECK(CoreFile(folder / "core").problems().size() == 1);
}

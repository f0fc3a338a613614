// A core file with changed bytes is refused, or gives an Error where it is used; it never crashes or hangs.
#include "columns_corpus.h"
#include "columns_reading.h"
#include "support/files.h"
#include "testing.h"

using namespace kalima;
using namespace kalima::columns;
using testing::header_size;
using testing::read_all;
using testing::repair_checksums;
using testing::table_offset_at;

namespace {

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
    // Half of them with checksums that hold, so that the checks after them are tested too.
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

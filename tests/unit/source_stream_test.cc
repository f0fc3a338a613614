// Files that are imported piece by piece: importers/source_stream.h.
#include "importers/source_stream.h"

#include <algorithm>
#include <string>
#include <utility>

#include "support/files.h"
#include "support/utf8.h"
#include "testing.h"

using namespace kalima;
using importers::SourceStream;
using testing::TemporaryFolder;

namespace {

constexpr std::size_t block = 1u << 20;  // what is read at once
constexpr std::size_t max_line = 4 * block;
constexpr importers::Limit limit{importers::Limit::none, max_line, block};

// All pieces in a row; each ends with a line.
std::string all_of(SourceStream stream, std::size_t* pieces = nullptr) {
  std::string all;
  while (const auto piece = stream.next()) {
    CHECK((piece->ends_with('\n') || stream.done() == stream.size()));
    all += *piece;
    if (pieces != nullptr) ++*pieces;
  }
  CHECK(!stream.next());
  CHECK(stream.done() == stream.size());
  return all;
}

std::string message_of(std::string bytes) {
  SourceStream stream("f", std::move(bytes), limit);
  return testing::message_of([&] {
    while (stream.next()) {
    }
  });
}

// Lines of different lengths, of characters with one to four bytes, more than some blocks of them.
std::string long_text(testing::Random& random) {
  const char* characters[] = {"a", "\xC3\xA9", "\xD8\xA7", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", " "};
  std::string text;
  while (text.size() < 3 * block + block / 2) {
    for (std::size_t left = random.below(200); left > 0; --left) text += characters[random.below(6)];
    text += random.one_in(10) ? "\r\n" : "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("pieces are the text, from a file and from memory, in UTF-8 and in UTF-16") {
  const TemporaryFolder folder;
  testing::Random random(14);
  for (int round = 0; round < 4; ++round) {
    const std::string text = long_text(random) + (round % 2 == 0 ? "" : "the end");
    std::string big_endian = utf8::to_utf16_with_mark(text);
    for (std::size_t i = 0; i + 1 < big_endian.size(); i += 2) std::swap(big_endian[i], big_endian[i + 1]);
    for (const std::string& bytes :
         {text, "\xEF\xBB\xBF" + text, utf8::to_utf16_with_mark(text), big_endian}) {
      std::size_t pieces = 0;
      CHECK((all_of(SourceStream("f", bytes, limit), &pieces) == text));
      CHECK(pieces >= 3);
      files::write_durably(folder / "f", bytes);
      CHECK((all_of(SourceStream(folder / "f", importers::Limit{bytes.size(), max_line})) == text));
      CHECK(testing::error_of([&] {
              SourceStream(folder / "f", importers::Limit{bytes.size() - 1, max_line});
            }) == ErrorCode::too_large);
    }
  }
  for (const std::string text : {"", "\n", "a", "a\n", "\n\na"})
    CHECK(all_of(SourceStream("f", text)) == text);
}

TEST_CASE("a stream knows its end, and begins again") {
  const TemporaryFolder folder;
  testing::Random random(16);
  const std::string text = long_text(random);
  for (const std::string& bytes : {text, text + "the end", utf8::to_utf16_with_mark(text)}) {
    files::write_durably(folder / "f", bytes);
    const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) +
                       (bytes.ends_with("the end") ? 1 : 0);
    for (const bool from_file : {false, true}) {
      SourceStream stream = from_file ? SourceStream(folder / "f", limit) : SourceStream("f", bytes, limit);
      for (int round = 0; round < 2; ++round, stream.rewind()) {
        std::size_t last = 0;
        for (importers::SourceLines lines(stream); lines.next();) {
          CHECK(last == 0);
          if (lines.last()) last = lines.number();
        }
        CHECK(last == count);
      }
    }
  }
}

TEST_CASE("errors name the line, wherever it is in the file") {
  testing::Random random(15);
  const std::string text = long_text(random);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  const std::string last = "f:" + std::to_string(lines + 1) + ": ",
                    before = "f:" + std::to_string(lines) + ": ";
  CHECK(message_of(text).empty());
  CHECK(message_of(text + "x\xD8\n").starts_with(last + "not valid UTF-8"));
  CHECK(message_of(text + "x\xD8").starts_with(last + "not valid UTF-8"));
  CHECK(message_of(text.substr(0, text.size() - 1) + std::string(1, '\0') + "\n")
            .starts_with(before + "has the control character U+0000"));
  std::string utf16 = utf8::to_utf16_with_mark(text + "x");
  CHECK(message_of(utf16 + "\xD8").starts_with(last + "the UTF-16 text is cut off"));
  CHECK(message_of(utf16 + "\x01\xD8").starts_with(last + "the UTF-16 text is cut off"));
  CHECK(message_of(utf16 + "\x01\xD8x" + std::string(1, '\0') + utf16).starts_with(last + "the UTF-16 text"));
  CHECK(message_of(text + std::string(max_line + 2 * block, 'x'))
            .starts_with(last + "a line of more than 4 MiB"));
}

TEST_CASE("a byte order mark is at the beginning only, whatever the pieces") {
  const std::string mark = "\xEF\xBB\xBF", what = "a byte order mark (U+FEFF) within the text";
  for (const std::size_t size : {std::size_t{3}, std::size_t{64}}) {
    const auto outcome = [&](const std::string& bytes, importers::InnerMarks marks) {
      return testing::message_of(
          [&] { all_of(SourceStream("f", bytes, importers::Limit{.block = size}, marks)); });
    };
    for (const auto marks : {importers::InnerMarks::refused, importers::InnerMarks::kept}) {
      CHECK(outcome(mark + "a\nb\n", marks).empty());
      CHECK(outcome(mark + mark + "a\nb\n", marks) == "f:1: begins with two byte order marks (U+FEFF)");
      CHECK(outcome(mark + mark, marks) == "f:1: begins with two byte order marks (U+FEFF)");
    }
    CHECK(outcome("a\n" + mark + "b\n", importers::InnerMarks::refused).starts_with("f:2: " + what));
    CHECK(outcome("a\nb" + mark, importers::InnerMarks::refused).starts_with("f:2: " + what));
    CHECK(outcome("a\nb" + mark, importers::InnerMarks::kept).empty());
  }
}

TEST_CASE("whoever wants to know is told of each block") {
  SourceStream stream("f", std::string(10 * block, ' '), importers::Limit{.block = block});
  std::size_t blocks = 0, last = 0;
  stream.on_block([&](const SourceStream& read) {
    ++blocks;
    CHECK(read.done() >= last);
    last = read.done();
  });
  while (stream.next()) {
  }
  CHECK(last == 10 * block);
  CHECK(blocks >= 10);
}

TEST_CASE("line ends of old Macs are told from long lines") {
  CHECK(message_of("a\rb\rc").find("CR alone") != std::string::npos);
  std::string lines;
  while (lines.size() < max_line + 2 * block) lines += "a\r";
  CHECK(message_of(lines).find("CR alone") != std::string::npos);
  CHECK(message_of("\n" + lines).find("a line of more than") != std::string::npos);
  CHECK(message_of("a\rb\rc\n").empty());
}

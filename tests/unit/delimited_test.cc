#include "support/delimited.h"

#include "testing.h"

using namespace kalima;
using delimited::Quotes;
using testing::error_of;
using testing::Random;

namespace {

using Record = std::vector<std::string>;

std::vector<Record> read_all(std::string_view text, char separator = ',', Quotes quotes = Quotes::honoured) {
  delimited::Reader reader(text, separator, quotes);
  std::vector<Record> records;
  // The reader keeps the strings of the record before: what it does not clear would show.
  Record record{"left", "over", "from", "before"};
  while (reader.next(record)) records.push_back(record);
  return records;
}

std::vector<std::size_t> lines_of(std::string_view text) {
  delimited::Reader reader(text, ',', Quotes::honoured);
  std::vector<std::size_t> lines;
  for (Record record; reader.next(record);) lines.push_back(reader.line());
  return lines;
}

}  // namespace

TEST_CASE("records of fields") {
  CHECK(read_all("") == std::vector<Record>{});
  CHECK(read_all("\n\r\n\r\n") == std::vector<Record>{});
  CHECK(read_all("a") == std::vector<Record>{{"a"}});
  CHECK(read_all("a,b\nc,d\n") == std::vector<Record>{{"a", "b"}, {"c", "d"}});
  CHECK(read_all("a,b\nc,d") == std::vector<Record>{{"a", "b"}, {"c", "d"}});
  CHECK(read_all("a,b,c\nd\ne,f") == std::vector<Record>{{"a", "b", "c"}, {"d"}, {"e", "f"}});
  CHECK(read_all(",") == std::vector<Record>{{"", ""}});
  CHECK(read_all("a,,\n,b\n") == std::vector<Record>{{"a", "", ""}, {"", "b"}});
  CHECK(read_all("a, b ,c") == std::vector<Record>{{"a", " b ", "c"}});
  CHECK(read_all("a\tb,c", '\t') == std::vector<Record>{{"a", "b,c"}});
}

TEST_CASE("a text in pieces is read as a whole one") {
  Random random(21);
  for (int round = 0; round < 500; ++round) {
    std::string text = random.one_in(4) ? "\xEF\xBB\xBF" : "";
    for (std::size_t left = random.below(60); left > 0; --left) text += "a\",\n\r\"\n"[random.below(8)];
    // Whole lines; the last piece need not end.
    std::vector<std::string_view> pieces;
    for (std::string_view rest = text; !rest.empty();) {
      std::size_t size = rest.find('\n');
      while (size < rest.size() && random.one_in(2)) size = rest.find('\n', size + 1);
      size = size < rest.size() ? size + 1 : rest.size();
      pieces.push_back(rest.substr(0, size));
      rest.remove_prefix(size);
    }
    delimited::Reader whole(text, ',', Quotes::honoured);
    std::size_t given = 0;
    delimited::Reader parts(
        [&] { return given < pieces.size() ? std::optional(pieces[given++]) : std::nullopt; }, ',',
        Quotes::honoured);
    Record expected, found;
    for (bool more = true; more;) {
      const auto read = [](delimited::Reader& reader, Record& record, bool& there) {
        return testing::message_of([&] { there = reader.next(record); });
      };
      bool there = false;
      const std::string message = read(whole, expected, more);
      CHECK(read(parts, found, there) == message);
      if (!message.empty()) break;
      CHECK(there == more);
      CHECK(found == expected);
      CHECK(parts.line() == whole.line());
      CHECK(parts.offset() == whole.offset());
    }
  }
}

TEST_CASE("line ends of every system, empty lines skipped") {
  CHECK(read_all("a\r\nb\nc\rd\r\n\r\n\n\re") == std::vector<Record>{{"a"}, {"b"}, {"c"}, {"d"}, {"e"}});
}

TEST_CASE("a byte order mark is not part of the first field") {
  CHECK(read_all("\xEF\xBB\xBF"
                 "a,b\n") == std::vector<Record>{{"a", "b"}});
  CHECK(read_all("\xEF\xBB\xBF"
                 "\"a\",b\n") == std::vector<Record>{{"a", "b"}});
  CHECK(read_all("a,\xEF\xBB\xBF"
                 "b\n") == std::vector<Record>{{"a",
                                                "\xEF\xBB\xBF"
                                                "b"}});
  CHECK(read_all("\xEF\xBB\xBF") == std::vector<Record>{});
}

TEST_CASE("quoted fields may contain separators, quotes and line breaks") {
  CHECK(read_all("\"a,b\",\"c\"\"d\",\"e\nf\"\n") == std::vector<Record>{{"a,b", "c\"d", "e\nf"}});
  CHECK(read_all("\"\",\"\"\"\"\n") == std::vector<Record>{{"", "\""}});
  CHECK(read_all("\"a\r\nb\"\r\nc") == std::vector<Record>{{"a\r\nb"}, {"c"}});
  CHECK(read_all("\"\"\n") == std::vector<Record>{{""}});
  // As Python's csv module: a quote inside a field is a character, text after the closing quote is kept.
  CHECK(read_all("a\"b\",c") == std::vector<Record>{{"a\"b\"", "c"}});
  CHECK(read_all("\"a\"b,c") == std::vector<Record>{{"ab", "c"}});
}

TEST_CASE("plain quotes are characters") {
  CHECK(read_all("\"a,b\",\"c\n\"", ',', Quotes::plain) ==
        std::vector<Record>{{"\"a", "b\"", "\"c"}, {"\""}});
}

TEST_CASE("a quoted field that is not closed is an error that names its line") {
  for (const char* text : {"\"", "\"a", "a,b\n\nc,\"d\ne\n", "\"a\"\"", "a,\"b\nc"}) {
    CAPTURE(text);
    CHECK(error_of([&] { read_all(text); }) == ErrorCode::bad_input);
  }
  CHECK(testing::message_of([] { read_all("a,b\r\n\r\n\"x\ny\",\"d\ne\n"); }).starts_with("line 4:"));
}

TEST_CASE("each record knows the line at which it begins") {
  CHECK(lines_of("a\nb\n\nc\r\n\"d\ne\"\r\nf\r\rg") == std::vector<std::size_t>{1, 2, 4, 5, 7, 9});
}

TEST_CASE("what was written with quotes is read back") {
  Random random(6);
  const std::string letters = "ab,\t\"\n\r ;";
  for (int round = 0; round < 3'000; ++round) {
    const char separator = random.one_in(2) ? ',' : '\t';
    std::vector<Record> records;
    std::string text = random.one_in(4) ? "\xEF\xBB\xBF" : "";
    for (std::size_t left = random.between(1, 5); left > 0; --left) {
      Record& record = records.emplace_back();
      for (std::size_t fields = random.between(1, 4); fields > 0; --fields) {
        std::string& field = record.emplace_back();
        for (std::size_t size = random.between(0, 5); size > 0; --size) field += random.pick(letters);
        std::string quoted = "\"";
        for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
        quoted += '"';
        const bool needs = field.find_first_of("\"\r\n") != std::string::npos ||
                           field.find(separator) != std::string::npos ||
                           (field.empty() && record.size() == 1);
        text += needs || random.one_in(2) ? quoted : field;
        if (fields > 1) text += separator;
      }
      if (left > 1 || random.one_in(2))
        text += random.pick(std::vector<std::string>{"\n", "\r\n", "\r", "\n\n"});
    }
    CAPTURE(text);
    CHECK(read_all(text, separator) == records);
  }
}

TEST_CASE("any bytes are read to their end or refused") {
  Random random(7);
  using namespace std::string_literals;
  const std::string letters = "a\",\n\r\xEF\xBB\xBF\0"s;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t size = random.between(0, 20); size > 0; --size) text += random.pick(letters);
    delimited::Reader reader(text, ',', random.one_in(3) ? Quotes::plain : Quotes::honoured);
    std::size_t offset = 0, line = 0;
    bool refused = false;
    try {
      for (Record record; reader.next(record);) {
        CHECK(reader.offset() > offset);
        CHECK(reader.offset() <= text.size());
        CHECK(reader.line() > line);
        CHECK_FALSE(record.empty());
        offset = reader.offset();
        line = reader.line();
      }
    } catch (const Error& e) {
      refused = true;
      CHECK(e.code() == ErrorCode::bad_input);
      CHECK(text.find('"') != std::string::npos);
    }
    if (!refused) CHECK(reader.offset() == text.size());
  }
}

TEST_CASE("lines within quotes are counted whatever ends them") {
  CHECK(lines_of("\"a\rb\"\rc\r\"d\r\ne\r\rf\"\rg") == std::vector<std::size_t>{1, 3, 4, 8});
}

TEST_CASE("a first field that begins with a byte order mark keeps it") {
  const Record record{
      "\xEF\xBB\xBF"
      "a",
      "b"};
  std::string written;
  delimited::write(record, ',', written);
  CHECK(read_all(written) == std::vector<Record>{record});
}

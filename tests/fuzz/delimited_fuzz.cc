// support/delimited: a record that was written is read again as it was, and records are where their line
// numbers say.
#include "support/delimited.h"

#include "fuzzing.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;
using delimited::Quotes;
using Records = std::vector<std::vector<std::string>>;

// How many lines end before `offset`: at LF, CRLF and CR.
std::size_t line_at(std::string_view text, std::size_t offset) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < offset; ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && !text.substr(i + 1).starts_with('\n'))) ++line;
  }
  return line;
}

Records read_all(std::string_view text, char separator, Quotes quotes) {
  delimited::Reader reader(text, separator, quotes);
  Records records;
  std::vector<std::string> fields;
  for (std::size_t before = 0; reader.next(fields); before = reader.offset()) {
    FUZZ_CHECK(reader.offset() > before && reader.offset() <= text.size());
    FUZZ_CHECK(!fields.empty());
    // Empty lines before the record are skipped.
    std::size_t begin = before == 0 && text.starts_with("\xEF\xBB\xBF") ? 3 : before;
    while (begin < text.size() && (text[begin] == '\n' || text[begin] == '\r')) ++begin;
    FUZZ_CHECK(reader.line() == line_at(text, begin));
    records.push_back(fields);
  }
  FUZZ_CHECK(reader.offset() == text.size());
  return records;
}

// Plain reading needs no state: split at line ends, then at separators.
Records plain_reference(std::string_view text, char separator) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Records records;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty()) continue;
    std::vector<std::string>& fields = records.emplace_back();
    for (;;) {
      const std::size_t end = line.find(separator);
      fields.emplace_back(line.substr(0, end));
      if (end == std::string_view::npos) break;
      line.remove_prefix(end + 1);
    }
  }
  return records;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const char separator = input.flag() ? '\t' : ',';
  const std::string_view text = input.rest();

  FUZZ_CHECK(read_all(text, separator, Quotes::plain) == plain_reference(text, separator));
  const auto records = refused_or([&] { return read_all(text, separator, Quotes::honoured); });
  if (!records) {
    FUZZ_CHECK(text.find('"') != std::string_view::npos);
    return 0;
  }
  std::string written;
  for (const auto& fields : *records) delimited::write(fields, separator, written);
  FUZZ_CHECK(read_all(written, separator, Quotes::honoured) == *records);
  return 0;
}

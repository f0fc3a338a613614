// support/utf8 and importers/source_file: decoding of UTF-8 and UTF-16, against the definitions spelled out.
#include "support/utf8.h"

#include "fuzzing.h"
#include "importers/source_file.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

// The well-formed sequence at the start of `bytes` by the definition: as many bits as the lead byte says, and
// then the shortest form of a code point that is not a surrogate. Its length, or 0.
std::size_t sequence(std::string_view bytes, char32_t& c) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  std::size_t length = 0;
  if (at(0) < 0x80) {
    length = 1;
    c = at(0);
  } else if ((at(0) & 0xE0) == 0xC0) {
    length = 2;
    c = at(0) & 0x1Fu;
  } else if ((at(0) & 0xF0) == 0xE0) {
    length = 3;
    c = at(0) & 0x0Fu;
  } else if ((at(0) & 0xF8) == 0xF0) {
    length = 4;
    c = at(0) & 0x07u;
  }
  if (length == 0 || length > bytes.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xC0) != 0x80) return 0;
    c = (c << 6) | (at(i) & 0x3Fu);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  return c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? 0 : length;
}

void check_utf8(std::string_view text) {
  bool valid = true;
  std::size_t first_bad = std::string_view::npos;
  for (std::size_t at = 0; at < text.size();) {
    char32_t wanted = 0;
    const std::size_t length = sequence(text.substr(at), wanted), start = at;
    bool ok = true;
    const char32_t got = utf8::decode(text, at, &ok);
    FUZZ_CHECK(at > start && at <= text.size());
    FUZZ_CHECK(ok == (length > 0));
    if (ok) {
      FUZZ_CHECK(got == wanted && at == start + length);
    } else {
      FUZZ_CHECK(got == utf8::replacement && at <= start + 3);
      if (valid) first_bad = start;
      valid = false;
    }
  }
  FUZZ_CHECK(utf8::valid(text) == valid);
  FUZZ_CHECK(utf8::first_invalid(text) == first_bad);

  const std::string repaired = utf8::repaired(text);
  FUZZ_CHECK(utf8::valid(repaired));
  FUZZ_CHECK(!valid || repaired == text);
  const std::u32string points = utf8::to_code_points(text);
  FUZZ_CHECK(points == utf8::to_code_points(repaired));
  std::string again;
  for (const char32_t c : points) utf8::append(again, c);
  FUZZ_CHECK(again == repaired);
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, points.size() / 2, points.size()}) {
    const std::string_view prefix = utf8::prefix(text, count);
    FUZZ_CHECK(text.starts_with(prefix) && utf8::to_code_points(prefix) == points.substr(0, count));
  }
  std::string back;
  FUZZ_CHECK(utf8::from_utf16(utf8::to_utf16_with_mark(repaired), back) && back == repaired);
}

void check_utf16(std::string_view bytes) {
  std::string text;
  const bool whole = utf8::from_utf16(bytes, text);
  FUZZ_CHECK(utf8::valid(text));
  if (whole && bytes.starts_with("\xFF\xFE")) FUZZ_CHECK(utf8::to_utf16_with_mark(text) == bytes);
  if (!whole || !bytes.starts_with("\xFE\xFF")) return;
  std::string swapped(bytes);
  for (std::size_t i = 0; i + 1 < swapped.size(); i += 2) std::swap(swapped[i], swapped[i + 1]);
  FUZZ_CHECK(utf8::to_utf16_with_mark(text) == swapped);
}

void check_source_file(std::string_view bytes) {
  const MemoryFile file(bytes);
  const auto text =
      refused_or([&] { return std::string(importers::SourceFile(file.path(), importers::Limit{}).text()); });
  const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  std::string wanted;
  bool good = true;
  if (utf16) {
    good = utf8::from_utf16(bytes, wanted);
  } else {
    wanted = bytes.substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    good = utf8::valid(wanted);
  }
  good = good && !wanted.starts_with("\xEF\xBB\xBF");  // a second mark
  // An archive may be valid UTF-8.
  constexpr std::string_view archives[] = {"\x1F\x8B",
                                           "PK\x03\x04",
                                           "BZh",
                                           "\xFD"
                                           "7zXZ",
                                           "7z\xBC\xAF",
                                           "Rar!"};
  const bool archive =
      std::ranges::any_of(archives, [&](std::string_view start) { return bytes.starts_with(start); }) ||
      (bytes.size() > 262 && bytes.substr(257, 5) == "ustar");
  // The lines of old Macs are refused: whoever reads by lines would see a single one. XML has no lines.
  const bool old_mac = !wanted.starts_with('<') && wanted.find('\n') == std::string::npos &&
                       std::ranges::count(wanted, '\r') > 1;
  FUZZ_CHECK(text.has_value() == (good && !archive && !old_mac && wanted.find('\0') == std::string::npos));
  if (text) FUZZ_CHECK(*text == wanted);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_utf8(bytes);
  check_utf16(bytes);
  check_source_file(bytes);
  return 0;
}

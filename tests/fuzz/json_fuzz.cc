// support/json: what is accepted is JSON by the grammar of RFC 8259, and comes back from all four writers.
//
// libFuzzer: -max_len=2048
#include "support/json.h"

#include "fuzzing.h"
#include "support/utf8.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

// The grammar, section by section, and nothing else. A byte order mark may come before it (section 8.1).
class Grammar {
 public:
  explicit Grammar(std::string_view text) : rest_(text) {}

  bool holds() {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    white_space();
    if (!value(0)) return false;
    white_space();
    return rest_.empty();
  }

 private:
  bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  void white_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n\r"), rest_.size())); }
  bool digits() {
    const std::size_t count = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    rest_.remove_prefix(count);
    return count > 0;
  }
  bool number() {
    take("-");
    if (!take("0") && !digits()) return false;
    if (take(".") && !digits()) return false;
    if (take("e") || take("E")) {
      if (!take("+")) take("-");
      return digits();
    }
    return true;
  }
  std::optional<unsigned> four_hex() {
    if (rest_.size() < 4) return std::nullopt;
    const std::string text(rest_.substr(0, 4));
    if (text.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) return std::nullopt;
    rest_.remove_prefix(4);
    return static_cast<unsigned>(std::strtoul(text.c_str(), nullptr, 16));
  }
  // A lone surrogate is grammatical, yet no text; it is refused too.
  bool escaped_unit() {
    const auto unit = four_hex();
    if (!unit || (*unit >= 0xDC00 && *unit <= 0xDFFF)) return false;
    if (*unit < 0xD800 || *unit > 0xDBFF) return true;
    if (!take("\\u")) return false;
    const auto low = four_hex();
    return low && *low >= 0xDC00 && *low <= 0xDFFF;
  }
  bool string() {
    if (!take("\"")) return false;
    while (!rest_.empty()) {
      if (take("\"")) return true;
      if (static_cast<unsigned char>(rest_.front()) < 0x20) return false;
      if (take("\\u")) {
        if (!escaped_unit()) return false;
      } else if (take("\\")) {
        if (rest_.empty() || std::string_view("\"\\/bfnrt").find(rest_.front()) == std::string_view::npos)
          return false;
        rest_.remove_prefix(1);
      } else {
        rest_.remove_prefix(1);
      }
    }
    return false;
  }
  bool value(std::size_t depth) {
    if (depth > json::Limits{}.depth) return false;
    if (take("null") || take("true") || take("false")) return true;
    if (rest_.starts_with('"')) return string();
    const bool object = take("{");
    if (!object && !take("[")) return number();
    const std::string_view end = object ? "}" : "]";
    white_space();
    if (take(end)) return true;
    do {
      white_space();
      if (object) {
        if (!string()) return false;
        white_space();
        if (!take(":")) return false;
        white_space();
      }
      if (!value(depth + 1)) return false;
      white_space();
    } while (take(","));
    return take(end);
  }

  std::string_view rest_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = refused_or([&] { return json::parse(text); });
  const bool well_formed = utf8::valid(text) && Grammar(text).holds();
  if (!value) {
    // Also refused: numbers that no double can hold, which have more than 300 digits or an exponent, and what
    // nests too deep, where the grammar above stops one level later.
    FUZZ_CHECK(!well_formed || size > 300 || text.find_first_of("eE") != std::string_view::npos ||
               std::count_if(text.begin(), text.end(), [](char c) { return c == '[' || c == '{'; }) > 64);
    return 0;
  }
  FUZZ_CHECK(well_formed);

  FUZZ_CHECK(json::parse(json::ordered(*value)) == *value);
  std::string spaced, indented;
  json::write_spaced(*value, spaced);
  json::write_indented(*value, indented);
  FUZZ_CHECK(json::parse(spaced) == *value);
  FUZZ_CHECK(json::parse(indented) == *value);
  // The order of keys is lost, once.
  const std::string sorted = json::sorted(*value);
  FUZZ_CHECK(json::sorted(json::parse(sorted)) == sorted);
  FUZZ_CHECK(json::ordered(json::parse(sorted)) == sorted);
  return 0;
}

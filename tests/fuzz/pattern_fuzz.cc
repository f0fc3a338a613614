// api/legacy/pattern_request and search/word_pattern: a body is refused or understood, and what is found in a
// text is what plain backtracking finds.
//
// An input is the text on the first line, then the body.
//
// libFuzzer: -max_len=512
#include "api/legacy/pattern_request.h"

#include "fuzzing.h"
#include "naive_pattern.h"
#include "support/json.h"
#include "support/utf8.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

bool truthy(const json::Value* value) {
  if (value == nullptr) return false;
  const std::string text = json::ordered(*value);
  if (value->as_number() != nullptr) return text.find_first_of("123456789") != std::string::npos;
  return text != "null" && text != "false" && text != "\"\"" && text != "[]" && text != "{}";
}

// The letters as the body names them.
std::vector<api::legacy::WordPattern::Letter> letters_of(const json::Value& body) {
  std::vector<api::legacy::WordPattern::Letter> letters;
  for (const json::Value& segment : *body.find("segments")->as_array()) {
    auto& letter = letters.emplace_back();
    const json::Value* text = segment.find("letter");
    if (!truthy(segment.find("any_letter")) && text != nullptr && text->as_string() != nullptr) {
      letter.letter = utf8::to_code_points(*text->as_string());
    }
    const json::Value* signs = segment.find("diacritics");
    if (truthy(segment.find("any_diacritics")) || signs == nullptr || signs->as_array() == nullptr) continue;
    for (const json::Value& sign : *signs->as_array()) {
      if (sign.as_string() != nullptr) letter.signs += utf8::to_code_points(*sign.as_string());
    }
  }
  return letters;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::u32string text = utf8::to_code_points(input.line());
  const std::string_view body = input.rest();
  auto request = refused_or([&] { return api::legacy::parse_pattern_request(body); });
  if (!request) return 0;
  const json::Value value = json::parse(body);
  FUZZ_CHECK(request->query_json == json::sorted(value));
  FUZZ_CHECK(utf8::valid(request->regex));

  const auto letters = letters_of(value);
  // Plain backtracking takes a time that grows with the power of the letters.
  if (letters.size() > 6 || text.size() > 24) {
    request->pattern.count(text);
    return 0;
  }
  const testing::NaivePattern naive(letters, truthy(value.find("allow_prefix")),
                                    truthy(value.find("allow_suffix")));
  const std::size_t matches = naive.count(text);
  FUZZ_CHECK(request->pattern.count(text) == matches);
  FUZZ_CHECK(request->pattern.count(text) == matches);  // nothing is left over from the time before
  if (matches == 0) return 0;
  FUZZ_CHECK(text.size() >= request->pattern.min_length());
  std::uint64_t has = 0;
  for (const char32_t c : text) has |= std::uint64_t{1} << (c % 64);
  FUZZ_CHECK((has & request->pattern.required()) == request->pattern.required());
  return 0;
}

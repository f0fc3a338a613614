// corpus/legacy_reading and api/legacy/reading_json: any features string gets a reading out of a closed set
// of values, the same as the regular expressions and substring tests that the header names, and its answer is
// JSON.
//
// libFuzzer: -max_len=256
#include "api/legacy/derived/reading.h"

#include <regex>
#include <set>

#include "api/legacy/reading_json.h"
#include "fuzzing.h"
#include "support/json.h"
#include "support/utf8.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

std::optional<std::string> verb_form(const std::string& features) {
  static const std::regex form(R"(\((I{1,3}V?|VI{0,3}|I?X)\))");
  std::smatch found;
  if (!std::regex_search(features, found, form)) return std::nullopt;
  return "Form " + found.str(1);
}

void check_one_of(const std::optional<std::string_view>& value, const std::set<std::string_view>& known) {
  if (value) FUZZ_CHECK(known.contains(*value));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string features(reinterpret_cast<const char*>(data), size);
  const api::legacy::Reading reading = api::legacy::read_features(features);
  FUZZ_CHECK(reading.verb_form == verb_form(features));
  check_one_of(reading.person, {"1st", "2nd", "3rd"});
  check_one_of(reading.number, {"singular", "dual", "plural"});
  check_one_of(reading.gender, {"masculine", "feminine"});
  check_one_of(reading.voice, {"active", "passive"});
  check_one_of(reading.mood, {"indicative", "subjunctive", "jussive"});
  check_one_of(reading.grammatical_case, {"nominative", "accusative", "genitive"});
  check_one_of(reading.tense, {"perfect", "imperfect", "imperative"});
  check_one_of(reading.aspect, {"perfective", "imperfective"});
  static const std::regex person("1[PSD]|[23](P|[MF][SDP])");
  FUZZ_CHECK(reading.person.has_value() == std::regex_search(features, person));
  FUZZ_CHECK(!reading.aspect || reading.tense);
  FUZZ_CHECK(!api::legacy::pos_name(features).empty() || features.empty());

  if (!utf8::valid(features)) return 0;
  const std::string tag = features.substr(0, features.find('|'));
  std::string answer;
  api::legacy::write_reading({.type = {}, .pos = tag, .root = "r", .lemma = {}, .features = features},
                             answer);
  const json::Value object = json::parse(answer);
  FUZZ_CHECK(object.as_object() != nullptr && object.as_object()->size() == 15);
  FUZZ_CHECK(json::sorted(object) == answer);
  FUZZ_CHECK(*object.find("features_raw")->as_string() == features);
  return 0;
}

#include "api/legacy/derived/reading.h"

#include "testing.h"

using namespace kalima;
using api::legacy::read_features;
using api::legacy::Reading;

namespace {

std::string text(const std::optional<std::string_view>& value) { return std::string(value.value_or("-")); }

// "form person number gender voice mood case tense aspect", "-" for a missing value.
std::string read(std::string_view features) {
  const Reading r = read_features(features);
  return r.verb_form.value_or("-") + " " + text(r.person) + " " + text(r.number) + " " + text(r.gender) +
         " " + text(r.voice) + " " + text(r.mood) + " " + text(r.grammatical_case) + " " + text(r.tense) +
         " " + text(r.aspect);
}

}  // namespace

TEST_CASE("features are read as the old server read them") {
  const std::pair<const char*, const char*> cases[] = {
      {"", "- - - - - - - - -"},
      {"STEM|POS:V|IMPF|(IV)|LEM:u|ROOT:nzl|3MP|MOOD:SUBJ",
       "Form IV 3rd plural masculine - subjunctive - imperfect imperfective"},
      {"STEM|POS:V|PERF|PASS|(VIII)|3FS", "Form VIII 3rd singular feminine passive - - perfect perfective"},
      {"STEM|POS:V|IMPV|2MD", "- 2nd dual masculine - - - imperative -"},
      {"STEM|POS:N|ACT|PCPL|MD|NOM", "- - dual masculine active - nominative - -"},
      {"STEM|POS:N|F|GEN", "- - - feminine - - genitive - -"},
      {"IMPF|1P", "- 1st plural masculine - - - imperfect imperfective"},
      {"IMPF|1S|MOOD:IND", "- 1st singular masculine - indicative - imperfect imperfective"},
      {"MOOD:JUS", "- - singular - - jussive - - -"},
  };
  for (const auto& [text, reading] : cases) {
    const auto& features = text;  // clang 14: CAPTURE takes no structured binding
    CAPTURE(features);
    CHECK(read(features) == reading);
  }
}

TEST_CASE("the old reading's mistakes are kept") {
  CHECK(read_features("STEM|POS:P|LEM:x").number == "plural");  // "P|"
  CHECK(read_features("POS:COND|x").number == "dual");          // "D|"
  CHECK(read_features("POS:RES|x").number == "singular");       // "S|"
  CHECK(read_features("PERF|PASS|3FP").number == "singular");   // "S|" is tested before "FP"
  CHECK(read_features("ROOT:ArD|x").number == "dual");          // the root's own letter
  CHECK_FALSE(read_features("N|INDEF|ACC").gender);             // "F|" is not tested
  CHECK(read_features("1P|MOOD:SUBJ").gender == "masculine");   // "|M"
  CHECK(read_features("3FS|MOOD:SUBJ").gender == "masculine");
  CHECK(read_features("IMPF|3FS").gender == "masculine");  // "MP" in IMPF
  CHECK(read_features("PERF|3FS").gender == "feminine");
  CHECK(read_features("POS:ACC").grammatical_case == "accusative");
  CHECK(read_features("LEM:gen").grammatical_case == "genitive");  // upper-cased first
  CHECK(read_features("ROOT:fact").voice == "active");
  CHECK(read_features("pass").voice == "passive");
  CHECK(read_features("jus").mood == "jussive");
  CHECK_FALSE(read_features("mood:ind").mood);  // as written only
  CHECK(read_features("mood:sj").mood == "subjunctive");
  CHECK_FALSE(read_features("3mp").person);  // as written only
  CHECK_FALSE(read_features("|m|").gender);
}

TEST_CASE("of several the first in the old order decides") {
  CHECK(read_features("3MS|1P").person == "1st");
  CHECK(read_features("3MS|2MP").person == "2nd");
  CHECK(read_features("MP|FS").number == "singular");
  CHECK(read_features("MP|FD").number == "dual");
  CHECK(read_features("FS|MS").gender == "masculine");
  CHECK(read_features("PASS|ACT").voice == "active");
  CHECK(read_features("JUS|SUBJ").mood == "subjunctive");
  CHECK(read_features("JUS|MOOD:IND").mood == "indicative");
  CHECK(read_features("GEN|ACC|NOM").grammatical_case == "nominative");
  CHECK(read_features("GEN|ACC").grammatical_case == "accusative");
  CHECK(read_features("IMPV|IMPF|PERF").tense == "perfect");
  CHECK(read_features("IMPV|IMPF").tense == "imperfect");
}

TEST_CASE("verb forms are those of the old regular expression") {
  // \((I{1,3}V?|VI{0,3}|I?X)\)
  for (const char* form : {"I", "II", "III", "IV", "IIV", "IIIV", "V", "VI", "VII", "VIII", "IX", "X"}) {
    CAPTURE(form);
    CHECK(read_features("x|(" + std::string(form) + ")|y").verb_form == "Form " + std::string(form));
  }
  for (const char* none : {"", "IIII", "VIIII", "IIX", "XI", "XII", "VV", "iv", " IV", "IVI", "(", "A"}) {
    CAPTURE(none);
    CHECK_FALSE(read_features("x|(" + std::string(none) + ")|y").verb_form);
  }
  CHECK_FALSE(read_features("IV").verb_form);
  CHECK_FALSE(read_features("(IV").verb_form);
  CHECK(read_features("(XI)|(II)").verb_form == "Form II");
  CHECK(read_features("((II)").verb_form == "Form II");
  CHECK(read_features("(a(II)(III)").verb_form == "Form II");
}

TEST_CASE("a part of speech has its English name, or none") {
  using api::legacy::pos_name;
  CHECK(pos_name("N") == "Noun");
  CHECK(pos_name("T") == "Particle");
  CHECK(pos_name("REM") == "Resumption Particle");
  CHECK(pos_name("PRON") == "Pronoun");
  for (const char* nameless : {"DEM", "LOC", "PRP", "PREV", "INL", "", "n", "XYZ"})
    CHECK(pos_name(nameless) == nameless);
}

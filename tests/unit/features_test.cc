#include "corpus/features.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>

#include "api/legacy/verses/verse_json.h"
#include "shared_data.h"
#include "support/files.h"
#include "support/json.h"
#include "testing.h"

using namespace kalima;
using namespace kalima::corpus;

namespace {

// "property=value property=value" of what is set.
std::string shown(const Features& features) {
  std::string out;
  for (const auto& [property, value] : named_values(features)) {
    if (!out.empty()) out += ' ';
    out += std::string(property) + '=' + std::string(value);
  }
  for (const std::string_view part : features.leftovers) out += " ?" + std::string(part);
  return out;
}

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t bar = text.find('|');
    parts.push_back(text.substr(0, bar));
    if (bar == std::string_view::npos) break;
    text.remove_prefix(bar + 1);
    if (text.empty()) parts.push_back(text);
  }
  return parts;
}

// Every part of the text is read or left over, as often as it occurs.
void check_that_all_is_covered(std::string_view text) {
  CAPTURE(text);
  const Features features = read_features(text);
  const std::string read = to_text(features);
  std::vector<std::string_view> all = parts_of(text), found = parts_of(read);
  found.insert(found.end(), features.leftovers.begin(), features.leftovers.end());
  std::sort(all.begin(), all.end());
  std::sort(found.begin(), found.end());
  CHECK(found == all);
}

const char* const samples[] = {
    "PREFIX|Al+",
    "PREFIX|w:CONJ+",
    "SUFFIX|PRON:3MS",
    "SUFFIX|+n:EMPH",
    "STEM|POS:V|IMPF|(IV)|LEM:'aAmana|ROOT:Amn|3MP|MOOD:SUBJ",
    "STEM|POS:V|PERF|PASS|LEM:qaAla|ROOT:qwl|3MS",
    "STEM|POS:V|PERF|LEM:kaAna|ROOT:kwn|SP:kaAn|3MS",
    "STEM|POS:N|ACT|PCPL|(VIII)|LEM:x|ROOT:wqy|MP|GEN",
    "STEM|POS:N|VN|LEM:x|ROOT:qwl|M|INDEF|ACC",
    "STEM|POS:INL",
};

}  // namespace

TEST_CASE("features as written") {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"STEM", "segment_type=stem"},
      {"PREFIX|bi+", "segment_type=prefix clitic=preposition bi-"},
      {"PREFIX|f:REM+", "segment_type=prefix clitic=resumption particle fa-"},
      {"SUFFIX|l:P+", "segment_type=suffix clitic=preposition li-"},
      {"SUFFIX|+VOC", "segment_type=suffix clitic=vocative ending -mma"},
      {"SUFFIX|PRON:2D", "segment_type=suffix clitic=attached pronoun person=second number=dual"},
      {"SUFFIX|PRON:3MS",
       "segment_type=suffix clitic=attached pronoun person=third gender=masculine number=singular"},
      {"STEM|POS:PRON|1P", "segment_type=stem part_of_speech=personal pronoun person=first number=plural"},
      {"STEM|POS:V|IMPF|(IV)|LEM:>anzala|ROOT:nzl|3MP|MOOD:SUBJ",
       "segment_type=stem part_of_speech=verb aspect=imperfect mood=subjunctive verb_form=IV person=third "
       "gender=masculine number=plural root=nzl lemma=>anzala"},
      {"STEM|POS:V|PERF|PASS|(XII)|3FS",
       "segment_type=stem part_of_speech=verb aspect=perfect voice=passive verb_form=XII person=third "
       "gender=feminine number=singular"},
      {"STEM|POS:N|ACT|PCPL|MD|NOM",
       "segment_type=stem part_of_speech=noun derivation=active participle gender=masculine number=dual "
       "case=nominative"},
      {"STEM|POS:ADJ|PASS|PCPL|(II)|F|INDEF|GEN",
       "segment_type=stem part_of_speech=adjective verb_form=II derivation=passive participle "
       "gender=feminine "
       "state=indefinite case=genitive"},
      {"STEM|POS:N|VN|P|ACC",
       "segment_type=stem part_of_speech=noun derivation=verbal noun number=plural case=accusative"},
      // Letters of a lemma or root are not features; a tag is a tag only after POS:.
      {"STEM|POS:ACC|LEM:<in~|SP:<in~",
       "segment_type=stem part_of_speech=accusative particle special_group=inna and its sisters lemma=<in~"},
      {"LEM:pass|ROOT:ArD", "root=ArD lemma=pass"},
      {"POS:IMPV|IMPV", "part_of_speech=imperative particle aspect=imperative"},
      {"N|V", " ?N ?V"},
      // The documentation's explicit defaults.
      {"POS:V|IMPF|ACT|(I)|MOOD:IND",
       "part_of_speech=verb aspect=imperfect mood=indicative voice=active verb_form=I"},
      {"POS:V|MOOD:ENG", "part_of_speech=verb mood=energetic"},
      {"POS:N|DEF", "part_of_speech=noun state=definite"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.first);
    CHECK(shown(read_features(one.first)) == one.second);
  }
}

TEST_CASE("unknown and repeated features are left over") {
  const std::pair<const char*, std::vector<std::string_view>> cases[] = {
      {"|", {"", ""}},
      {"STEM||M", {""}},
      {"STEM|", {""}},
      {"stem|m|gen|pos:N", {"stem", "m", "gen", "pos:N"}},
      {"POS:|POS:X|POS:n", {"POS:", "POS:X", "POS:n"}},
      {"LEM:|ROOT:", {"LEM:", "ROOT:"}},
      {"LEM:a|LEM:b|ROOT:c|ROOT:c", {"LEM:b", "ROOT:c"}},
      {"STEM|PREFIX|POS:N|POS:V", {"PREFIX", "POS:V"}},
      {"3MS|3MS|M|P", {"3MS", "M", "P"}},
      {"PRON:3MS|2FP", {"2FP"}},
      {"2FP|PRON:3MS", {"PRON:3MS"}},
      {"3|3M|4MS|MSX|SM|1MSP| M", {"3", "3M", "4MS", "MSX", "SM", "1MSP", " M"}},
      {"PRON:|PRON:3|PRON:X", {"PRON:", "PRON:3", "PRON:X"}},
      {"Al+|bi+|w:XYZ+|w:CONJ|+n|al+", {"bi+", "w:XYZ+", "w:CONJ", "+n", "al+"}},
      {"PCPL|ACT|VN|PCPL", {"PCPL", "PCPL"}},
      {"ACT|PCPL|VN|PASS|PCPL", {"VN", "PCPL"}},
      {"ACT|PASS", {"PASS"}},
      {"PERF|IMPF|NOM|GEN|INDEF|DEF", {"IMPF", "GEN", "DEF"}},
      {"(XIII)|(IIII)|IV|(iv)|()|(", {"(XIII)", "(IIII)", "IV", "(iv)", "()", "("}},
      {"(II)|(III)", {"(III)"}},
      {"SP:kaAn|SP:<in~|SP:", {"SP:<in~", "SP:"}},
      {"MOOD:SUBJ|MOOD:JUS|MOOD:|SUBJ", {"MOOD:JUS", "MOOD:", "SUBJ"}},
      {"بِ|É", {"بِ", "É"}},
  };
  for (const auto& one : cases) {
    CAPTURE(one.first);
    CHECK(read_features(one.first).leftovers == one.second);
    check_that_all_is_covered(one.first);
  }
}

TEST_CASE("what the corpus leaves out is implied, and nothing else") {
  const auto added = [](std::string_view text) {
    const Features written = read_features(text), implied = with_implied(written);
    // What is written stays as it is.
    const auto before = named_values(written), after = named_values(implied);
    std::string out;
    for (const auto& value : after) {
      if (std::find(before.begin(), before.end(), value) != before.end()) continue;
      out += (out.empty() ? "" : " ") + std::string(value.first) + '=' + std::string(value.second);
    }
    CHECK(after.size() >= before.size());
    CHECK(implied.leftovers == written.leftovers);
    CHECK(with_implied(implied) == implied);
    return out;
  };
  CHECK(added("") == "");
  CHECK(added("STEM|POS:V|IMPF|3MS") == "mood=indicative voice=active verb_form=I");
  CHECK(added("STEM|POS:V|IMPF|PASS|(II)|3MS") == "mood=indicative");
  CHECK(added("STEM|POS:V|IMPF|3MS|MOOD:JUS") == "voice=active verb_form=I");
  CHECK(added("STEM|POS:V|PERF|(X)|3MS") == "voice=active");
  CHECK(added("STEM|POS:V|IMPV|2MS") == "voice=active verb_form=I");
  CHECK(added("STEM|POS:V") == "voice=active verb_form=I");
  CHECK(added("STEM|POS:N|ACT|PCPL|M|GEN") == "verb_form=I");
  CHECK(added("STEM|POS:ADJ|PASS|PCPL|(IV)|M|GEN") == "");
  CHECK(added("STEM|POS:N|VN|M|GEN") == "verb_form=I");
  CHECK(added("STEM|POS:N|M|GEN") == "");
  CHECK(added("STEM|POS:PN|GEN") == "");
  CHECK(added("STEM|POS:PRON|1S") == "");
  CHECK(added("IMPF|3MS") == "");
  CHECK(added("PREFIX|Al+") == "part_of_speech=determiner");
  CHECK(added("PREFIX|sa+") == "part_of_speech=future particle");
  CHECK(added("PREFIX|l:IMPV+") == "part_of_speech=imperative particle");
  CHECK(added("PREFIX|A:INTG+") == "part_of_speech=interrogative particle");
  CHECK(added("SUFFIX|+VOC") == "part_of_speech=vocative particle");
  CHECK(added("SUFFIX|+n:EMPH") == "part_of_speech=emphatic particle");
  CHECK(added("SUFFIX|PRON:1S") == "part_of_speech=personal pronoun");
  CHECK(added("POS:N|Al+") == "");
}

TEST_CASE("each clitic implies the part of speech that it names") {
  std::set<PartOfSpeech> implied;
  for (std::size_t place = 0; place < attributes::clitics.size(); ++place) {
    const auto clitic = static_cast<Clitic>(place);
    const std::string clitic_written = written(clitic);
    CAPTURE(clitic_written);
    const PartOfSpeech pos = part_of_speech(clitic);
    implied.insert(pos);
    const std::size_t colon = clitic_written.find(':');
    const bool pronoun = clitic == Clitic::attached_pronoun;
    const std::string part = clitic_written + (pronoun ? "3MS" : "");
    CHECK(read_features(part).clitic == clitic);
    CHECK(to_text(read_features(part)) == part);
    if (colon == std::string::npos || pronoun) continue;
    CHECK(clitic_written.substr(colon + 1).substr(0, written(pos).size()) == written(pos));
    CHECK(attributes::value(clitic).english.starts_with(attributes::value(pos).english.substr(0, 5)));
  }
  CHECK(implied.size() == 17);
}

TEST_CASE("each value of a set is written in its own way, and read back") {
  const auto check = [](auto value) {
    using Value = decltype(value);
    std::set<std::string> all;
    for (std::size_t place = 0; place < attributes::values_of<Value>().size(); ++place) {
      const std::string text = written(static_cast<Value>(place));
      CHECK(all.insert(text).second);
      CHECK(from_written<Value>(text) == static_cast<Value>(place));
    }
    CHECK(all.size() >= 2);
    CHECK_FALSE(from_written<Value>(""));
    CHECK_FALSE(from_written<Value>("x"));
  };
  check(SegmentType{});
  check(PartOfSpeech{});
  check(Clitic{});
  check(Person{});
  check(Gender{});
  check(Number{});
  check(Aspect{});
  check(Mood{});
  check(Voice{});
  check(VerbForm{});
  check(Derivation{});
  check(State{});
  check(Case{});
  check(SpecialGroup{});
}

TEST_CASE("samples are written back as they were") {
  for (const char* text : samples) CHECK(to_text(read_features(text)) == text);
}

TEST_CASE("any text can be read, and all of it is read or left over") {
  testing::Random random(20110501);
  static const std::vector<std::string> pieces = {"STEM",
                                                  "PREFIX",
                                                  "SUFFIX",
                                                  "POS:",
                                                  "POS:V",
                                                  "POS:N",
                                                  "LEM:",
                                                  "ROOT:",
                                                  "SP:",
                                                  "SP:kaAn",
                                                  "MOOD:",
                                                  "MOOD:JUS",
                                                  "PRON:",
                                                  "3MS",
                                                  "1P",
                                                  "M",
                                                  "F",
                                                  "S",
                                                  "3",
                                                  "ACT",
                                                  "PASS",
                                                  "PCPL",
                                                  "VN",
                                                  "PERF",
                                                  "IMPF",
                                                  "(",
                                                  "IV",
                                                  ")",
                                                  "(XI)",
                                                  "+",
                                                  "Al+",
                                                  "w:CONJ+",
                                                  "INDEF",
                                                  "NOM",
                                                  "GEN",
                                                  "|",
                                                  "|",
                                                  "|",
                                                  "|",
                                                  "|",
                                                  ":",
                                                  "",
                                                  " ",
                                                  "x",
                                                  "ن",
                                                  "\xFF",
                                                  std::string(1, '\0')};
  std::size_t understood = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t left = random.between(0, 12); left > 0; --left) {
      text += random.one_in(20) ? std::string(1, static_cast<char>(random.below(256))) : random.pick(pieces);
      if (!random.one_in(3)) text += '|';
    }
    check_that_all_is_covered(text);
    const Features features = read_features(text);
    CHECK(with_implied(with_implied(features)) == with_implied(features));
    // What was read is read again, whatever order its parts had.
    const std::string again = to_text(features);
    CHECK(read_features(again).leftovers.empty());
    if (!again.empty()) ++understood;
  }
  CHECK(understood > 10000);
}

TEST_CASE("every features string of the full corpus is read without a leftover") {
  const auto data = testing::full_data({"corpus/quran.jsonl"});
  if (!data) return;
  std::ifstream file(*data / "corpus/quran.jsonl");
  REQUIRE(file);
  std::set<std::string> texts;
  std::size_t segments = 0, other_type = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) continue;
    const Verse verse = api::legacy::verse_from_json(json::parse(line)).verse;
    for (const Word& word : verse.words) {
      for (const Segment& segment : word.segments) {
        if (!segment.features) continue;
        ++segments;
        const Features features = read_features(*segment.features);
        if (!features.type || attributes::value(*features.type).name != segment.type.value_or(""))
          ++other_type;
        texts.insert(*segment.features);
      }
    }
  }
  std::size_t with_leftovers = 0, written_otherwise = 0, without_pos = 0;
  for (const std::string& text : texts) {
    const Features features = read_features(text);
    if (!features.leftovers.empty()) {
      ++with_leftovers;
      INFO(text);
      CHECK(features.leftovers.empty());
    }
    if (to_text(features) != text) ++written_otherwise;
    if (!with_implied(features).part_of_speech) ++without_pos;
  }
  std::cout << segments << " segments, " << texts.size() << " distinct features strings, " << with_leftovers
            << " with leftovers\n";
  CHECK(segments == 128219);
  CHECK(texts.size() == 12405);
  CHECK(with_leftovers == 0);
  CHECK(written_otherwise == 0);
  CHECK(without_pos == 0);
  CHECK(other_type == 0);
}

// Random verses of the old corpus file's shape: ordinary ones, and odd ones with keys missing, unknown, in another
// order or of another type. The same in every run.
#pragma once

#include <string>
#include <vector>

#include "corpus/verse.h"
#include "random_json.h"
#include "testing.h"

namespace kalima::testing {

struct SampleOptions {
  bool odd = false;  // keys in disorder, unknown keys, missing members
};

class VerseSamples {
 public:
  VerseSamples(Random& random, SampleOptions options) : random_(random), options_(options) {}

  json::Value verse(std::int64_t surah, std::int64_t ayah) {
    std::string text;
    json::Array tokens;
    for (std::size_t count = random_.between(0, 7), i = 1; i <= count; ++i) {
      tokens.push_back(word(i));
      if (i > 1) text += odd(20) ? "\u00A0" : odd(20) ? "  " : " ";
      text += form();
    }
    json::Object members{
        {"surah", json::Object{{"number", surah}, {"name", "Surah " + std::to_string(surah)}}},
        {"ayah", ayah},
        {"text", text}};
    if (odd(3)) mix(*members[0].second.as_object());
    if (!odd(10)) members.emplace_back("tokens", std::move(tokens));
    for (const corpus::ResearchKind kind : corpus::all_research_kinds) {
      if (kind == corpus::ResearchKind::annotation ? odd(3) : !random_.one_in(4)) continue;
      json::Value value =
          json::Object{{"internal", json::Array{random_json(random_, 2)}}, {"external", json::Array{}}};
      if (corpus::is_list(kind)) {
        json::Array list;
        for (std::size_t left = random_.between(0, 3); left > 0; --left) list.push_back(document());
        value = std::move(list);
      }
      // A value of a shape that the code does not expect.
      if (odd(12)) value = random_json(random_, 2);
      members.emplace_back(std::string(corpus::verse_key(kind)), std::move(value));
    }
    if (options_.odd) mix(members);
    return members;
  }

  // Values that repeat from verse to verse, so that searches find several.
  std::string form() {
    static const std::vector<std::string> letters = {"ب", "س", "م", "ٱ", "ل", "ه", "ـ", "ا"};
    static const std::vector<std::string> signs = {"\u064E", "\u0650", "\u0651", "\u0652",
                                                   "\u0670", "\u06DF", ""};
    std::string out;
    for (std::size_t left = random_.between(1, 4); left > 0; --left) {
      out += random_.pick(letters) + random_.pick(signs);
      if (random_.one_in(4)) out += random_.pick(signs);
    }
    return out;
  }
  static const std::vector<std::string>& roots() {
    static const std::vector<std::string> all = {"smw", "Alh", "rHm", "Hmd", "A", "$rk", "SMW"};
    return all;
  }
  static const std::vector<std::string>& tags() {
    static const std::vector<std::string> all = {"N", "PN", "V", "P", "PRON", "v", "DET"};
    return all;
  }
  static const std::vector<std::string>& feature_texts() {
    static const std::vector<std::string> all = {"STEM|POS:N|LEM:{som|ROOT:smw|M|GEN",
                                                 "PREFIX|bi+",
                                                 "SUFFIX|PRON:3MP",
                                                 "STEM|POS:V|IMPF|(IV)|ROOT:rHm|3MP|MOOD:SUBJ",
                                                 "STEM|POS:V|PERF|PASS|3MS",
                                                 "STEM|POS:V|IMPV|2MS",
                                                 "بِ|É"};
    return all;
  }

 private:
  bool odd(std::size_t n) { return options_.odd && random_.one_in(n); }

  json::Value document() {
    return odd(6) ? random_json(random_, 2)
                  : json::Value(json::Object{{"id", random_text(random_)}, {"note", random_text(random_)}});
  }

  json::Value value(const std::vector<std::string>& from) {
    if (random_.one_in(5)) return {};
    if (odd(12)) return "";
    return random_.pick(from);
  }

  json::Value word(std::size_t number) {
    json::Array segments;
    for (std::size_t count = random_.between(options_.odd ? 0 : 1, 3), i = 1; i <= count; ++i) {
      static const std::vector<std::string> types = {"prefix", "stem", "suffix", "STEM"},
                                            lemmas = {"{som", "{ll~ah", "raHomaAn", "بِسْم"};
      json::Object segment{{"id", std::to_string(number) + "." + std::to_string(i)},
                           {"form", odd(3) ? json::Value(form()) : json::Value()},
                           {"type", value(types)},
                           {"pos", value(tags())},
                           {"root", value(roots())},
                           {"lemma", value(lemmas)},
                           {"features", value(feature_texts())}};
      if (odd(3)) mix(segment);
      segments.push_back(std::move(segment));
    }
    json::Object word{
        {"id", static_cast<std::int64_t>(number)}, {"form", form()}, {"segments", std::move(segments)}};
    if (odd(10)) word[0].second = json::Value(json::Number{"1.0"});
    if (odd(10)) word[1].second = nullptr;
    if (odd(3)) mix(word);
    return word;
  }

  // Members in another order, some more, some missing that may be.
  void mix(json::Object& members) {
    if (random_.one_in(2)) random_.shuffle(members);
    if (random_.one_in(3)) {
      static const std::vector<std::string> unknown = {"gloss", "text_norm", "section_tags", "é"};
      json::Value object(members);
      object.set(random_.pick(unknown), random_json(random_, 2));
      members = *object.as_object();
      if (random_.one_in(2)) random_.shuffle(members);
    }
    if (random_.one_in(4)) {
      std::erase_if(members, [&](const json::Member& m) {
        static const std::vector<std::string> optional = {"form",  "type",     "pos", "root",
                                                          "lemma", "features", "id",  "segments"};
        return std::find(optional.begin(), optional.end(), m.first) != optional.end() && random_.one_in(4);
      });
    }
  }

  Random& random_;
  SampleOptions options_;
};

}  // namespace kalima::testing

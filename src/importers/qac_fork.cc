#include "importers/qac_fork.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "corpus/features.h"
#include "support/numbers.h"
#include "support/utf8.h"
#include "text/buckwalter.h"
#include "text/letters.h"

namespace kalima::importers {
namespace {

bool is_arabic(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// Arabic letters in extended Buckwalter, the rest as it is. The corpus spells آ as two letters; the fork writes some signs
// as the King Fahd Complex does.
std::string transliterated(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    char32_t c = utf8::decode(text, at);
    if (c == 0x0622) {
      out += "'aA";
      continue;
    }
    if (c == 0x06E1) c = 0x0652;
    if (c == 0x06E4) c = 0x0653;
    if (c == 0x06CC) c = 0x064A;
    const auto letter = c < 0x80 ? std::nullopt : text::buckwalter_letter(c);
    // The corpus writes the shadda before the vowel, Unicode after it.
    const bool after_vowel = letter == '~' && !out.empty() &&
                             std::string_view("FNKaui").find(out.back()) != std::string_view::npos;
    if (after_vowel) {
      out.insert(out.size() - 1, 1, '~');
    } else if (letter) {
      out += *letter;
    } else {
      out += text.substr(from, at - from);
    }
  }
  return out;
}

// Version 0.4 writes each hamza of a root as alif: ROOT:Alh, ROOT:jyA.
void spell_roots_as_version_0_4(std::string& features) {
  constexpr std::string_view label = "ROOT:", hamzas = "'>&<}{";
  for (std::size_t at = features.find(label); at != std::string::npos; at = features.find(label, at)) {
    for (at += label.size(); at < features.size() && features[at] != '|'; ++at) {
      if (features.compare(at, 3, "'aA") == 0) features.erase(at, 2);  // of آ
      if (hamzas.find(features[at]) != std::string_view::npos) features[at] = 'A';
    }
  }
}

std::vector<std::string_view> split(std::string_view features) {
  std::vector<std::string_view> parts;
  for (bool more = !features.empty(); more;) {
    const std::size_t end = features.find('|');
    more = end != std::string_view::npos && end + 1 < features.size();
    if (end != 0) parts.push_back(features.substr(0, end));  // the fork has a few "INL|"
    if (more) features.remove_prefix(end + 1);
  }
  return parts;
}

bool take(std::vector<std::string_view>& parts, std::string_view part) {
  const auto at = std::ranges::find(parts, part);
  if (at == parts.end()) return false;
  parts.erase(at);
  return true;
}

bool is_part_of_speech(std::string_view part) {
  static constexpr std::array<std::string_view, 4> of_fork = {"ATT", "DIST", "ADDR", "NV"};
  return corpus::from_written<corpus::PartOfSpeech>(part) ||
         std::ranges::find(of_fork, part) != of_fork.end();
}

// The part of speech, taken off the features.
std::string take_part_of_speech(std::string_view tag, std::vector<std::string_view>& parts) {
  // Of nouns and verbs these are case, aspect and number.
  static constexpr std::array<std::string_view, 4> others = {"ACC", "IMPV", "P", "N"};
  const bool particle = tag == "P";
  if (tag != "V" && !parts.empty() && is_part_of_speech(parts.front()) &&
      (particle || std::ranges::find(others, parts.front()) == others.end())) {
    std::string named(parts.front());
    parts.erase(parts.begin());
    // The only aspect for which version 0.4 has a tag.
    return named == "NV" && std::ranges::find(parts, "IMPV") != parts.end() ? "IMPN" : named;
  }
  return std::string(tag == "N" && take(parts, "ADJ") ? "ADJ" : tag);
}

// How version 0.4 writes a particle before a word: by its letter and its part of speech.
std::string clitic_before(std::string_view pos, std::string_view lemma) {
  if (pos == "DET") return "Al+";
  if (pos == "FUT") return "sa+";
  if (pos == "ATT" || pos == "VOC") return lemma.starts_with('h') ? "ha+" : "ya+";
  const std::string letter(lemma.starts_with('>') || lemma.starts_with('A') ? "A" : lemma.substr(0, 1));
  if (pos == "P" && (letter == "b" || letter == "k" || letter == "t"))
    return letter == "b" ? "bi+" : letter + "a+";
  return fmt::format("{}:{}+", letter, pos);
}

std::string clitic_after(std::string_view pos, std::string_view lemma) {
  if (pos == "EMPH") return "+n:EMPH";
  if (pos == "VOC") return "+VOC";
  return pos == "P" && lemma.starts_with('l') ? "l:P+" : std::string();
}

// A feature of a stem.
std::string stem_feature(std::string_view part) {
  if (part == "ACT_PCPL") return "ACT|PCPL";
  if (part == "PASS_PCPL") return "PASS|PCPL";
  if (part == "FAM:kAn") return "SP:kaAn";
  if (part == "FAM:kAd") return "SP:kaAd";
  if (part.starts_with("FAM:")) return fmt::format("SP:{}", part.substr(4));
  if (part.starts_with("VF:")) {
    const auto number =
        numbers::parse<std::size_t>(part.substr(3), {.min = 1, .max = attributes::verb_forms.size()});
    if (number) return corpus::written(static_cast<corpus::VerbForm>(*number - 1));
  }
  return std::string(part);
}

// In the order of version 0.4, and then what it does not know.
std::string in_order(std::string_view features) {
  const corpus::Features read = corpus::read_features(features);
  std::string out = corpus::to_text(read);
  for (const std::string_view part : read.leftovers) out.append("|").append(part);
  return out;
}

std::string value_of(const std::vector<std::string_view>& parts, std::string_view label) {
  for (const std::string_view part : parts) {
    if (part.starts_with(label)) return std::string(part.substr(label.size()));
  }
  return {};
}

std::string joined(std::string out, const std::vector<std::string_view>& parts) {
  for (const std::string_view part : parts) out.append("|").append(stem_feature(part));
  return out;
}

// Of the fork's own features.
std::string features_of(std::string_view features, std::string& tag) {
  std::vector<std::string_view> parts = split(features);
  const bool prefix = take(parts, "PREF"), suffix = take(parts, "SUFF");
  tag = take_part_of_speech(tag, parts);
  const std::string lemma = value_of(parts, "LEM:");
  if (!prefix && !suffix) return in_order(joined(fmt::format("STEM|POS:{}", tag), parts));
  const std::string_view type = prefix ? "PREFIX" : "SUFFIX";
  if (suffix && tag == "PRON" && parts.size() == 1) return fmt::format("{}|PRON:{}", type, parts.front());
  const std::string clitic = prefix ? clitic_before(tag, lemma) : clitic_after(tag, lemma);
  if (!corpus::from_written<corpus::Clitic>(clitic))
    return joined(fmt::format("{}|POS:{}", type, tag), parts);
  if (tag == "ATT") tag = "VOC";  // as version 0.4 reads هَا
  return fmt::format("{}|{}", type, clitic);
}

}  // namespace

QacColumns in_version_0_4(std::string_view form, std::string_view tag, std::string_view features) {
  QacColumns out{std::nullopt, std::string(tag), transliterated(features)};
  spell_roots_as_version_0_4(out.features);
  const bool written = !form.empty() && form != "\u0640" && form != "_";
  if (written)
    out.form =
        is_arabic(form) ? std::string(form) : text::arabic_from_buckwalter(form).value_or(std::string(form));
  const std::string_view first = std::string_view(out.features).substr(0, out.features.find('|'));
  const bool earlier = first == "PREFIX" || first == "STEM" || first == "SUFFIX";
  if (!earlier && (tag == "N" || tag == "V" || tag == "P"))
    out.features = features_of(std::string(out.features), out.tag);
  return out;
}

}  // namespace kalima::importers

#include "corpus/features.h"

#include <type_traits>

namespace kalima::corpus {
namespace {

// Takes the first character of `text` if it is a value of the set.
template <typename Value>
std::optional<Value> take_letter(std::string_view& text) {
  const auto value = from_written<Value>(text.substr(0, 1));
  if (value) text.remove_prefix(1);
  return value;
}

// Sets a property that has no value yet; false if it has one or there is nothing to set.
template <typename Value>
bool set(std::optional<Value>& property, const std::optional<Value>& value) {
  if (property || !value) return false;
  property = value;
  return true;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), at_end_(text.empty()) {}

  Features read() {
    while (!at_end_) {
      const std::string_view part = next();
      if (!understood(part)) read_.leftovers.push_back(part);
    }
    return std::move(read_);
  }

 private:
  std::string_view next() {
    const std::size_t bar = text_.find('|');
    const std::string_view part = text_.substr(0, bar);
    at_end_ = bar == std::string_view::npos;
    if (!at_end_) text_.remove_prefix(bar + 1);
    return part;
  }

  template <typename Value>
  bool is_value(std::optional<Value>& property, std::string_view part) {
    return set(property, from_written<Value>(part));
  }

  bool is_text(std::optional<std::string_view>& property, std::string_view part, std::string_view label) {
    if (!part.starts_with(label) || part.size() == label.size()) return false;
    return set(property, std::optional(part.substr(label.size())));
  }

  // 3MS, 1P, MD, F, P: any of the three, in this order; a person only with a number.
  bool is_agreement(std::string_view part) {
    if (read_.person || read_.gender || read_.number || part.empty()) return false;
    const auto person = take_letter<Person>(part);
    const auto gender = take_letter<Gender>(part);
    const auto number = take_letter<Number>(part);
    if (!part.empty() || (person && !number)) return false;
    read_.person = person;
    read_.gender = gender;
    read_.number = number;
    return true;
  }

  bool is_clitic(std::string_view part) {
    const std::string pronoun = written(Clitic::attached_pronoun);
    if (read_.clitic) return false;
    if (!part.starts_with(pronoun)) return is_value(read_.clitic, part);
    if (!is_agreement(part.substr(pronoun.size()))) return false;
    read_.clitic = Clitic::attached_pronoun;
    return true;
  }

  // ACT and PASS belong to a participle if PCPL follows, else to a verb.
  bool is_voice_or_derivation(std::string_view part) {
    if (is_value(read_.derivation, part)) return true;
    const auto voice = from_written<Voice>(part);
    if (!voice) return false;
    if (!at_end_ && !read_.derivation && text_.substr(0, text_.find('|')) == "PCPL") {
      next();
      read_.derivation =
          *voice == Voice::active ? Derivation::active_participle : Derivation::passive_participle;
      return true;
    }
    return set(read_.voice, voice);
  }

  bool understood(std::string_view part) {
    constexpr std::string_view pos = "POS:";
    return is_value(read_.type, part) ||
           (part.starts_with(pos) && is_value(read_.part_of_speech, part.substr(pos.size()))) ||
           is_text(read_.lemma, part, "LEM:") || is_text(read_.root, part, "ROOT:") || is_clitic(part) ||
           is_agreement(part) || is_value(read_.aspect, part) || is_voice_or_derivation(part) ||
           is_value(read_.verb_form, part) || is_value(read_.special_group, part) ||
           is_value(read_.mood, part) || is_value(read_.state, part) ||
           is_value(read_.grammatical_case, part);
  }

  std::string_view text_;  // not read yet
  bool at_end_;
  Features read_;
};

}  // namespace

Features read_features(std::string_view text) { return Reader(text).read(); }

Features with_implied(const Features& written) {
  Features all = written;
  if (all.clitic && !all.part_of_speech) all.part_of_speech = part_of_speech(*all.clitic);
  const bool verb = all.part_of_speech == PartOfSpeech::verb;
  if (verb && !all.voice) all.voice = Voice::active;
  if (verb && all.aspect == Aspect::imperfect && !all.mood) all.mood = Mood::indicative;
  if ((verb || all.derivation) && !all.verb_form) all.verb_form = VerbForm::i;
  return all;
}

PartOfSpeech part_of_speech(Clitic clitic) {
  switch (clitic) {
    case Clitic::determiner_al:
      return PartOfSpeech::determiner;
    case Clitic::preposition_bi:
    case Clitic::preposition_ka:
    case Clitic::preposition_ta:
    case Clitic::preposition_wa:
    case Clitic::preposition_li:
      return PartOfSpeech::preposition;
    case Clitic::future_sa:
      return PartOfSpeech::future_particle;
    case Clitic::vocative_ya:
    case Clitic::vocative_ha:
    case Clitic::vocative_ending:
      return PartOfSpeech::vocative_particle;
    case Clitic::attached_pronoun:
      return PartOfSpeech::personal_pronoun;
    default:
      break;
  }
  // The others name it between `:` and `+`, or after `:`.
  std::string_view name = attributes::value(clitic).name;
  name.remove_prefix(name.find(':') + 1);
  if (name.ends_with('+')) name.remove_suffix(1);
  return *from_written<PartOfSpeech>(name);
}

std::string to_text(const Features& f) {
  std::string out;
  const auto add = [&](std::string_view label, std::string_view part) {
    if (!out.empty()) out += '|';
    out += label;
    out += part;
  };
  const auto add_value = [&](const auto& property) {
    if (property) add("", written(*property));
  };
  std::string agreement;
  const auto add_letter = [&](const auto& property) {
    if (property) agreement += written(*property);
  };
  add_letter(f.person);
  add_letter(f.gender);
  add_letter(f.number);
  const bool pronoun = f.clitic == Clitic::attached_pronoun;

  add_value(f.type);
  if (f.clitic) add(written(*f.clitic), pronoun ? agreement : "");
  if (f.part_of_speech) add("POS:", written(*f.part_of_speech));
  add_value(f.aspect);
  add_value(f.voice);
  add_value(f.derivation);
  add_value(f.verb_form);
  if (f.lemma) add("LEM:", *f.lemma);
  if (f.root) add("ROOT:", *f.root);
  add_value(f.special_group);
  if (!pronoun && !agreement.empty()) add("", agreement);
  add_value(f.mood);
  add_value(f.state);
  add_value(f.grammatical_case);
  return out;
}

std::vector<std::pair<std::string_view, std::string_view>> named_values(const Features& f) {
  std::vector<std::pair<std::string_view, std::string_view>> out;
  const auto add = [&](std::string_view property, const auto& value) {
    if (!value) return;
    if constexpr (std::is_enum_v<std::decay_t<decltype(*value)>>) {
      out.emplace_back(property, attributes::value(*value).english);
    } else {
      out.emplace_back(property, *value);
    }
  };
  add("segment_type", f.type);
  add("part_of_speech", f.part_of_speech);
  add("clitic", f.clitic);
  add("aspect", f.aspect);
  add("mood", f.mood);
  add("voice", f.voice);
  add("verb_form", f.verb_form);
  add("derivation", f.derivation);
  add("person", f.person);
  add("gender", f.gender);
  add("number", f.number);
  add("state", f.state);
  add("case", f.grammatical_case);
  add("special_group", f.special_group);
  add("root", f.root);
  add("lemma", f.lemma);
  return out;
}

}  // namespace kalima::corpus

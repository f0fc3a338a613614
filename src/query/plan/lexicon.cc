#include "query/plan/lexicon.h"

#include <algorithm>

#include "support/utf8.h"
#include "text/plain.h"
#include "text/unicode.h"

namespace kalima::query {
namespace {

text::Word prepared(std::string_view word) { return text::Word(utf8::to_code_points(text::lower(word))); }

std::string key_of(const text::Word& word) { return text::match_key(word.letters); }

}  // namespace

const Lines& Lexicon::lines(attributes::Attribute attribute, Form form) const {
  Kept& kept = this->kept(attribute);
  const auto place = static_cast<std::size_t>(form);
  std::call_once(kept.lines_once[place], [&] {
    const columns::Dictionary& dictionary = core_.dictionary(attribute);
    for (std::uint32_t value = 1; value <= dictionary.size(); ++value) {
      const std::string_view text = dictionary.text(value);
      kept.lines[place].add(form == Form::bare       ? text::plain(text)
                            : form == Form::composed ? text::nfc(text)
                                                     : std::string(text));
    }
  });
  return kept.lines[place];
}

Spelled Lexicon::spelled(attributes::Attribute attribute, std::string_view word) const {
  Kept& kept = this->kept(attribute);
  const columns::Dictionary& dictionary = core_.dictionary(attribute);
  std::call_once(kept.spellings_once, [&] {
    for (std::uint32_t value = 1; value <= dictionary.size(); ++value)
      kept.spellings[key_of(prepared(dictionary.text(value)))].push_back(value);
  });
  const text::Word wanted = prepared(word);
  if (wanted.written.size() > text::longest_word) return {};
  const auto candidates = kept.spellings.find(key_of(wanted));
  if (candidates == kept.spellings.end()) return {};
  Spelled out;
  out.step = text::loosest_step;
  for (const std::uint32_t value : candidates->second) {
    const text::Word there = prepared(dictionary.text(value));
    if (there.written.size() > text::longest_word) continue;
    const auto step = text::match(wanted, there, out.step);
    if (!step || (*step > out.step && !out.values.empty())) continue;
    if (*step < out.step) out.values.clear();
    out.step = *step;
    out.values.push_back(value);
  }
  return out;
}

const std::vector<std::uint32_t>& Lexicon::same_forms(attributes::Attribute attribute) const {
  Kept& kept = this->kept(attribute);
  std::call_once(kept.forms_once, [&] {
    const columns::Dictionary& dictionary = core_.dictionary(attribute);
    std::unordered_map<std::u32string, std::uint32_t> numbers;
    kept.forms.push_back(0);
    for (std::uint32_t value = 1; value <= dictionary.size(); ++value) {
      const std::u32string form =
          text::normal_form(text::Step::plain, utf8::to_code_points(text::lower(dictionary.text(value))));
      kept.forms.push_back(
          numbers.try_emplace(form, static_cast<std::uint32_t>(numbers.size() + 1)).first->second);
    }
  });
  return kept.forms;
}

}  // namespace kalima::query

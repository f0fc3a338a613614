#include "query/suggest/vocabulary.h"

#include <algorithm>
#include <bit>

#include "corpus/columns/dictionary.h"
#include "support/nearest.h"
#include "support/utf8.h"
#include "text/buckwalter.h"
#include "text/ladder.h"
#include "text/unicode.h"

namespace kalima::query {
namespace {

using attributes::Definition;
using attributes::Type;

constexpr std::size_t max_typed = 64;  // bytes
constexpr std::size_t max_frequent = 100;

std::uint64_t mask_of(std::u32string_view letters) {
  std::uint64_t out = 0;
  for (const char32_t c : letters) out |= std::uint64_t{1} << (c % 64);
  return out;
}

bool is_latin(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string consonants_of(std::string_view text) {
  const text::Word word(utf8::to_code_points(text));
  return word.written.size() > text::longest_word ? std::string() : text::match_key(word.letters);
}

// The row of the table that names a value, if there is one.
const attributes::Value* labels_of(const Definition& row, std::string_view name) {
  const auto found = std::ranges::find(row.values, name, &attributes::Value::name);
  return found == row.values.end() ? nullptr : &*found;
}

}  // namespace

Vocabulary::Vocabulary(const columns::CoreFile& core, attributes::Attribute attribute)
    : core_(core), attribute_(attribute), values_(core.values(attribute) + std::size_t{1}) {
  const bool texts = attributes::definition(attribute).type == Type::dictionary;
  for (std::uint32_t value = 1; value < values_.size(); ++value) {
    Known& known = values_[value];
    known.words = core.counts(attribute, value).words;
    if (known.words == 0) continue;
    const std::string text = core.text(attribute, value);
    known.key = columns::folded_key(text);
    known.letters = utf8::to_code_points(known.key);
    known.mask = mask_of(known.letters);
    if (texts && !is_latin(text)) known.consonants = consonants_of(text);
    by_key_.push_back(value);
    if (!known.consonants.empty()) by_consonants_.push_back(value);
  }
  std::ranges::stable_sort(by_key_, {},
                           [this](std::uint32_t value) -> std::string_view { return values_[value].key; });
  std::ranges::stable_sort(by_consonants_, {}, [this](std::uint32_t value) -> std::string_view {
    return values_[value].consonants;
  });
  frequent_ = by_key_;
  const auto kept = static_cast<std::ptrdiff_t>(std::min(max_frequent, frequent_.size()));
  std::ranges::partial_sort(frequent_, frequent_.begin() + kept,
                            [this](std::uint32_t a, std::uint32_t b) { return more_frequent(a, b); });
  frequent_.resize(static_cast<std::size_t>(kept));
}

bool Vocabulary::more_frequent(std::uint32_t a, std::uint32_t b) const {
  return words(a) != words(b) ? words(a) > words(b) : a < b;
}

void Vocabulary::add_with_prefix(std::vector<ValueMatch>& out, std::string_view prefix,
                                 ValueMatch::How how) const {
  const bool consonants = how == ValueMatch::How::spelling;
  const std::vector<std::uint32_t>& order = consonants ? by_consonants_ : by_key_;
  const auto beginning = [&](std::uint32_t value) {
    const std::string& key = consonants ? values_[value].consonants : values_[value].key;
    return std::string_view(key).substr(0, prefix.size());
  };
  for (auto it = std::ranges::lower_bound(order, prefix, {}, beginning);
       it != order.end() && beginning(*it) == prefix; ++it)
    out.push_back({*it, how});
}

std::vector<ValueMatch> Vocabulary::find(std::string_view typed, std::size_t limit) const {
  using How = ValueMatch::How;
  std::vector<ValueMatch> out;
  if (typed.size() > max_typed) return out;
  if (typed.empty()) {
    for (std::size_t i = 0; i < std::min(limit, frequent_.size()); ++i)
      out.push_back({frequent_[i], How::letters});
    return out;
  }
  const std::string key = columns::folded_key(typed);
  add_with_prefix(out, key, How::letters);
  const Definition& row = attributes::definition(attribute_);
  if (!row.values.empty()) {
    for (std::uint32_t value = 1; value < values_.size(); ++value) {
      const attributes::Value* const labels = labels_of(row, core_.text(attribute_, value));
      if (values_[value].words > 0 && labels != nullptr &&
          (text::lower(labels->english).starts_with(key) || labels->arabic.starts_with(typed) ||
           text::lower(labels->ud).starts_with(key)))
        out.push_back({value, How::label});
    }
  }
  if (!by_consonants_.empty()) {
    if (is_latin(typed)) {
      if (const auto arabic = text::arabic_from_buckwalter(typed))
        add_with_prefix(out, columns::folded_key(*arabic), How::letters);
    } else if (const std::string consonants = consonants_of(typed); !consonants.empty()) {
      add_with_prefix(out, consonants, How::spelling);
    }
  }
  if (out.empty() && key.size() > 1) {
    const std::u32string letters = utf8::to_code_points(key);
    const std::uint64_t mask = mask_of(letters);
    const std::size_t max_edits = std::clamp<std::size_t>(letters.size() / 3, 1, 2);
    for (const std::uint32_t value : by_key_) {
      const Known& known = values_[value];
      const std::size_t longer = std::max(known.letters.size(), letters.size());
      // Each difference changes at most two letters of the set.
      if (longer - std::min(known.letters.size(), letters.size()) > max_edits ||
          static_cast<std::size_t>(std::popcount(known.mask ^ mask)) > 2 * max_edits)
        continue;
      if (edit_distance(letters, known.letters) <= max_edits) out.push_back({value, How::corrected});
    }
  }
  // The same value may match in several ways; the best one counts.
  std::ranges::sort(out, [](const ValueMatch& a, const ValueMatch& b) {
    return std::pair(a.value, a.how) < std::pair(b.value, b.how);
  });
  const auto same = [](const ValueMatch& a, const ValueMatch& b) { return a.value == b.value; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  const auto before = [this](const ValueMatch& a, const ValueMatch& b) {
    if (a.how != b.how) return a.how < b.how;
    return more_frequent(a.value, b.value);
  };
  const auto shown = static_cast<std::ptrdiff_t>(std::min(limit, out.size()));
  std::ranges::partial_sort(out, out.begin() + shown, before);
  out.resize(static_cast<std::size_t>(shown));
  return out;
}

}  // namespace kalima::query

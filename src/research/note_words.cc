#include "research/note_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <shared_mutex>

#include "index/stemmer.h"
#include "support/error.h"
#include "support/utf8.h"
#include "text/letters.h"
#include "text/plain.h"
#include "text/proclitics.h"
#include "text/tokens.h"
#include "text/unicode.h"

namespace kalima::research {
namespace {

constexpr std::string_view default_language = "en";

bool is_arabic(std::u32string_view word) { return std::ranges::any_of(word, text::is_arabic_letter); }

std::string folded(std::u32string_view word) {
  std::string utf8;
  for (const char32_t c : text::decomposed(std::u32string(word))) utf8::append(utf8, c);
  return text::lower(text::plain(utf8));
}

std::string key_of(std::u32string_view word) { return text::match_key(text::letters(word)); }

// Whether what is left after particles is a word of its own: with the article after any of them, else only after و and ف, and
// if it has four letters: in كتاب and ولد the first letter is one of the word.
bool stands_alone(std::u32string_view beginning, std::u32string_view rest) {
  const text::Letters read = text::letters(rest);
  if (read.size() < 4) return false;
  constexpr std::u32string_view alifs = U"\u0627\u0671";
  if (alifs.find(read[0].base) != std::u32string_view::npos && read[1].base == U'\u0644') return true;
  const text::Letters particle = text::letters(beginning);
  return particle.size() == 1 && (particle[0].base == U'\u0648' || particle[0].base == U'\u0641');
}

// The word, and what it is without the particles before it: each by its key.
std::vector<std::pair<std::string, std::u32string>> readings(std::u32string_view word) {
  std::vector<std::pair<std::string, std::u32string>> out;
  const auto add = [&](std::u32string form) {
    std::string key = key_of(form);
    if (!key.empty()) out.emplace_back(std::move(key), std::move(form));
  };
  add(std::u32string(word));
  for (const text::Proclitic& before : text::proclitics(word)) {
    if (before.particles == 0) continue;
    std::u32string rest(word.substr(before.size));
    if (before.elided_article) rest.insert(0, 1, U'\u0671');
    if (stands_alone(word.substr(0, before.size), rest)) add(std::move(rest));
  }
  return out;
}

std::u32string cut(std::u32string_view word) { return std::u32string(word.substr(0, text::longest_word)); }

[[noreturn]] void refuse_query(std::string message, std::string cure = {}) {
  throw Error(ErrorCode::bad_input, std::move(message), std::move(cure)).with({.parameter = "text"});
}

}  // namespace

NoteQuery parse_note_query(std::string_view utf8) {
  const std::u32string text = utf8::to_code_points(utf8);
  if (text.size() > max_query_code_points)
    refuse_query(fmt::format("text has more than {} code points", max_query_code_points));
  NoteQuery out;
  std::size_t words = 0;
  const auto is_quote = [](char32_t c) {
    return c == U'"' || c == U'\u201C' || c == U'\u201D' || c == U'\u201E';
  };
  bool quoted = false;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = static_cast<std::size_t>(
        std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_quote) - text.begin());
    const std::u32string_view part = std::u32string_view(text).substr(at, end - at);
    NoteQuery::Phrase together{{}, true};
    for (const text::Token& token : text::tokens(part)) {
      ++words;
      if (quoted) {
        together.words.push_back(cut(token.word));
      } else {
        out.phrases.push_back({{cut(token.word)}, false});
      }
    }
    if (!together.words.empty()) out.phrases.push_back(std::move(together));
    quoted = !quoted;
    at = end + 1;
  }
  if (words == 0) refuse_query("text has no word", "give a word, or several");
  if (words > max_query_words) refuse_query(fmt::format("text has more than {} words", max_query_words));
  return out;
}

NoteWord NoteWords::form_of(std::u32string_view word, std::string_view language) {
  const bool arabic = is_arabic(word);
  std::string name;
  for (const char32_t c : word) utf8::append(name, c);
  if (!arabic) {
    name = folded(word);
    name = fmt::format("{}\n{}", language, name);
  }
  const auto [at, added] = numbers_.emplace(std::move(name), static_cast<NoteWord>(forms_.size()));
  if (!added) return at->second;
  Form& form = forms_.emplace_back();
  if (arabic) {
    form.readings = readings(word);
    for (const auto& [key, reading] : form.readings) {
      std::vector<NoteWord>& of_key = by_key_[key];
      if (of_key.empty() || of_key.back() != at->second) of_key.push_back(at->second);
    }
  } else {
    const std::string own = at->first.substr(language.size() + 1);
    by_folded_[own].push_back(at->second);
    auto stems = stems_.find(language);
    if (stems == stems_.end())
      stems = stems_.emplace(std::string(language), std::unordered_map<std::string, std::uint32_t>()).first;
    const auto [stem, is_new] = stems->second.emplace(index::Stemmer(language).stem(own), next_stem_);
    if (is_new) ++next_stem_;
    form.stem = stem->second;
  }
  return at->second;
}

void NoteWords::read(std::string_view utf8, std::string_view language, std::vector<NoteWord>& out) {
  const std::unique_lock lock(mutex_);
  for (const text::Token& token : text::tokens(utf8::to_code_points(utf8)))
    out.push_back(form_of(cut(token.word), language.empty() ? default_language : language));
  out.push_back(field_end);
}

NoteWords::Sought NoteWords::sought(const NoteQuery& query) const {
  const std::shared_lock lock(mutex_);
  Sought out;
  for (const NoteQuery::Phrase& phrase : query.phrases) {
    auto& words = out.phrases_.emplace_back();
    for (const std::u32string& word : phrase.words) {
      std::vector<bool>& fits = words.emplace_back(forms_.size(), false);
      if (is_arabic(word)) {
        const auto candidates = by_key_.find(key_of(word));
        if (candidates == by_key_.end()) continue;
        const text::Word typed(word);
        const auto same = [&](const auto& reading) {
          return text::match(typed, text::Word(reading.second)).has_value();
        };
        for (const NoteWord form : candidates->second) {
          const auto& all = forms_[form].readings;
          fits[form] = phrase.exact ? same(all.front()) : std::ranges::any_of(all, same);
        }
        continue;
      }
      const std::string typed = folded(word);
      if (const auto same = by_folded_.find(typed); same != by_folded_.end()) {
        for (const NoteWord form : same->second) fits[form] = true;
      }
      if (phrase.exact) continue;
      std::vector<bool> stems(next_stem_, false);
      for (const auto& [language, of_language] : stems_) {
        const auto stem = of_language.find(index::Stemmer(language).stem(typed));
        if (stem != of_language.end()) stems[stem->second] = true;
      }
      for (std::size_t form = 0; form < forms_.size(); ++form) {
        if (forms_[form].readings.empty() && stems[forms_[form].stem]) fits[form] = true;
      }
    }
  }
  return out;
}

bool NoteWords::Sought::in(const std::vector<NoteWord>& words) const {
  return std::ranges::all_of(phrases_, [&](const auto& phrase) {
    const auto follow = [&](std::size_t at) {
      for (std::size_t i = 0; i < phrase.size(); ++i) {
        const NoteWord word = words[at + i];
        if (word >= phrase[i].size() || !phrase[i][word]) return false;
      }
      return true;
    };
    for (std::size_t at = 0; at + phrase.size() <= words.size(); ++at) {
      if (follow(at)) return true;
    }
    return false;
  });
}

}  // namespace kalima::research

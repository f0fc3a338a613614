#include "search/meanings.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "index/stemmer.h"
#include "search/arabic_names.h"
#include "search/english_spelling.h"
#include "store/stored_json.h"
#include "support/bits.h"
#include "support/json.h"
#include "support/utf8.h"
#include "text/near.h"
#include "text/tokens.h"
#include "text/unicode.h"

namespace kalima::search {
namespace {

// Between words that count as together, for each word of the phrase.
constexpr std::size_t max_between = 3, max_near = 5;

std::string utf8_of_word(std::u32string_view word) {
  std::string out;
  for (const char32_t c : word) utf8::append(out, c);
  return out;
}

// As words are compared: in lower case.
std::string folded_word(std::u32string_view word) { return text::nfc(text::lower(utf8_of_word(word))); }

std::string text_of(const json::Value& document, std::string_view key) {
  const json::Value* value = document.find(key);
  const std::string* string = value == nullptr ? nullptr : value->as_string();
  return string == nullptr ? std::string() : *string;
}

}  // namespace

std::uint32_t Meanings::form_of(const std::string& word) {
  const auto [at, added] = form_numbers_.emplace(word, static_cast<std::uint32_t>(forms_.size()));
  if (added) {
    forms_.push_back(utf8::to_code_points(word));
    const std::string stem = index::Stemmer(language_).stem(word);
    stems_.push_back(
        stem_numbers_.emplace(stem, static_cast<std::uint32_t>(stem_numbers_.size())).first->second);
  }
  return at->second;
}

Meaning Meanings::read(std::string text, std::string id, std::string by) {
  Meaning out{std::move(text), std::move(id), std::move(by), {}};
  for (const text::Token& token : text::tokens(utf8::to_code_points(out.text)))
    out.words.push_back({form_of(folded_word(token.word)), token.begin, token.end, 0});
  return out;
}

void Meanings::set(std::uint32_t verse, std::vector<Meaning> texts) {
  size_ += texts.size();
  if (by_verse_[verse]) size_ -= by_verse_[verse]->size();
  by_verse_[verse] = std::make_shared<const std::vector<Meaning>>(std::move(texts));
}

void Meanings::finish() {
  // Twice the same walk: counted, then written.
  first_verse_.assign(forms_.size() + 1, 0);
  uses_.assign(forms_.size(), 0);
  std::vector<std::uint32_t> seen;
  const auto each = [&](auto visit) {
    seen.assign(forms_.size(), 0);
    for (std::uint32_t verse = 0; verse < by_verse_.size(); ++verse) {
      if (!by_verse_[verse]) continue;
      for (const Meaning& text : *by_verse_[verse]) {
        for (const MeaningWord& word : text.words) {
          if (std::exchange(seen[word.form], verse + 1) != verse + 1) visit(word.form, verse);
        }
      }
    }
  };
  each([&](std::uint32_t form, std::uint32_t) { ++first_verse_[form + 1]; });
  std::partial_sum(first_verse_.begin(), first_verse_.end(), first_verse_.begin());
  verses_of_forms_.resize(first_verse_.back());
  std::vector<std::uint32_t> next = first_verse_;
  each([&](std::uint32_t form, std::uint32_t verse) { verses_of_forms_[next[form]++] = verse; });
  for (const auto& texts : by_verse_) {
    if (!texts) continue;
    for (const Meaning& text : *texts) {
      for (const MeaningWord& word : text.words) ++uses_[word.form];
    }
  }
}

std::vector<std::uint32_t> Meanings::Sought::verses() const {
  std::vector<std::uint32_t> out;
  if (!unknown_.empty() || fits_.empty()) return out;
  // Those that have the words so far.
  Bits all(meanings_.by_verse_.size(), true);
  for (const std::vector<Fit>& fits : fits_) {
    Bits with_word(all.size());
    for (std::size_t form = 0; form < fits.size(); ++form) {
      if (fits[form] == Fit::none) continue;
      for (std::uint32_t i = meanings_.first_verse_[form]; i < meanings_.first_verse_[form + 1]; ++i)
        with_word.set(meanings_.verses_of_forms_[i]);
    }
    all &= with_word;
  }
  all.each([&](std::size_t verse) { out.push_back(static_cast<std::uint32_t>(verse)); });
  return out;
}

Meanings::Sought::Sought(const Meanings& meanings, const Phrase& phrase) : meanings_(meanings) {
  const index::Stemmer stemmer(meanings.language_);
  for (const QueryWord& word : phrase) {
    std::vector<Fit>& fits = fits_.emplace_back(meanings.forms_.size(), Fit::none);
    if (word.kind == QueryWord::Kind::any_word) {
      fits.assign(fits.size(), Fit::form);
      continue;
    }
    if (word.kind == QueryWord::Kind::pattern) {
      const std::u32string pattern = utf8::to_code_points(folded_word(word.word.written));
      for (std::size_t form = 0; form < fits.size(); ++form) {
        if (search::fits(pattern, meanings.forms_[form])) fits[form] = Fit::form;
      }
    } else {
      const auto fit = [&](const std::string& typed) {
        const auto stem = meanings.stem_numbers_.find(stemmer.stem(typed));
        bool any = false;
        for (std::size_t form = 0; !word.exact && stem != meanings.stem_numbers_.end() && form < fits.size();
             ++form) {
          if (meanings.stems_[form] != stem->second) continue;
          if (fits[form] == Fit::none) fits[form] = Fit::stem;
          any = true;
        }
        const auto same = meanings.form_numbers_.find(typed);
        if (same == meanings.form_numbers_.end()) return any;
        fits[same->second] = Fit::form;
        return true;
      };
      const std::string typed = folded_word(word.word.written);
      const bool found = fit(typed);
      if (!word.exact && meanings.language_ == "en") {
        for (const std::string& other : other_spellings(typed)) fit(other);
        // A name that the texts lack may be in them in another spelling.
        if (!found) std::ignore = std::ranges::find_if(other_names(typed), fit);
      }
    }
    if (std::ranges::all_of(fits, [](Fit fit) { return fit == Fit::none; }))
      unknown_.push_back(fits_.size() - 1);
  }
}

std::vector<MeaningHit> Meanings::Sought::in(const Meaning& text) const {
  std::vector<MeaningHit> out;
  const auto& words = text.words;
  const std::size_t size = fits_.size();
  if (!unknown_.empty()) return out;
  for (std::size_t first = 0; first + size <= words.size(); ++first) {
    bool same = true;
    std::size_t w = 0;
    for (; w < size; ++w) {
      const Fit found = fit(w, words[first + w].form);
      if (found == Fit::none) break;
      same = same && found == Fit::form;
    }
    if (w < size) continue;
    MeaningHit& hit = out.emplace_back(MeaningHit{Nearness::phrase, same, {}});
    for (std::size_t i = 0; i < size; ++i) hit.words.push_back(static_cast<std::uint32_t>(first + i));
  }
  if (!out.empty() || size < 2 || words.size() < size) return out;
  // All words, wherever they are: where they are next to each other, and which of them there are.
  std::vector<std::vector<std::uint32_t>> places(size);
  bool same = true;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    for (std::size_t w = 0; w < size; ++w) {
      const Fit found = fit(w, words[i].form);
      if (found == Fit::none) continue;
      places[w].push_back(i);
      same = same && found == Fit::form;
    }
  }
  if (std::ranges::any_of(places, [](const auto& list) { return list.empty(); })) return out;
  const bool glosses = words[0].word != 0;
  const std::size_t reach = glosses ? size - 1 : size * (max_between + 1);
  const auto place_of = [&](std::uint32_t at) { return glosses ? words[at].word : at; };
  for (const std::uint32_t first : places[0]) {
    MeaningHit hit{Nearness::together, same, {first}};
    for (std::size_t w = 1; w < size; ++w) {
      std::optional<std::uint32_t> nearest;
      for (const std::uint32_t at : places[w]) {
        const auto far = [&](std::uint32_t other) {
          const std::uint32_t a = place_of(first), b = place_of(other);
          return a < b ? b - a : a - b;
        };
        const bool taken = std::ranges::find(hit.words, at) != hit.words.end();
        if (!taken && far(at) <= reach && (!nearest || far(at) < far(*nearest))) nearest = at;
      }
      if (!nearest) break;
      hit.words.push_back(*nearest);
    }
    if (hit.words.size() < size) continue;
    std::ranges::sort(hit.words);
    out.push_back(std::move(hit));
  }
  if (!out.empty()) return out;
  MeaningHit hit{Nearness::verse, same, {}};
  for (const auto& list : places) hit.words.insert(hit.words.end(), list.begin(), list.end());
  std::ranges::sort(hit.words);
  hit.words.erase(std::unique(hit.words.begin(), hit.words.end()), hit.words.end());
  // The same word twice needs two of them.
  if (hit.words.size() >= size) out.push_back(std::move(hit));
  return out;
}

std::vector<Suggestion> Meanings::near(std::u32string_view word) const {
  std::vector<Suggestion> out;
  const std::u32string typed = utf8::to_code_points(folded_word(word));
  if (typed.size() < text::min_near_letters || typed.size() > text::longest_word) return out;
  for (std::uint32_t form = 0; form < forms_.size(); ++form) {
    const auto mistake = text::mistake_in_letters(typed, forms_[form]);
    if (!mistake) continue;
    if (const std::size_t uses = uses_[form]; uses > 0)
      out.push_back({text::Step::typing, mistake, forms_[form], uses});
  }
  std::ranges::stable_sort(out, std::greater(), &Suggestion::uses);
  out.resize(std::min(out.size(), max_near));
  return out;
}

Meanings glosses_of(const columns::CoreFile& core) {
  using attributes::Attribute;
  Meanings out("en", core.verses());
  for (std::uint32_t verse = 0; verse < core.verses(); ++verse) {
    const columns::Range words = core.words_of(verse);
    std::string text;
    std::vector<std::uint32_t> ends;  // of each word's gloss, in code points
    std::uint32_t size = 0;
    bool any = false;
    for (std::size_t word = words.begin; word < words.end; ++word) {
      const std::string gloss = core.text(Attribute::gloss, core.value(Attribute::gloss, word));
      any = any || !gloss.empty();
      if (word != words.begin) {
        text += ' ';
        ++size;
      }
      text += gloss;
      size += static_cast<std::uint32_t>(utf8::to_code_points(gloss).size());
      ends.push_back(size);
    }
    if (!any) continue;
    Meaning meaning = out.read(std::move(text));
    std::uint32_t word = 0;
    for (MeaningWord& token : meaning.words) {
      while (token.from >= ends[word]) ++word;
      token.word = word + 1;
    }
    std::vector<Meaning> texts;
    texts.push_back(std::move(meaning));
    out.set(verse, std::move(texts));
  }
  out.finish();
  return out;
}

std::shared_ptr<const Translations> TranslationsNow::get(const store::CorpusReader& reader) {
  const std::lock_guard lock(mutex_);
  const store::CorpusReader::OneState state(reader);
  const store::Revision now = reader.revision();
  if (made_ && now == revision_) return translations_;
  std::vector<std::int64_t> verses;
  // A database that was restored has other writes of the same numbers.
  const bool follows = made_ && reader.holds(revision_);
  if (follows) {
    verses = reader.verses_changed_since(revision_.number);
  } else {
    verses.resize(verses_);
    std::iota(verses.begin(), verses.end(), std::int64_t{0});
  }
  std::map<std::string, std::shared_ptr<Meanings>> changed;
  const auto of_language = [&](const std::string& language) -> Meanings& {
    std::shared_ptr<Meanings>& meanings = changed[language];
    if (meanings) return *meanings;
    const auto known = translations_->find(language);
    meanings = follows && known != translations_->end() ? std::make_shared<Meanings>(*known->second)
                                                        : std::make_shared<Meanings>(language, verses_);
    return *meanings;
  };
  for (const std::int64_t number : verses) {
    if (number < 0 || static_cast<std::size_t>(number) >= verses_) continue;
    const auto verse = static_cast<std::uint32_t>(number);
    std::map<std::string, std::vector<Meaning>> texts;
    if (follows) {
      for (const auto& [language, meanings] : *translations_) {
        if (meanings->of(verse) != nullptr) texts[language];
      }
    }
    reader.each_document(number, [&](corpus::ResearchKind kind, std::string_view document) {
      if (kind != corpus::ResearchKind::translation) return;
      // Lists of notes say which ones are damaged.
      const json::Value value = store::readable_json(document).value_or(json::Value());
      std::string text = text_of(value, "text");
      if (text.empty()) return;
      std::string by;
      for (const std::string_view key : {"translator", "author", "source"}) {
        if (by.empty()) by = text_of(value, key);
      }
      std::string language = text::lower(text_of(value, "language"));
      std::vector<Meaning>& list = texts[language];
      list.push_back(of_language(language).read(std::move(text), text_of(value, "id"), std::move(by)));
    });
    for (auto& [language, list] : texts) of_language(language).set(verse, std::move(list));
  }
  Translations next;
  if (follows) next = *translations_;
  for (const auto& [language, meanings] : changed) {
    if (meanings->size() > 0) {
      meanings->finish();
      next[language] = meanings;
    } else {
      next.erase(language);
    }
  }
  translations_ = std::make_shared<const Translations>(std::move(next));
  revision_ = now;
  made_ = true;
  return translations_;
}

}  // namespace kalima::search

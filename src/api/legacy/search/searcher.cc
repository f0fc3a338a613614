#include "api/legacy/search/searcher.h"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "api/legacy/derived/terms.h"
#include "support/json.h"
#include "support/utf8.h"

namespace kalima::api::legacy {

namespace {

// Like string_view::find() != npos; the C library's memmem is several times faster on Arabic, where every
// other byte is the same.
bool contains(std::string_view text, std::string_view needle) {
#ifdef __GLIBC__
  return memmem(text.data(), text.size(), needle.data(), needle.size()) != nullptr;
#else
  return text.find(needle) != std::string_view::npos;
#endif
}

// More grams would cost more than checking the candidates that they exclude.
constexpr std::size_t max_grams = 3;

// Merging more lists than this costs more than walking the verses.
constexpr std::size_t max_lists = 16;

// Up to this many vocabulary entries are looked up in the index one by one; for more, the verses are walked.
constexpr std::size_t max_vocabulary_lookups = 64;

StringId tag_of_word(const Snapshot& s, std::uint32_t word) {
  const std::uint32_t first = s.word(word).first_segment;
  if (first == s.word(word + 1).first_segment) return no_string;
  return s.kinds()[s.segment(first)].lower_pos;
}

// The rows are read before they are sorted: a comparison must not see another number the next time.
void sort_by_reference(const Snapshot& s, std::vector<std::uint32_t>& verses) {
  std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> keyed;
  keyed.reserve(verses.size());
  for (const std::uint32_t verse : verses) {
    const VerseRow row = s.verse(verse);
    keyed.emplace_back(row.surah, row.ayah, verse);
  }
  std::sort(keyed.begin(), keyed.end());
  for (std::size_t i = 0; i < keyed.size(); ++i) verses[i] = std::get<2>(keyed[i]);
}

}  // namespace

Tags::Tags(const Snapshot& snapshot) : s_(snapshot) {
  for (const KindRow kind : s_.kinds()) {
    if (kind.lower_pos != no_string) distinct_.push_back(kind.lower_pos);
  }
  std::sort(distinct_.begin(), distinct_.end());
  distinct_.erase(std::unique(distinct_.begin(), distinct_.end()), distinct_.end());
}

bool Tags::on_every_word() const {
  std::call_once(looked_, [this] {
    std::uint32_t word = 0;
    while (word < s_.word_count() && tag_of_word(s_, word) != no_string) ++word;
    on_every_word_ = word == s_.word_count();
  });
  return on_every_word_;
}

template <typename Visit>
void Searcher::each_candidate(Field field, std::size_t gram_size, std::string_view needle,
                              Visit visit) const {
  std::vector<std::pair<std::uint32_t, std::string>> by_rarity;
  for (const auto gram : grams(needle, gram_size)) {
    std::string name = term(field, gram);
    const std::uint32_t verses = terms_.verse_count(name);
    if (verses == 0) return;
    by_rarity.emplace_back(verses, std::move(name));
  }
  std::sort(by_rarity.begin(), by_rarity.end());
  // A gram that most verses have costs more than it saves.
  std::erase_if(by_rarity, [&](const auto& gram) { return gram.first > s_.verse_count() / 2; });
  if (by_rarity.empty()) {
    for (std::uint32_t verse = 0; verse < s_.verse_count(); ++verse) {
      if (!visit(verse)) return;
    }
    return;
  }
  if (by_rarity.size() > max_grams) by_rarity.resize(max_grams);
  std::vector<index::Postings> lists;
  for (const auto& [verses, name] : by_rarity) lists.push_back(terms_.postings(name));
  for (index::Intersection all(std::move(lists)); all.next();) {
    if (!visit(all.verse())) return;
  }
}

Found<std::uint32_t> Searcher::text(std::string_view needle, std::size_t limit) const {
  Found<std::uint32_t> found;
  each_candidate(Field::text_gram, text_gram_size, needle, [&](std::uint32_t verse) {
    if (!contains(s_.lower_text(verse), needle)) return true;
    ++found.count;
    if (limit == 0) return true;
    found.hits.push_back(verse);
    return found.count < limit;
  });
  return found;
}

Found<std::uint32_t> Searcher::root(std::string_view root, std::size_t limit) const {
  Found<std::uint32_t> found;
  for (index::Postings list = terms_.postings(term(Field::root, root)); list.next();) {
    ++found.count;
    if (limit == 0) continue;
    found.hits.push_back(list.verse());
    if (found.count == limit) break;
  }
  return found;
}

Found<WordHit> Searcher::root_words(std::string_view root, std::size_t limit) const {
  std::vector<std::uint32_t> verses = this->root(root, s_.verse_count() + 1).hits;
  if (!s_.in_reference_order()) sort_by_reference(s_, verses);
  Found<WordHit> found{verses.size(), {}};
  for (const std::uint32_t verse : verses) {
    if (found.hits.size() == limit) break;
    std::uint32_t word = s_.verse(verse).first_word;
    for (std::uint32_t i = s_.verse(verse).first_segment; i < s_.verse(verse + 1).first_segment; ++i) {
      while (s_.word(word + 1).first_segment <= i) ++word;
      if (s_.strings().optional(s_.kinds()[s_.segment(i)].root) == root) break;
    }
    found.hits.push_back({verse, word});
  }
  return found;
}

Found<SegmentHit> Searcher::morphology(std::string_view needle, std::size_t limit) const {
  enum : std::uint8_t { unknown, yes, no };
  const std::uint64_t letters = letters_of(needle);
  std::vector<std::uint8_t> holds(s_.kinds().size(), unknown);
  Found<SegmentHit> found;
  each_candidate(Field::value_gram, value_gram_size, needle, [&](std::uint32_t verse) {
    const std::uint32_t to = s_.verse(verse + 1).first_segment;
    for (std::uint32_t i = s_.verse(verse).first_segment; i < to; ++i) {
      const std::uint32_t kind = s_.segment(i);
      std::uint8_t& state = holds[kind];
      if (state == unknown) {
        const KindRow row = s_.kinds()[kind];
        const bool possible = (row.letters & letters) == letters;
        state = possible && contains(s_.strings()[row.haystack], needle) ? yes : no;
      }
      if (state == no) continue;
      if (found.hits.size() < limit) {
        std::uint32_t word = s_.verse(verse).first_word;
        while (s_.word(word + 1).first_segment <= i) ++word;
        found.hits.push_back({verse, word, kind});
      }
      ++found.count;
      break;
    }
    return true;
  });
  return found;
}

Found<std::uint32_t> Searcher::pattern(const std::string& term, std::size_t limit) const {
  Found<std::uint32_t> found;
  const bool sorted = s_.in_reference_order();
  for (index::Postings list = terms_.postings(term); list.next();) {
    ++found.count;
    if (limit == 0) continue;
    found.hits.push_back(list.verse());
    if (sorted && found.count == limit) break;
  }
  if (!sorted && limit != 0) {
    sort_by_reference(s_, found.hits);
    if (found.hits.size() > limit) found.hits.resize(limit);
    found.count = found.hits.size();
  }
  return found;
}

Found<std::uint32_t> Searcher::morph_pattern(std::size_t pattern, std::size_t limit) const {
  return this->pattern(term(Field::pattern, s_.strings()[s_.morph_patterns()[pattern].id]), limit);
}

Found<std::uint32_t> Searcher::syntax_pattern(std::size_t pattern, std::size_t limit) const {
  return this->pattern(term(Field::tag_sequence, s_.strings()[s_.syntax_patterns()[pattern].id]), limit);
}

std::optional<StringId> Searcher::tag(std::string_view lower_pos) const {
  for (const StringId id : tags_.distinct()) {
    if (s_.strings()[id] == lower_pos) return id;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> Searcher::find_sequence(std::uint32_t verse,
                                                     const std::vector<StringId>& tags) const {
  const std::uint32_t from = s_.verse(verse).first_word, to = s_.verse(verse + 1).first_word;
  for (std::uint32_t word = from; word + tags.size() <= to; ++word) {
    std::uint32_t i = 0;
    while (i < tags.size() && tag_of_word(s_, word + i) == tags[i]) ++i;
    if (i == tags.size()) return word;
  }
  return std::nullopt;
}

Found<WordHit> Searcher::syntax(const std::vector<std::string>& tags, std::size_t limit) const {
  Found<WordHit> found;
  std::vector<StringId> wanted;
  for (const std::string& name : tags) {
    const auto id = tag(name);
    if (!id) return found;
    wanted.push_back(*id);
  }
  if (wanted.empty()) return found;
  // The sequences of up to three parts of speech that a match must contain.
  std::vector<std::string> sequences;
  const std::size_t size = std::min(tags.size(), tag_sequence_size);
  for (std::size_t from = 0; from + size <= tags.size(); ++from) {
    std::string sequence = tags[from];
    for (std::size_t i = from + 1; i < from + size; ++i) sequence += '|' + tags[i];
    sequences.push_back(term(Field::tag_sequence, sequence));
  }
  std::sort(sequences.begin(), sequences.end());
  sequences.erase(std::unique(sequences.begin(), sequences.end()), sequences.end());
  std::sort(sequences.begin(), sequences.end(), [&](const std::string& a, const std::string& b) {
    return terms_.verse_count(a) < terms_.verse_count(b);
  });
  if (sequences.size() > max_grams) sequences.resize(max_grams);
  // A sequence that is one term is in exactly the verses that the index names, except for words without a
  // part of speech in between: the index skips them, this search does not.
  const bool exact = tags_.on_every_word() && tags.size() <= tag_sequence_size;
  if (exact) found.count = terms_.verse_count(sequences.front());
  std::vector<index::Postings> lists;
  for (const std::string& sequence : sequences) lists.push_back(terms_.postings(sequence));
  for (index::Intersection all(std::move(lists)); !(exact && found.hits.size() == limit) && all.next();) {
    const auto word = find_sequence(all.verse(), wanted);
    if (!word) continue;
    if (found.hits.size() < limit) found.hits.push_back({all.verse(), *word});
    if (!exact) ++found.count;
  }
  return found;
}

Found<VerseCount> Searcher::word_pattern(const WordPattern& given, std::size_t limit) const {
  WordPattern pattern = given;
  Found<VerseCount> found;
  const auto add = [&](std::uint32_t verse, std::size_t matches) {
    if (matches > 0 && found.hits.size() < limit)
      found.hits.push_back({verse, static_cast<std::uint32_t>(matches)});
  };
  if (pattern.spans_words()) {
    for (std::uint32_t verse = 0; verse < s_.verse_count(); ++verse) {
      const std::size_t matches = pattern.count(utf8::to_code_points(s_.text(verse)));
      found.count += matches;
      add(verse, matches);
    }
    return found;
  }
  std::vector<std::uint16_t> matches_of(s_.vocabulary_size(), 0);
  std::vector<std::uint32_t> matching;
  for (std::uint32_t entry = 0; entry < s_.vocabulary_size(); ++entry) {
    if ((s_.vocabulary_letters(entry) & pattern.required()) != pattern.required()) continue;
    const std::size_t matches = pattern.count(s_.vocabulary(entry));
    if (matches == 0) continue;
    matches_of[entry] = static_cast<std::uint16_t>(std::min<std::size_t>(matches, 0xFFFF));
    matching.push_back(entry);
    found.count += matches * s_.vocabulary_uses(entry);
  }
  // Each verse with a matching entry, and the matches of all its entries.
  const auto visit = [&](std::uint32_t verse) {
    std::size_t matches = 0;
    for (const std::uint32_t entry : s_.verse_vocabulary(verse))
      matches += matches_of[below(entry, matches_of.size())];
    add(verse, matches);
    return found.hits.size() < limit;
  };
  if (limit == 0 || matching.empty()) return found;
  if (matching.size() <= max_vocabulary_lookups) {
    std::vector<index::Postings> lists;
    for (const std::uint32_t entry : matching) {
      lists.push_back(terms_.postings(term(Field::vocabulary, std::size_t{entry})));
    }
    for (index::Union all(std::move(lists)); all.next() && visit(all.verse());) {
    }
  } else {
    for (std::uint32_t verse = 0; verse < s_.verse_count() && visit(verse); ++verse) {
    }
  }
  return found;
}

Found<VerseCount> Searcher::united(const std::vector<std::string>& terms, std::size_t limit) const {
  Found<VerseCount> found;
  if (limit == 0) return found;
  std::vector<index::Postings> lists;
  for (const std::string& name : terms) lists.push_back(terms_.postings(name));
  for (index::Union all(std::move(lists)); all.next();) {
    found.hits.push_back({all.verse(), all.uses()});
    if (found.hits.size() == limit) break;
  }
  return found;
}

bool Searcher::passes(const ReadingRow& reading, const VerbFilter& filter) const {
  const auto is = [&](const std::optional<std::string>& wanted, StringId value) {
    return !wanted || s_.strings().optional(value) == *wanted;
  };
  return is(filter.verb_form, reading.verb_form) && is(filter.person, reading.person) &&
         is(filter.number, reading.number) && is(filter.gender, reading.gender) &&
         is(filter.voice, reading.voice) && is(filter.tense, reading.tense);
}

Found<VerseCount> Searcher::verbs(const VerbFilter& filter, std::size_t limit) const {
  std::vector<std::string> terms;
  std::vector<std::uint8_t> wanted(s_.readings().size(), 0);
  std::size_t count = 0;
  for (std::size_t i = 0; i < s_.readings().size(); ++i) {
    if (!passes(s_.readings()[i], filter)) continue;
    terms.push_back(term(Field::reading, i));
    wanted[i] = 1;
    count += s_.readings()[i].segments;
  }
  Found<VerseCount> found;
  if (terms.size() <= max_lists) {
    found = united(terms, limit);
  } else {
    // This many readings are frequent together, so the first verses are found soon.
    for (std::uint32_t verse = 0; verse < s_.verse_count() && found.hits.size() < limit; ++verse) {
      std::uint32_t verbs = 0;
      for (std::uint32_t i = s_.verse(verse).first_segment; i < s_.verse(verse + 1).first_segment; ++i) {
        const std::uint32_t reading = s_.kinds()[s_.segment(i)].reading;
        if (reading != no_row) verbs += wanted[below(reading, wanted.size())];
      }
      if (verbs > 0) found.hits.push_back({verse, verbs});
    }
  }
  found.count = count;
  return found;
}

std::vector<SegmentHit> Searcher::verbs_of(std::uint32_t verse, const VerbFilter& filter,
                                           std::size_t most) const {
  std::vector<SegmentHit> hits;
  std::uint32_t word = s_.verse(verse).first_word;
  for (std::uint32_t i = s_.verse(verse).first_segment; i < s_.verse(verse + 1).first_segment; ++i) {
    if (hits.size() == most) break;
    while (s_.word(word + 1).first_segment <= i) ++word;
    const std::uint32_t kind = s_.segment(i), reading = s_.kinds()[kind].reading;
    if (reading != no_row && passes(s_.readings()[reading], filter)) hits.push_back({verse, word, kind});
  }
  return hits;
}

Found<VerseCount> Searcher::relation(std::string_view label, std::size_t limit) const {
  const std::string cell = json::quoted(label);
  const StringId id = s_.treebank().find_cell(cell);
  for (const RelationRow relation : s_.relations()) {
    if (relation.label != id) continue;
    Found<VerseCount> found = united({term(Field::relation, cell)}, limit);
    found.count = relation.rows;
    return found;
  }
  return {};
}

Found<VerseCount> Searcher::masaq(const MasaqFilter& filter, std::size_t limit) const {
  const auto is = [&](const std::optional<std::string>& wanted, StringId value) {
    return !wanted || (value != no_string && s_.masaq().cell(value) == json::quoted(*wanted));
  };
  std::vector<std::string> terms;
  std::size_t count = 0;
  for (std::size_t i = 0; i < s_.masaq_combinations().size(); ++i) {
    const MasaqCombination c = s_.masaq_combinations()[i];
    if (!is(filter.morph_tag, c.morph_tag) || !is(filter.syntactic_role, c.syntactic_role) ||
        !is(filter.case_mood, c.case_mood)) {
      continue;
    }
    terms.push_back(term(Field::masaq, i));
    count += c.rows;
  }
  Found<VerseCount> found = united(terms, limit);
  found.count = count;
  return found;
}

}  // namespace kalima::api::legacy

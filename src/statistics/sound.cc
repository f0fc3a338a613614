#include "statistics/sound.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "query/results/paging.h"
#include "statistics/row_queries.h"
#include "support/utf8.h"
#include "text/abjad.h"
#include "text/near.h"
#include "text/plain.h"

namespace kalima::statistics {
namespace {

using attributes::Attribute;

// Verses [first, last] of one surah that end with one value.
struct Run {
  std::uint32_t value, first, last;
  std::uint32_t verses() const { return last - first + 1; }
};

std::string utf8_of(std::u32string_view letters) {
  std::string out;
  for (const char32_t c : letters) utf8::append(out, c);
  return out;
}

// The key that values which are alike have in common; empty for none.
std::u32string key_of(Alike kind, const std::u32string& letters) {
  std::u32string key = letters;
  if (kind == Alike::anagrams) std::ranges::sort(key);
  if (kind == Alike::sounds) return text::sound_of_letters(letters);
  if (kind == Alike::reversals || kind == Alike::palindromes) {
    std::ranges::reverse(key);
    if ((key == letters) != (kind == Alike::palindromes)) return {};
    key = std::min(key, letters);
  }
  return key;
}

}  // namespace

Sheet rhymes(const Source& source, const Scope& scope, const Hits& hits, const RhymeRequest& request,
             query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  const columns::CoreFile& core = corpus.core();
  const Attribute attribute = *attributes::find(rhyme_attributes[request.attribute]);
  const std::vector<std::uint32_t>& values = corpus.values_of_words(attribute);
  std::vector<Run> runs;
  std::uint64_t verses = 0, missing = 0, neighbours = 0, alike = 0, longest = 0;
  bool before = false;  // the verse before was counted
  for (std::uint32_t verse = 0; verse + 1 < corpus.verse_begin.size() && !guard.stop(); ++verse) {
    const std::uint32_t end = corpus.verse_begin[verse + 1];
    if (end == corpus.verse_begin[verse] || !scope.words().test(end - 1)) {
      before = false;
      continue;
    }
    ++verses;
    const bool follows = before && core.surah(verse) == core.surah(verse - 1);
    if (follows) ++neighbours;
    before = true;
    const std::uint32_t value = values[end - 1];
    if (value == 0) {
      ++missing;
    } else if (follows && !runs.empty() && runs.back().last + 1 == verse && runs.back().value == value) {
      runs.back().last = verse;
      ++alike;
    } else {
      runs.push_back({value, verse, verse});
    }
  }
  for (const Run& run : runs) longest = std::max<std::uint64_t>(longest, run.verses());
  Sheet out;
  out.unit = "verse";
  out.total = verses;
  out.scope = scope.extent();
  out.notes = hits.found.notes();
  if (missing > 0) out.left_out.push_back({"verses whose last word has no rhyme", missing});
  out.fact_columns = rhyme_facts;
  out.facts = {std::uint64_t{runs.size()}, longest, neighbours, alike};
  const std::size_t shorter =
      std::erase_if(runs, [&](const Run& run) { return run.verses() < request.min_verses; });
  if (shorter > 0)
    out.left_out.push_back({fmt::format("runs of fewer than {} verses", request.min_verses), shorter});
  out.keys = {"surah_n", std::string(attributes::definition(attribute).name)};
  out.columns = rhyme_columns;
  out.rows_total = runs.size();
  query::keep_page(runs, request.page.offset, request.page.limit, [&](const Run& a, const Run& b) {
    if (request.by_length && a.verses() != b.verses()) return a.verses() > b.verses();
    return a.first < b.first;
  });
  const RowQueries queries(source, scope, hits);
  for (const Run& run : runs) {
    if (guard.stop()) break;
    const std::uint64_t first = core.ayah(run.first), last = core.ayah(run.last);
    Row row{{std::to_string(core.surah(run.first)), core.text(attribute, run.value)},
            {std::uint64_t{run.verses()}, first, last},
            {}};
    row.query = queries.of_verse_ends(attribute, row.values[1], row.values[0], first, last);
    out.rows.push_back(std::move(row));
  }
  queries.explain(out);
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

Sheet letters(const Source& source, const Scope& scope, const Hits& hits, const Page& page,
              query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  Bits words = words_of(corpus, hits);
  words &= scope.words();
  const UnitValues values(corpus, Attribute::plain, Unit::word);
  const ValueCounts counts = counts_of(values, words, guard);
  struct Counted {
    char32_t letter;
    std::uint64_t count = 0, words = 0;
  };
  std::map<char32_t, Counted> by_letter;
  std::uint64_t all = 0, abjad = 0;
  for (std::uint32_t value = 1; value < counts.of.size() && !guard.stop(); ++value) {
    if (counts.of[value] == 0) continue;
    std::u32string text = text::written_letters(corpus.core().text(Attribute::plain, value));
    for (const char32_t letter : text) {
      Counted& one = by_letter.try_emplace(letter, Counted{letter}).first->second;
      one.count += counts.of[value];
      all += counts.of[value];
      abjad += counts.of[value] * text::abjad(letter);
    }
    std::ranges::sort(text);
    text.erase(std::unique(text.begin(), text.end()), text.end());
    for (const char32_t letter : text) by_letter.at(letter).words += counts.of[value];
  }
  Sheet out;
  out.unit = "letter";
  out.total = all;
  out.scope = scope.extent();
  out.notes = hits.found.notes();
  add_left_out(hits, out);
  if (!counts.of.empty() && counts.of.front() > 0)
    out.left_out.push_back({"words without letters", counts.of.front()});
  out.fact_columns = letter_facts;
  out.facts = {counts.all, std::uint64_t{by_letter.size()}, abjad};
  out.keys = {"letter"};
  out.columns = letter_columns;
  out.rows_total = by_letter.size();
  std::vector<Counted> rows;
  for (const auto& [letter, counted] : by_letter) rows.push_back(counted);
  query::keep_page(rows, page.offset, page.limit, [](const Counted& a, const Counted& b) {
    return a.count != b.count ? a.count > b.count : a.letter < b.letter;
  });
  for (const Counted& one : rows) {
    const std::uint64_t value = text::abjad(one.letter);
    out.rows.push_back({{utf8_of({&one.letter, 1})},
                        {one.count, cell_of(static_cast<double>(one.count) / static_cast<double>(all)),
                         one.words, value, one.count * value},
                        {}});
  }
  if (!rows.empty()) out.notes.emplace_back("rows have no query: letters are parts of words");
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

Sheet alike(const Source& source, const Scope& scope, const Hits& hits, const AlikeRequest& request,
            query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  Bits words = words_of(corpus, hits);
  words &= scope.words();
  const UnitValues values(corpus, request.attribute, Unit::word);
  const ValueCounts counts = counts_of(values, words, guard);
  struct Group {
    std::vector<std::string> values;
    std::uint64_t hits = 0;
  };
  std::map<std::u32string, Group> groups;
  std::uint64_t kinds = 0, few_letters = 0;
  const std::u32string wanted = text::written_letters(text::plain(request.value));
  for (std::uint32_t value = 1; value < counts.of.size() && !guard.stop(); ++value) {
    if (counts.of[value] == 0) continue;
    ++kinds;
    const std::string text = corpus.core().text(request.attribute, value);
    const std::u32string letters = text::written_letters(text::plain(text));
    if (letters.size() < request.min_letters) {
      ++few_letters;
      continue;
    }
    const std::u32string key = key_of(request.kind, letters);
    if (key.empty()) continue;
    Group& group = groups[key];
    group.values.push_back(text);
    group.hits += counts.of[value];
  }
  const std::u32string of_wanted = wanted.empty() ? wanted : key_of(request.kind, wanted);
  std::vector<Group> found;
  for (auto& [key, group] : groups) {
    if (!wanted.empty() && key != of_wanted) continue;
    if (group.values.size() > 1 || request.kind == Alike::palindromes || !wanted.empty())
      found.push_back(std::move(group));
  }
  const std::string_view attribute = attributes::definition(request.attribute).name;
  Sheet out;
  out.unit = fmt::format("word with a {}", attribute);
  out.total = counts.all - (counts.of.empty() ? 0 : counts.of.front());
  out.scope = scope.extent();
  out.notes = hits.found.notes();
  add_left_out(hits, out);
  if (few_letters > 0) {
    out.left_out.push_back(
        {fmt::format("values of fewer than {} letters", request.min_letters), few_letters});
  }
  out.fact_columns = alike_facts;
  out.facts = {kinds, std::uint64_t{found.size()}};
  out.keys.emplace_back(attribute);
  out.columns = alike_columns;
  out.rows_total = found.size();
  query::keep_page(found, request.page.offset, request.page.limit, [](const Group& a, const Group& b) {
    if (a.values.size() != b.values.size()) return a.values.size() > b.values.size();
    return a.hits != b.hits ? a.hits > b.hits : a.values < b.values;
  });
  const RowQueries queries(source, scope, hits);
  for (const Group& group : found) {
    if (guard.stop()) break;
    std::string members;
    for (const std::string& value : group.values) (members += members.empty() ? "" : " ") += value;
    out.rows.push_back({{std::move(members)},
                        {std::uint64_t{group.values.size()}, group.hits},
                        queries.of_words(Taken::words, Unit::word, request.attribute, group.values)});
  }
  queries.explain(out);
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

}  // namespace kalima::statistics

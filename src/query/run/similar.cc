// similar(): what is like something else in the text.
#include <algorithm>

#include "corpus/similar_texts.h"
#include "query/run/word_runs.h"

namespace kalima::query {
namespace {

std::vector<WordRun> list_of(const WordRuns& runs) {
  std::vector<WordRun> out;
  for (const auto& [words, begins] : runs) {
    for (const std::uint32_t word : begins) out.push_back({word, words});
  }
  return out;
}

bool overlap(const WordRun& a, const WordRun& b) {
  return a.word < b.word + b.words && b.word < a.word + a.words;
}

}  // namespace

Spans Evaluation::similar(const PlanNode& node, const Fence& fence, bool partial) {
  const Spans of = spans(node.parts.front(), surahs());
  const bool among_them = node.parts.size() == 1;
  const std::vector<WordRun> asked = list_of(word_runs(axis_, of, 1, nothing, guard_));
  const std::vector<WordRun> others =
      among_them ? std::vector<WordRun>()
                 : list_of(word_runs(axis_, spans(node.parts[1], surahs()), 1, nothing, guard_));
  const std::vector<WordRun>& targets = among_them ? asked : others;
  const std::vector<std::uint32_t> values = corpus::compared_values(
      corpus_.values_of_words(node.by), corpus_.values_of_words(attributes::Attribute::plain));
  const auto words_of = [&](const WordRun& run) {
    return corpus::Values(values).subspan(run.word, run.words);
  };
  std::size_t words = 0;
  for (const WordRun& run : targets) words += run.words;
  const auto bytes = static_cast<std::ptrdiff_t>(words * corpus::SimilarTexts::bytes_for_word +
                                                 targets.size() * corpus::SimilarTexts::bytes_for_text);
  std::map<std::uint32_t, std::vector<std::uint32_t>> found;
  if (guard_.take(bytes)) {
    std::vector<corpus::Values> texts;
    for (const WordRun& run : targets) texts.push_back(words_of(run));
    const auto stop = [this] { return guard_.stop(); };
    corpus::SimilarTexts similar(std::move(texts), static_cast<std::uint32_t>(node.low), stop);
    std::vector<bool> alike(asked.size());
    for (std::size_t i = 0; i < asked.size() && !guard_.stop(); ++i) {
      if (alike[i]) continue;
      // Among them, one before that is similar to nothing was compared with this one.
      const auto may_be = [&](std::size_t other) {
        return !overlap(asked[i], targets[other]) && !(among_them && other < i && !alike[other]);
      };
      const std::optional<std::size_t> other = similar.find(words_of(asked[i]), may_be, stop);
      alike[i] = other.has_value();
      if (other && among_them) alike[*other] = true;
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (alike[i]) found[asked[i].words].push_back(asked[i].word);
    }
  }
  guard_.take(-bytes);
  if (guard_.cut() && !partial) throw Cut();
  Spans out;
  if (found.empty()) return out;
  for (const Group& group : of.groups) {
    Starts similar = group.starts.where([&](std::uint32_t begin) {
      const auto run = word_run(axis_, begin, group.length);
      if (!run || !fence.holds(begin, begin + group.length)) return false;
      const auto here = found.find(run->words);
      return here != found.end() && std::ranges::binary_search(here->second, run->word);
    });
    if (!similar.empty()) out.groups.push_back({group.length, group.shape, std::move(similar)});
  }
  return out;
}

}  // namespace kalima::query

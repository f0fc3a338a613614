// similar(): what is like something else in the text.
#include <algorithm>

#include "corpus/similar_runs.h"
#include "corpus/similar_texts.h"
#include "query/run/word_runs.h"

namespace kalima::query {
namespace {

// What it takes at most to look at runs together, and what each word of a run takes when each is looked for by itself.
constexpr double max_work_together = 6e6, work_of_word = 40;

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

// Each by itself: long ones, which are not many.
WordRuns similar_texts(corpus::Values values, const WordRuns& of, const WordRuns& to, std::uint32_t percent,
                       Guard& guard) {
  const bool among_them = &of == &to;
  const std::vector<WordRun> asked = list_of(of), others = among_them ? std::vector<WordRun>() : list_of(to);
  const std::vector<WordRun>& targets = among_them ? asked : others;
  const auto words_of = [&](const WordRun& run) { return values.subspan(run.word, run.words); };
  std::size_t words = 0;
  for (const WordRun& run : targets) words += run.words;
  const auto bytes = static_cast<std::ptrdiff_t>(words * corpus::SimilarTexts::bytes_for_word +
                                                 targets.size() * corpus::SimilarTexts::bytes_for_text);
  WordRuns out;
  if (guard.take(bytes)) {
    std::vector<corpus::Values> texts;
    for (const WordRun& run : targets) texts.push_back(words_of(run));
    const auto stop = [&guard] { return guard.stop(); };
    corpus::SimilarTexts similar(std::move(texts), percent, stop);
    std::vector<bool> alike(asked.size());
    for (std::size_t i = 0; i < asked.size() && !guard.stop(); ++i) {
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
      if (alike[i]) out[asked[i].words].push_back(asked[i].word);
    }
  }
  guard.take(-bytes);
  return out;
}

WordRuns similar_ones(corpus::Values values, const WordRuns& of, const WordRuns& to, std::uint32_t percent,
                      Guard& guard) {
  corpus::SimilarRuns runs(values, of, to, percent);
  double words = 0;
  for (const WordRuns* all : {&of, &to}) {
    for (const auto& [length, begins] : *all)
      words += static_cast<double>(length) * static_cast<double>(begins.size());
  }
  if (runs.work() > std::min(max_work_together, words * work_of_word))
    return similar_texts(values, of, to, percent, guard);
  return runs.find([&guard](std::ptrdiff_t bytes) {
    return guard.take(bytes) && (bytes > 0 ? !guard.stop_now() : !guard.stop());
  });
}

}  // namespace

Spans Evaluation::similar(const PlanNode& node, const Fence& fence, bool partial) {
  const Spans of = spans(node.parts.front(), surahs());
  const bool among_them = node.parts.size() == 1;
  const WordRuns asked = word_runs(axis_, of, 1, nothing, guard_);
  const WordRuns others =
      among_them ? WordRuns() : word_runs(axis_, spans(node.parts[1], surahs()), 1, nothing, guard_);
  const std::vector<std::uint32_t> values = corpus::compared_values(
      corpus_.values_of_words(node.by), corpus_.values_of_words(attributes::Attribute::plain));
  const WordRuns found =
      similar_ones(values, asked, among_them ? asked : others, static_cast<std::uint32_t>(node.low), guard_);
  if (guard_.cut() && !partial) throw Cut();
  std::map<std::uint32_t, Bits> similar;
  for (const auto& [words, begins] : found) {
    Bits& there = similar.emplace(words, Bits(corpus_.words())).first->second;
    for (const std::uint32_t word : begins) there.set(word);
  }
  Spans out;
  for (const Group& group : of.groups) {
    Starts starts = group.starts.where([&](std::uint32_t begin) {
      const auto run = word_run(axis_, begin, group.length);
      if (!run || !fence.holds(begin, begin + group.length)) return false;
      const auto here = similar.find(run->words);
      return here != similar.end() && here->second.test(run->word);
    });
    if (!starts.empty()) out.groups.push_back({group.length, group.shape, std::move(starts)});
  }
  return out;
}

}  // namespace kalima::query

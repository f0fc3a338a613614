// kalima stats: repetition, sound and structure.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "api/v1/places.h"
#include "cli/stats_options.h"
#include "cli/terminal.h"
#include "statistics/similar.h"
#include "statistics/skipgrams.h"
#include "statistics/sound.h"
#include "statistics/structure.h"
#include "support/numbers.h"

namespace kalima::cli::stats {
namespace {

struct TextOptions : StatsOptions {
  std::string attribute = "lemma", kind = "anagrams", value, verse;
  std::uint32_t min_n = 2, max_n = 5, surah = 1;
  std::uint64_t min = 2, min_surahs = 1, min_words = 1, min_letters = 3;
  bool maximal = false, over_verses = false;
};
using Options = std::shared_ptr<TextOptions>;

template <typename Names>
CLI::App* add_text_command(CLI::App& command, const Options& options, const char* name, const char* help,
                           const Names& sorts, const char* sort) {
  options->sort = sort;
  CLI::App* const out = command.add_subcommand(name, help);
  add_common(*out, *options, sorts, false);
  return out;
}

// Of all words of --within.
void without_query(CLI::App& command) { command.remove_option(command.get_option("query")); }

void add_attribute(CLI::App& command, const Options& options, const char* attribute) {
  options->attribute = attribute;
  command.add_option("--attribute", options->attribute, "The attribute whose values are counted")
      ->capture_default_str();
}

void add_min(CLI::App& command, const Options& options, std::uint64_t min, const char* help) {
  options->min = min;
  command.add_option("--min", options->min, help)->check(any_count())->capture_default_str();
}

// `make(source, scope, hits, page, guard)` with the columns that are shown.
template <typename MakeSheet>
void answers(CLI::App& command, const Options& options, Action& chosen, std::vector<std::string> shown,
             MakeSheet make) {
  command.callback([options, shown = std::move(shown), make, &chosen] {
    chosen = [options, shown, make] {
      return run(
          *options,
          with_sort(shown, options->sort == "place" || options->sort == "verse" ? "value" : options->sort),
          [&](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto&,
              auto& guard) { return make(*options, source, scope, hits, page, guard); });
    };
  });
}

statistics::NgramRequest run_request(const TextOptions& options, const statistics::Page& page) {
  statistics::NgramRequest out;
  out.attribute = attribute_of(options.attribute);
  out.min_n = options.min_n;
  out.max_n = options.max_n;
  if (out.max_n < out.min_n) throw Error(ErrorCode::bad_input, "--max-n is less than --min-n");
  out.min_hits = options.min;
  out.min_surahs = options.min_surahs;
  out.maximal = options.maximal;
  out.over_verses = options.over_verses;
  out.page = page;
  return out;
}

CLI::App* add_run_command(CLI::App& command, const Options& options, const char* name, const char* help,
                          bool skip) {
  CLI::App* const out =
      skip ? add_text_command(command, options, name, help, statistics::skipgram_orders, "hits")
           : add_text_command(command, options, name, help, statistics::ngram_orders, "hits");
  add_attribute(*out, options, "lemma");
  out->add_option("--min-n", options->min_n, "The fewest words of a run")
      ->check(whole_number(1, statistics::max_ngram))
      ->capture_default_str();
  out->add_option("--max-n", options->max_n, "The most words of a run")
      ->check(whole_number(1, statistics::max_ngram))
      ->capture_default_str();
  add_min(*out, options, 2, "Only runs that occur so often");
  out->add_flag("--over-verses", options->over_verses, "A run may go on in the next verse");
  return out;
}

void add_runs(CLI::App& command, Action& chosen) {
  auto options = std::make_shared<TextOptions>();
  CLI::App* const runs = add_run_command(command, options, "ngrams", "Runs of words that occur again", false);
  runs->add_flag("--maximal", options->maximal, "Without runs of which a longer one occurs as often");
  runs->add_option("--min-surahs", options->min_surahs,
                   "Only runs in so many surahs; 2 for formulas that two surahs share")
      ->check(any_count())
      ->capture_default_str();
  answers(*runs, options, chosen, {"hits", "n", "verses", "surahs"},
          [](const TextOptions& asked, const auto& source, const auto& scope, const auto& hits,
             const auto& page, auto& guard) {
            statistics::NgramRequest request = run_request(asked, page);
            request.order = place_in(statistics::ngram_orders, asked.sort);
            return statistics::ngrams(source, scope, hits, request, guard);
          });
  options = std::make_shared<TextOptions>();
  CLI::App* const skips = add_run_command(command, options, "skipgrams",
                                          "Runs that occur again with another word in one place", true);
  answers(*skips, options, chosen, {"hits", "n", "fillers", "verses"},
          [](const TextOptions& asked, const auto& source, const auto& scope, const auto& hits,
             const auto& page, auto& guard) {
            statistics::NgramRequest request = run_request(asked, page);
            request.order = place_in(statistics::skipgram_orders, asked.sort);
            return statistics::skipgrams(source, scope, hits, request, guard);
          });
}

std::uint32_t verse_of(std::string_view text, const columns::CoreFile& core) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string_view after = text.substr(std::min(colon + 1, text.size()));
  // Both count from 1.
  const std::uint32_t surah = numbers::parse<std::uint32_t>(text.substr(0, colon)).value_or(0);
  const std::uint32_t ayah = numbers::parse<std::uint32_t>(after).value_or(0);
  if (surah == 0 || ayah == 0)
    throw Error(ErrorCode::bad_input, fmt::format("'{}' is not a verse", text),
                "write SURAH:AYAH, such as 112:1");
  return api::v1::Places(core).verse({surah, ayah}, "verse");
}

void add_similar(CLI::App& command, Action& chosen) {
  auto options = std::make_shared<TextOptions>();
  CLI::App* const similar =
      add_text_command(command, options, "similar", "Verses like a verse, or all pairs of similar verses",
                       statistics::pair_orders, "similarity");
  without_query(*similar);
  similar->add_option("verse", options->verse, "The verse; without it, all pairs")->type_name("SURAH:AYAH");
  add_attribute(*similar, options, "lemma");
  add_min(*similar, options, 80, "How similar two verses are at least, in percent");
  similar->get_option("--min")->check(whole_number(20, 100));
  similar->add_option("--min-words", options->min_words, "Only verses of so many words")
      ->check(any_count())
      ->capture_default_str();
  answers(*similar, options, chosen, {"similarity", "common", "words", "other_words"},
          [](const TextOptions& asked, const auto& source, const auto& scope, const auto& hits,
             const auto& page, auto& guard) {
            if (!asked.verse.empty()) {
              statistics::LikeRequest like;
              like.verse = verse_of(asked.verse, source.engine.corpus().core());
              like.attribute = attribute_of(asked.attribute);
              like.min_similarity = static_cast<double>(asked.min) / 100;
              like.min_words = asked.min_words;
              like.page = page;
              return statistics::verses_like(source, scope, hits, like, guard);
            }
            statistics::PairsRequest request;
            request.attribute = attribute_of(asked.attribute);
            request.min_similarity = static_cast<double>(asked.min) / 100;
            request.min_words = asked.min_words;
            request.order = place_in(statistics::pair_orders, asked.sort);
            request.page = page;
            return statistics::similar_pairs(source, scope, hits, request, guard);
          });
}

constexpr std::string_view rhyme_sorts[] = {"verses", "place"};
constexpr std::string_view one_sort[] = {"value"};

void add_sounds(CLI::App& command, Action& chosen) {
  auto options = std::make_shared<TextOptions>();
  CLI::App* const rhymes =
      add_text_command(command, options, "rhymes", "Runs of verses that end alike", rhyme_sorts, "verses");
  without_query(*rhymes);
  options->attribute = "rhyme_letter";
  rhymes->add_option("--attribute", options->attribute, "What these verses have in common")
      ->check(named(statistics::rhyme_attributes))
      ->capture_default_str();
  add_min(*rhymes, options, 2, "Only runs of so many verses");
  answers(*rhymes, options, chosen, {"verses", "first", "last"},
          [](const TextOptions& asked, const auto& source, const auto& scope, const auto& hits,
             const auto& page, auto& guard) {
            statistics::RhymeRequest request;
            request.attribute = place_in(statistics::rhyme_attributes, asked.attribute);
            request.min_verses = asked.min;
            request.by_length = asked.sort == rhyme_sorts[0];
            request.page = page;
            return statistics::rhymes(source, scope, hits, request, guard);
          });
  options = std::make_shared<TextOptions>();
  CLI::App* const letters = add_text_command(command, options, "letters",
                                             "How often each letter is written; abjad", one_sort, "value");
  answers(*letters, options, chosen, {"count", "share", "words", "value", "sum"},
          [](const TextOptions&, const auto& source, const auto& scope, const auto& hits, const auto& page,
             auto& guard) { return statistics::letters(source, scope, hits, page, guard); });
  options = std::make_shared<TextOptions>();
  CLI::App* const alike =
      add_text_command(command, options, "alike", "Anagrams, words that sound alike, reversals, palindromes",
                       one_sort, "value");
  add_attribute(*alike, options, "root");
  alike->add_option("--kind", options->kind, "What values have in common")
      ->check(named(statistics::alike_names))
      ->capture_default_str();
  alike->add_option("--value", options->value, "Only what is like this value");
  alike->add_option("--min-letters", options->min_letters, "Only values of so many letters")
      ->check(any_count())
      ->capture_default_str();
  answers(*alike, options, chosen, {"members", "hits"},
          [](const TextOptions& asked, const auto& source, const auto& scope, const auto& hits,
             const auto& page, auto& guard) {
            statistics::AlikeRequest request;
            request.kind = static_cast<statistics::Alike>(place_in(statistics::alike_names, asked.kind));
            request.attribute = attribute_of(asked.attribute);
            request.value = asked.value;
            request.min_letters = asked.min_letters;
            request.page = page;
            return statistics::alike(source, scope, hits, request, guard);
          });
}

constexpr std::string_view ring_sorts[] = {"verse", "dice"};

void add_structure(CLI::App& command, Action& chosen) {
  auto options = std::make_shared<TextOptions>();
  CLI::App* const shifts = add_text_command(
      command, options, "shifts", "Verbs followed by one of another person (a heuristic)", one_sort, "value");
  answers(*shifts, options, chosen, {"hits", "across"},
          [](const TextOptions&, const auto& source, const auto& scope, const auto& hits, const auto& page,
             auto& guard) { return statistics::person_shifts(source, scope, hits, page, guard); });
  options = std::make_shared<TextOptions>();
  CLI::App* const ring =
      add_text_command(command, options, "ring",
                       "What verses share with those that mirror them (a heuristic)", ring_sorts, "verse");
  without_query(*ring);
  add_attribute(*ring, options, "root");
  ring->add_option("--surah", options->surah, "The surah")->required()->check(whole_number(1, 114));
  answers(*ring, options, chosen, {"dice", "shared"},
          [](const TextOptions& asked, const auto& source, const auto& scope, const auto& hits,
             const auto& page, auto& guard) {
            statistics::RingRequest request;
            request.surah = asked.surah;
            request.attribute = attribute_of(asked.attribute);
            request.by_verse = asked.sort == ring_sorts[0];
            request.page = page;
            return statistics::ring(source, scope, hits, request, guard);
          });
  options = std::make_shared<TextOptions>();
  CLI::App* const network =
      add_text_command(command, options, "network", "Values that occur in the same verses",
                       statistics::network_orders, "log_likelihood");
  add_attribute(*network, options, "root");
  add_min(*network, options, 5, "Only pairs that so many verses have");
  network->add_flag("--graphml", options->graphml, "Write the rows as a graph in GraphML instead");
  answers(*network, options, chosen, {"together", "first_verses", "second_verses", "log_dice"},
          [](const TextOptions& asked, const auto& source, const auto& scope, const auto& hits,
             const auto& page, auto& guard) {
            statistics::NetworkRequest request;
            request.attribute = attribute_of(asked.attribute);
            request.min_together = asked.min;
            request.order = place_in(statistics::network_orders, asked.sort);
            request.page = page;
            return statistics::network(source, scope, hits, request, guard);
          });
}

}  // namespace

void add_texts(CLI::App& command, Action& chosen) {
  add_runs(command, chosen);
  add_similar(command, chosen);
  add_sounds(command, chosen);
  add_structure(command, chosen);
}

}  // namespace kalima::cli::stats

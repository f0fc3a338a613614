// kalima stats: figures about the hits of a query, without a server.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "cli/stats_options.h"
#include "statistics/collocations.h"
#include "statistics/frequencies.h"
#include "statistics/keyness.h"
#include "statistics/spread.h"

namespace kalima::cli {
namespace stats {
namespace {

constexpr std::string_view order_names[] = {"hits", "verses", "surahs", "value"};
struct FrequencyOptions : StatsOptions {
  std::string by = "lemma";
  std::uint64_t min = 1, max = UINT64_MAX, max_surahs = UINT64_MAX;
  bool missing = false, expected = false;
};

void add_frequencies(CLI::App& stats, Action& chosen) {
  auto options = std::make_shared<FrequencyOptions>();
  options->sort = "hits";
  CLI::App* command =
      stats.add_subcommand("frequencies", "How often values occur: word lists, hapax legomena, tables");
  add_common(*command, *options, order_names, false);
  command->add_option("--by", options->by, "One to three keys PLACE.ATTRIBUTE, with commas between them")
      ->type_name("KEYS")
      ->capture_default_str();
  command->add_option("--min", options->min, "Only values with so many hits, or more")
      ->check(any_count())
      ->type_name("N");
  command->add_option("--max", options->max, "Only values with so many hits, or fewer")
      ->check(any_count())
      ->type_name("N");
  command
      ->add_option("--max-surahs", options->max_surahs, "Only values with hits in so many surahs, or fewer")
      ->check(any_count())
      ->type_name("N");
  command->add_flag("--missing", options->missing, "List rows with a missing value too");
  command->add_flag("--expected", options->expected,
                    "Of two keys: expected counts and residuals, chi-squared");
  command->callback([options, &chosen] {
    chosen = [options] {
      query::GroupChoice choice;
      choice.order = static_cast<query::GroupChoice::Order>(place_in(order_names, options->sort));
      choice.min_hits = options->min;
      choice.max_hits = options->max;
      choice.max_surahs = options->max_surahs;
      choice.missing = options->missing;
      std::vector<std::string> shown{"hits", "per_10000", "verses", "surahs"};
      if (options->expected) shown = {"hits", "expected", "residual", "adjusted_residual"};
      return run(*options, shown,
                 [&](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto&,
                     auto& guard) {
                   const auto keys = in_context(of_option("by"), [&] {
                     return query::read_keys(options->by, hits.found.labels(), query::max_group_keys, false);
                   });
                   if (options->expected && keys.size() != 2)
                     throw Error(ErrorCode::bad_input, "--expected needs two keys", "write --by A,B");
                   return options->expected
                              ? statistics::cross_table(source, scope, hits, keys, choice, page, guard)
                              : statistics::frequencies(source, scope, hits, keys, choice, page, guard);
                 });
    };
  });
}

struct CollocationOptions : StatsOptions {
  std::string attribute = "lemma", unit = "word", convention = "surface", relation, ends = "dependents";
  std::uint32_t left = 5, right = 5;
  std::uint64_t min = 3, min_frequency = 1;
  bool heads = false;
};

void add_collocations(CLI::App& stats, Action& chosen) {
  auto options = std::make_shared<CollocationOptions>();
  options->sort = "log_dice";
  CLI::App* command =
      stats.add_subcommand("collocations", "What occurs near the hits, or is joined with them by a relation");
  add_common(*command, *options, statistics::collocation_orders, true);
  command->add_option("--attribute", options->attribute, "The attribute whose values are counted")
      ->capture_default_str();
  command->add_option("--unit", options->unit, "What is counted")
      ->check(named(statistics::unit_names))
      ->capture_default_str();
  command->add_option("--left", options->left, "Words before a hit")
      ->check(whole_number(0, query::max_distance))
      ->capture_default_str();
  command->add_option("--right", options->right, "Words after a hit")
      ->check(whole_number(0, query::max_distance))
      ->capture_default_str();
  command->add_option("--convention", options->convention, "surface as in UCS; hits as in Sketch Engine")
      ->check(named(statistics::convention_names))
      ->capture_default_str();
  command
      ->add_option("--relation", options->relation,
                   "Instead of a window, what such an edge joins with the hit")
      ->type_name("REGEX");
  command->add_option("--ends", options->ends, "With --relation: which ends of the edges are counted")
      ->check(named(statistics::end_names))
      ->capture_default_str();
  command->add_flag("--heads", options->heads, "The same as --ends heads");
  command->add_option("--min", options->min, "Only values that occur together with hits so often")
      ->check(any_count())
      ->capture_default_str();
  command->add_option("--min-frequency", options->min_frequency, "Only values that occur so often in all")
      ->check(any_count())
      ->capture_default_str();
  CLI::Option* const relation = command->get_option("--relation");
  for (const char* const name : {"--left", "--right", "--convention", "--unit"})
    relation->excludes(command->get_option(name));
  for (const char* const name : {"--ends", "--heads"}) command->get_option(name)->needs(relation);
  command->get_option("--heads")->excludes(command->get_option("--ends"));
  command->callback([options, &chosen] {
    chosen = [options] {
      const auto complete = [&](statistics::NearRequest& request) {
        request.attribute = attribute_of(options->attribute);
        request.min_together = options->min;
        request.min_frequency = options->min_frequency;
        request.order = place_in(statistics::collocation_orders, options->sort);
      };
      return run(
          *options, with_sort({"together", "frequency", "log_dice", "mi", "log_likelihood"}, options->sort),
          [&](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto& asked,
              auto& guard) {
            if (!options->relation.empty()) {
              statistics::EdgeRequest request;
              complete(request);
              request.query = options->query;
              request.within = options->within;
              request.relation = options->relation;
              request.up = options->heads || options->ends == statistics::end_names[1];
              request.page = page;
              return in_context(of_option("relation"), [&] {
                return statistics::related(source, scope, hits, request, asked, guard);
              });
            }
            statistics::WindowRequest request;
            complete(request);
            request.unit = static_cast<statistics::Unit>(place_in(statistics::unit_names, options->unit));
            request.window = {options->left, options->right};
            request.convention = static_cast<statistics::Convention>(
                place_in(statistics::convention_names, options->convention));
            request.page = page;
            return statistics::collocations(source, scope, hits, request, guard);
          });
    };
  });
}

struct KeynessOptions : StatsOptions {
  std::string against, of = "verses", attribute = "lemma", unit = "word";
  std::uint64_t min = 1;
};

void add_keyness(CLI::App& stats, Action& chosen) {
  auto options = std::make_shared<KeynessOptions>();
  options->sort = "log_likelihood";
  CLI::App* command =
      stats.add_subcommand("keyness", "Which words are typical of the hits' verses, compared with others");
  add_common(*command, *options, statistics::keyness_orders, true);
  command
      ->add_option("--against", options->against, "The query of the others; without it the rest of the text")
      ->type_name("CQL");
  command->add_option("--of", options->of, "All words of the verses with a hit, or those of the hits")
      ->check(named(statistics::taken_names))
      ->capture_default_str();
  command->add_option("--attribute", options->attribute, "The attribute whose values are counted")
      ->capture_default_str();
  command->add_option("--unit", options->unit, "What is counted")
      ->check(named(statistics::unit_names))
      ->capture_default_str();
  command
      ->add_option("--min", options->min,
                   "Only values with so many hits there; 0 for those that are missing there")
      ->check(any_count())
      ->capture_default_str();
  command->callback([options, &chosen] {
    chosen = [options] {
      return run(
          *options,
          with_sort({"hits", "other_hits", "log_likelihood", "bayes_factor", "log_ratio"}, options->sort),
          [&](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto& asked,
              auto& guard) {
            statistics::KeynessRequest request;
            request.taken = static_cast<statistics::Taken>(place_in(statistics::taken_names, options->of));
            request.attribute = attribute_of(options->attribute);
            request.unit = static_cast<statistics::Unit>(place_in(statistics::unit_names, options->unit));
            request.min_hits = options->min;
            request.order = place_in(statistics::keyness_orders, options->sort);
            request.page = page;
            std::optional<query::Found> found;
            std::optional<statistics::Hits> other;
            if (!options->against.empty()) {
              found.emplace(in_context(of_option("against"),
                                       [&] { return source.engine.run(options->against, asked); }));
              other.emplace(statistics::Hits{*found, options->against});
            }
            return statistics::keyness(source, scope, hits, other ? &*other : nullptr, request, guard);
          });
    };
  });
}

struct SpreadOptions : StatsOptions {
  std::string parts = "surah";
};

void add_spread(CLI::App& stats, Action& chosen) {
  auto options = std::make_shared<SpreadOptions>();
  options->sort = "mushaf";
  CLI::App* command = stats.add_subcommand("spread", "How evenly the hits are spread over the text");
  add_common(*command, *options, statistics::part_order_names, true, "--sort,--order");
  command->add_option("--parts", options->parts, "The parts of the text")
      ->check(named(statistics::spread_part_names))
      ->capture_default_str();
  command->callback([options, &chosen] {
    chosen = [options] {
      return run(*options, {"per_10000", "hits", "words"},
                 [&](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto&,
                     auto& guard) {
                   statistics::SpreadRequest request;
                   request.parts = place_in(statistics::spread_part_names, options->parts);
                   request.order = static_cast<statistics::PartOrder>(
                       place_in(statistics::part_order_names, options->sort));
                   request.page = page;
                   return statistics::spread(source, scope, hits, request, guard);
                 });
    };
  });
}

}  // namespace
}  // namespace stats

void add_stats(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand(
      "stats", "Frequencies, collocations, keyness, repetition, sound and more, without a server");
  command->require_subcommand(1);
  stats::add_frequencies(*command, chosen);
  stats::add_collocations(*command, chosen);
  stats::add_keyness(*command, chosen);
  stats::add_spread(*command, chosen);
  stats::add_texts(*command, chosen);
  command->footer(
      "Works while a server is running, and changes nothing. Examples:\n"
      "  kalima stats frequencies --by lemma --limit 20\n"
      "  kalima stats frequencies --by root --max 1\n"
      "  kalima stats frequencies '[pos=\"V\"]' --by aspect,surah_place --expected\n"
      "  kalima stats collocations '[root=\"رحم\"]' --min 2\n"
      "  kalima stats keyness '<surah n=\"1\"/>'\n"
      "  kalima stats spread '[root=\"رحم\"]' --sort revelation\n"
      "  kalima stats ngrams --attribute word --min-n 3 --max-n 8 --maximal\n"
      "  kalima stats similar --attribute word --min 90\n"
      "  kalima stats similar 112:1 --min 40\n"
      "  kalima stats rhymes --within '<surah n=\"55\"/>'\n"
      "docs/statistics.md explains the numbers.");
}

}  // namespace kalima::cli

#include "statistics/measures.h"

#include <algorithm>
#include <cmath>

namespace kalima::statistics {
namespace {

// O ln(O / E), which is 0 where nothing was observed.
double observed_log(double observed, double expected) {
  return observed == 0 ? 0 : observed * std::log(observed / expected);
}

double some(double count) { return count == 0 ? 0.5 : count; }

double share(std::uint64_t of, std::uint64_t all) {
  return static_cast<double>(of) / static_cast<double>(all);
}

std::uint64_t sum(std::span<const std::uint64_t> numbers) {
  std::uint64_t out = 0;
  for (const std::uint64_t number : numbers) out += number;
  return out;
}

}  // namespace

double expected(const Pair& pair) { return pair.node * pair.collocate / pair.all; }

double dice(const Pair& pair) { return 2 * pair.together / (pair.node + pair.collocate); }
double log_dice(const Pair& pair) { return 14 + std::log2(dice(pair)); }
double mutual_information(const Pair& pair) { return std::log2(pair.together / expected(pair)); }
double mutual_information_3(const Pair& pair) {
  return std::log2(pair.together * pair.together * pair.together / expected(pair));
}
double mi_log_frequency(const Pair& pair) { return mutual_information(pair) * std::log(pair.together + 1); }
double local_mi(const Pair& pair) { return pair.together * mutual_information(pair); }
double t_score(const Pair& pair) { return (pair.together - expected(pair)) / std::sqrt(pair.together); }
double z_score(const Pair& pair) { return (pair.together - expected(pair)) / std::sqrt(expected(pair)); }

double log_likelihood(const Pair& pair) {
  const double others = pair.all - pair.node, rest = pair.all - pair.collocate;
  const double o12 = pair.node - pair.together, o21 = pair.collocate - pair.together, o22 = others - o21;
  const double sum =
      observed_log(pair.together, expected(pair)) + observed_log(o12, pair.node * rest / pair.all) +
      observed_log(o21, others * pair.collocate / pair.all) + observed_log(o22, others * rest / pair.all);
  return pair.together < expected(pair) ? -2 * sum : 2 * sum;
}

double simple_ll(const Pair& pair) {
  const double e = expected(pair), value = 2 * (observed_log(pair.together, e) - (pair.together - e));
  return pair.together < e ? -value : value;
}

double min_sensitivity(const Pair& pair) {
  return std::min(pair.together / pair.node, pair.together / pair.collocate);
}
double delta_p_collocate(const Pair& pair) {
  return pair.together / pair.node - (pair.collocate - pair.together) / (pair.all - pair.node);
}
double delta_p_node(const Pair& pair) {
  return pair.together / pair.collocate - (pair.node - pair.together) / (pair.all - pair.collocate);
}
double log_ratio(const Pair& pair) {
  return std::log2(some(pair.together) / pair.node /
                   (some(pair.collocate - pair.together) / (pair.all - pair.node)));
}

namespace {

double signed_as(const Halves& halves, double value) {
  return halves.hits / halves.words < halves.other_hits / halves.other_words ? -value : value;
}

// Not a number where one of them has no words, and nothing can be compared.
double two_cells(const Halves& halves) {
  if (halves.words == 0 || halves.other_words == 0) return std::nan("");
  const double both = halves.hits + halves.other_hits, all = halves.words + halves.other_words;
  return 2 * (observed_log(halves.hits, halves.words * both / all) +
              observed_log(halves.other_hits, halves.other_words * both / all));
}

}  // namespace

double key_log_likelihood(const Halves& halves) { return signed_as(halves, two_cells(halves)); }

double key_log_likelihood_4(const Halves& halves) {
  const double both = halves.hits + halves.other_hits, all = halves.words + halves.other_words;
  const double neither = all - both;
  return signed_as(halves, two_cells(halves) +
                               2 * (observed_log(halves.words - halves.hits, halves.words * neither / all) +
                                    observed_log(halves.other_words - halves.other_hits,
                                                 halves.other_words * neither / all)));
}

double key_bayes_factor(const Halves& halves) {
  return two_cells(halves) - std::log(halves.words + halves.other_words);
}
double key_log_ratio(const Halves& halves) {
  return std::log2(some(halves.hits) / halves.words / (some(halves.other_hits) / halves.other_words));
}
double key_percent_difference(const Halves& halves) {
  const double other = halves.other_hits / halves.other_words;
  return 100 * (halves.hits / halves.words - other) / other;
}
double key_simple_maths(const Halves& halves) {
  return (1e6 * halves.hits / halves.words + 1) / (1e6 * halves.other_hits / halves.other_words + 1);
}
double key_p_value(const Halves& halves) {
  const double value = two_cells(halves);
  return std::erfc(std::sqrt(value < 0 ? 0 : value / 2));  // rounding may leave a little less than 0
}

double range(const Parts& parts) {
  return share(
      static_cast<std::uint64_t>(std::ranges::count_if(parts.hits, [](auto hits) { return hits > 0; })),
      parts.hits.size());
}

double juilland_d(const Parts& parts) {
  const auto n = static_cast<double>(parts.hits.size());
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < parts.hits.size(); ++i) mean += share(parts.hits[i], parts.words[i]) / n;
  for (std::size_t i = 0; i < parts.hits.size(); ++i) {
    const double off = share(parts.hits[i], parts.words[i]) - mean;
    squares += off * off / n;
  }
  // All hits in one part: 0, but for rounding.
  const double d = 1 - std::sqrt(squares) / mean / std::sqrt(n - 1);
  return d < 0 ? 0 : d;
}

double gries_dp(const Parts& parts) {
  if (parts.words.empty()) return std::nan("");
  const std::uint64_t hits = sum(parts.hits), words = sum(parts.words);
  double out = 0;
  for (std::size_t i = 0; i < parts.hits.size(); ++i)
    out += std::abs(share(parts.hits[i], hits) - share(parts.words[i], words));
  return out / 2;
}

double gries_dp_norm(const Parts& parts) {
  if (parts.words.empty()) return std::nan("");
  return gries_dp(parts) / (1 - share(*std::ranges::min_element(parts.words), sum(parts.words)));
}

double kl_divergence(const Parts& parts) {
  const std::uint64_t hits = sum(parts.hits), words = sum(parts.words);
  if (hits == 0) return std::nan("");
  double out = 0;
  for (std::size_t i = 0; i < parts.hits.size(); ++i) {
    const double v = share(parts.hits[i], hits);
    if (v > 0) out += v * std::log2(v / share(parts.words[i], words));
  }
  return out;
}

double average_reduced_frequency(const Parts& parts) {
  if (parts.places.empty()) return std::nan("");
  const double v = share(parts.all_words, parts.places.size());
  double out = 0;
  std::uint64_t before = 0;
  bool first = true;
  for (const std::uint64_t place : parts.places) {
    const std::uint64_t distance = first ? place + parts.all_words - parts.places.back() : place - before;
    out += std::min(static_cast<double>(distance), v);
    before = place;
    first = false;
  }
  return out / v;
}

}  // namespace kalima::statistics

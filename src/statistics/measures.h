// Every measure: what it is called, its formula in words, who defined it, and the function. This table is all that the API,
// the command line, the documentation and the tests know of measures.
//
// A value that is not finite (a division by zero, the logarithm of zero) is undefined, and is shown as missing.
//
// Threads: pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace kalima::statistics {

template <typename Counts>
struct Measure {
  std::string_view name, label, formula, source;
  double (*value)(const Counts&);
  bool small_is_strong = false;
};

// --- of two words that occur together ---

// O11, R1, C1 and N of the table of contingency.
struct Pair {
  double together, node, collocate, all;
};
double log_dice(const Pair& pair);
double mutual_information(const Pair& pair);
double mutual_information_3(const Pair& pair);
double mi_log_frequency(const Pair& pair);
double local_mi(const Pair& pair);
double t_score(const Pair& pair);
double z_score(const Pair& pair);
double log_likelihood(const Pair& pair);
double simple_ll(const Pair& pair);
double dice(const Pair& pair);
double min_sensitivity(const Pair& pair);
double delta_p_collocate(const Pair& pair);
double delta_p_node(const Pair& pair);
double log_ratio(const Pair& pair);
double expected(const Pair& pair);

inline constexpr auto associations = std::to_array<Measure<Pair>>({
    {"log_dice", "logDice", "14 + log2(2 O11 / (R1 + C1))", "Rychlý 2008", log_dice},
    {"mi", "MI", "log2(O11 / E11)", "Church and Hanks 1990; base 2 as in Sketch Engine", mutual_information},
    {"mi3", "MI3", "log2(O11^3 / E11)", "Daille 1994; as in Sketch Engine", mutual_information_3},
    {"mi_log_f", "MI log f", "MI ln(O11 + 1)", "Sketch Engine", mi_log_frequency},
    {"local_mi", "local MI", "O11 MI", "Evert 2005, base 2", local_mi},
    {"t_score", "t-score", "(O11 - E11) / sqrt(O11)", "Church et al. 1991; Evert 2005", t_score},
    {"z_score", "z-score", "(O11 - E11) / sqrt(E11)", "Dennis 1965; Evert 2005", z_score},
    {"log_likelihood", "log-likelihood", "2 sum over four cells of O ln(O / E); negative if O11 < E11",
     "Dunning 1993; sign as in UCS (Evert 2005)", log_likelihood},
    {"simple_ll", "simple log-likelihood", "2 (O11 ln(O11 / E11) - (O11 - E11)); negative if O11 < E11",
     "Evert 2008; sign as in UCS", simple_ll},
    {"dice", "Dice", "2 O11 / (R1 + C1)", "Dice 1945; Smadja 1996", dice},
    {"min_sensitivity", "minimum sensitivity", "min(O11 / R1, O11 / C1)", "Pedersen 1998", min_sensitivity},
    {"delta_p_collocate", "delta P, collocate given node", "O11 / R1 - (C1 - O11) / (N - R1)", "Gries 2013",
     delta_p_collocate},
    {"delta_p_node", "delta P, node given collocate", "O11 / C1 - (R1 - O11) / (N - C1)", "Gries 2013",
     delta_p_node},
    {"log_ratio", "log ratio", "log2((O11 / R1) / ((C1 - O11) / (N - R1))), 0.5 for a count of 0",
     "Hardie 2014", log_ratio},
});

// --- of a word in two corpora ---

// How often it occurs in one of so many words, and how often in the other.
struct Halves {
  double hits, words, other_hits, other_words;
};
double key_log_likelihood(const Halves& halves);
double key_log_likelihood_4(const Halves& halves);
double key_bayes_factor(const Halves& halves);
double key_log_ratio(const Halves& halves);
double key_percent_difference(const Halves& halves);
double key_simple_maths(const Halves& halves);
double key_p_value(const Halves& halves);

inline constexpr auto keynesses = std::to_array<Measure<Halves>>({
    {"log_likelihood", "log-likelihood",
     "2 (a ln(a / E1) + b ln(b / E2)), E1 = n1 (a + b) / (n1 + n2), E2 likewise; negative if a / n1 < b / n2",
     "Rayson and Garside 2000", key_log_likelihood},
    {"log_likelihood_4", "log-likelihood, four cells",
     "2 sum of O ln(O / E) over a, b, n1 - a, n2 - b; negative if a / n1 < b / n2", "Dunning 1993",
     key_log_likelihood_4},
    {"bayes_factor", "Bayes factor (BIC)", "|log-likelihood| - ln(n1 + n2)", "Wilson 2013", key_bayes_factor},
    {"log_ratio", "log ratio", "log2((a / n1) / (b / n2)), 0.5 for a count of 0", "Hardie 2014",
     key_log_ratio},
    {"percent_difference", "%DIFF", "100 (a / n1 - b / n2) / (b / n2)", "Gabrielatos and Marchi 2012",
     key_percent_difference},
    {"simple_maths", "simple maths", "(10^6 a / n1 + 1) / (10^6 b / n2 + 1)", "Kilgarriff 2009",
     key_simple_maths},
    {"p_value", "p",
     "the chance of such a log-likelihood, of one degree of freedom; not corrected for many words",
     "chi-squared distribution", key_p_value, true},
});

// --- of how evenly hits are spread over parts of a text ---

struct Parts {
  std::span<const std::uint64_t> hits, words;  // of each part; all have words
  // Words of the text before each hit, ascending; and words of the text.
  std::span<const std::uint64_t> places;
  std::uint64_t all_words;
};
double range(const Parts& parts);
double juilland_d(const Parts& parts);
double gries_dp(const Parts& parts);
double gries_dp_norm(const Parts& parts);
double kl_divergence(const Parts& parts);
double average_reduced_frequency(const Parts& parts);

inline constexpr auto spreads = std::to_array<Measure<Parts>>({
    {"range", "range", "parts with a hit / parts", "Keniston 1920", range},
    {"juilland_d", "Juilland's D",
     "1 - V / sqrt(n - 1), V the population standard deviation of the parts' relative frequencies / their "
     "mean",
     "Juilland and Chang-Rodríguez 1964", juilland_d},
    {"dp", "DP", "half the sum of |v - s|, v a part's share of the hits, s its share of the words",
     "Gries 2008", gries_dp},
    {"dp_norm", "DPnorm", "DP / (1 - min s)", "Lijffijt and Gries 2012", gries_dp_norm},
    {"kld", "Kullback-Leibler divergence", "sum of v log2(v / s)", "Gries 2020", kl_divergence},
    {"arf", "average reduced frequency",
     "sum of min(d, v) / v, v = words / hits, d the distances between hits, the last one round to the first",
     "Savický and Hlaváčová 2002", average_reduced_frequency},
});

}  // namespace kalima::statistics

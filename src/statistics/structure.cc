#include "statistics/structure.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "query/results/paging.h"
#include "statistics/row_queries.h"
#include "support/pair_numbers.h"

namespace kalima::statistics {
namespace {

using attributes::Attribute;

std::string shift_query(const std::string& from, const std::string& to) {
  return fmt::format(R"({{pos=="V" & person=="{}"}} {{pos!=="V"}}* {{pos=="V" & person=="{}"}})", from, to);
}

// The different values of the words of each verse.
using ValueSets = std::vector<std::vector<std::uint32_t>>;

ValueSets sets_of(const query::Corpus& corpus, const Bits& words, Attribute attribute,
                  std::uint32_t first_verse, std::uint32_t last_verse) {
  const std::vector<std::uint32_t>& values = corpus.values_of_words(attribute);
  ValueSets out;
  for (std::uint32_t verse = first_verse; verse < last_verse; ++verse) {
    std::vector<std::uint32_t>& set = out.emplace_back();
    for (std::uint32_t word = corpus.verse_begin[verse]; word < corpus.verse_begin[verse + 1]; ++word) {
      if (words.test(word) && values[word] != 0) set.push_back(values[word]);
    }
    std::ranges::sort(set);
    set.erase(std::unique(set.begin(), set.end()), set.end());
  }
  return out;
}

std::uint64_t shared_by(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::uint64_t out = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++out;
    const bool first = a[i] <= b[j], second = b[j] <= a[i];
    i += first ? 1 : 0;
    j += second ? 1 : 0;
  }
  return out;
}

double dice_of(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  const std::size_t size = a.size() + b.size();
  return size == 0 ? 0 : 2.0 * static_cast<double>(shared_by(a, b)) / static_cast<double>(size);
}

// SplitMix64 (Steele, Lea and Flood 2014): the same numbers at each request.
class Random {
 public:
  std::uint64_t below(std::uint64_t end) { return next() % end; }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  std::uint64_t state_ = 0;
};

// The mean over pairs of verses that mirror each other in this order.
double mean_of(const std::vector<double>& dice, const std::vector<std::uint32_t>& order) {
  const std::size_t size = order.size(), pairs = size / 2;
  double sum = 0;
  for (std::size_t i = 0; i < pairs; ++i) sum += dice[order[i] * size + order[size - 1 - i]];
  return sum / static_cast<double>(pairs);
}

}  // namespace

Sheet person_shifts(const Source& source, const Scope& scope, const Hits& hits, const Page& page,
                    query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  const columns::CoreFile& core = corpus.core();
  const std::vector<std::uint32_t>&pos = corpus.values(Attribute::pos),
        &person = corpus.values(Attribute::person), &surahs = corpus.values(Attribute::surah_n);
  const std::uint32_t verb = core.find(Attribute::pos, "V").value_or(query::nothing);
  Bits words = words_of(corpus, hits);
  words &= scope.words();
  struct Step {
    std::uint64_t hits = 0, across = 0;
  };
  constexpr std::size_t persons = attributes::persons.size() + 1;
  std::array<std::array<Step, persons>, persons> steps{};
  std::uint64_t all = 0, changes = 0, missing = 0;
  std::uint32_t last = query::nothing;
  for (std::uint32_t position = 0; position < corpus.positions() && !guard.stop(); ++position) {
    if (pos[position] != verb) continue;
    const std::uint32_t word = corpus.word_of[position];
    // A verb outside of what is asked about ends a step.
    const std::uint32_t here = words.test(word) ? position : query::nothing;
    const std::uint32_t before = std::exchange(last, here);
    if (here == query::nothing || before == query::nothing || surahs[corpus.word_of[before]] != surahs[word])
      continue;
    if (person[before] == 0 || person[here] == 0) {
      ++missing;
      continue;
    }
    ++all;
    if (person[before] == person[here]) continue;
    ++changes;
    Step& step = steps[person[before]][person[here]];
    ++step.hits;
    if (corpus.verse_of[corpus.word_of[before]] != corpus.verse_of[word]) ++step.across;
  }
  struct Ordered {
    std::uint32_t from, to;
    Step step;
  };
  std::vector<Ordered> rows;
  for (std::uint32_t from = 1; from < persons; ++from) {
    for (std::uint32_t to = 1; to < persons; ++to) {
      if (steps[from][to].hits > 0) rows.push_back({from, to, steps[from][to]});
    }
  }
  Sheet out;
  out.unit = "two verbs in a row";
  out.total = all;
  out.scope = scope.extent();
  out.notes = hits.found.notes();
  out.notes.emplace_back(
      "a heuristic: who is meant is not known, so that a change of speaker or of subject counts too");
  add_left_out(hits, out);
  if (missing > 0) out.left_out.push_back({"pairs with a verb whose person is missing", missing});
  if (all > changes) out.left_out.push_back({"pairs with the same person", all - changes});
  out.fact_columns = shift_facts;
  out.facts = {all, changes};
  out.keys = {"person", "next_person"};
  out.columns = shift_columns;
  out.rows_total = rows.size();
  query::keep_page(rows, page.offset, page.limit, [](const Ordered& a, const Ordered& b) {
    if (a.step.hits != b.step.hits) return a.step.hits > b.step.hits;
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  });
  const bool everything = words.count() == corpus.words() && !guard.cut();
  for (const Ordered& one : rows) {
    Row row{{core.text(Attribute::person, one.from), core.text(Attribute::person, one.to)},
            {one.step.hits, one.step.across},
            {}};
    if (everything) row.query = shift_query(row.values[0], row.values[1]);
    out.rows.push_back(std::move(row));
  }
  if (!everything && !rows.empty())
    out.notes.emplace_back("rows have no query: the next verb is the next one of the words asked about");
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

Sheet ring(const Source& source, const Scope& scope, const Hits& hits, const RingRequest& request,
           query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  const columns::CoreFile& core = corpus.core();
  std::uint32_t first = 0, last = 0;
  for (std::uint32_t verse = 0; verse < core.verses(); ++verse) {
    if (core.surah(verse) != request.surah) continue;
    if (last == 0) first = verse;
    last = verse + 1;
  }
  const ValueSets sets = sets_of(corpus, scope.words(), request.attribute, first, last);
  const std::size_t size = sets.size();
  std::vector<double> dice;
  if (guard.take(static_cast<std::ptrdiff_t>(size * size * sizeof(double)))) {
    dice.resize(size * size);
    for (std::size_t i = 0; i < size && !guard.stop(); ++i) {
      for (std::size_t j = 0; j < size; ++j) dice[i * size + j] = dice_of(sets[i], sets[j]);
    }
  }
  Sheet out;
  out.unit = "pair of verses";
  out.total = size / 2;
  out.scope = scope.extent();
  out.notes = hits.found.notes();
  out.notes.emplace_back("a heuristic: what is shared by chance and what by composition a reader must judge");
  out.fact_columns = ring_facts;
  out.keys = {"verse", "mirror"};
  out.columns = ring_columns;
  if (size < 4 || dice.empty()) {
    out.facts = {std::uint64_t{size / 2}, Cell(), Cell(), Cell(), std::uint64_t{0}};
  } else {
    std::vector<std::uint32_t> order(size);
    for (std::uint32_t i = 0; i < size; ++i) order[i] = i;
    const double mean = mean_of(dice, order);
    double expected = 0;
    std::uint64_t as_large = 1, tried = 0;
    for (Random random; tried < ring_orders && !guard.stop(); ++tried) {
      for (std::size_t i = size; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
      const double other = mean_of(dice, order);
      expected += other;
      if (other >= mean - 1e-12) ++as_large;
    }
    out.facts = {std::uint64_t{size / 2}, cell_of(mean), cell_of(expected / static_cast<double>(tried)),
                 cell_of(static_cast<double>(as_large) / static_cast<double>(tried + 1)), tried};
  }
  struct Mirror {
    std::uint32_t verse;
    std::uint64_t shared;
    double dice;
  };
  std::vector<Mirror> rows;
  for (std::uint32_t i = 0; i < size / 2; ++i)
    rows.push_back({i, shared_by(sets[i], sets[size - 1 - i]), dice_of(sets[i], sets[size - 1 - i])});
  out.rows_total = rows.size();
  query::keep_page(rows, request.page.offset, request.page.limit, [&](const Mirror& a, const Mirror& b) {
    if (!request.by_verse && a.dice != b.dice) return a.dice > b.dice;
    return a.verse < b.verse;
  });
  const auto name = [&](std::size_t verse) {
    return fmt::format("{}:{}", core.surah(first + verse), core.ayah(first + verse));
  };
  for (const Mirror& one : rows) {
    out.rows.push_back({{name(one.verse), name(size - 1 - one.verse)}, {one.shared, cell_of(one.dice)}, {}});
  }
  if (!rows.empty()) out.notes.emplace_back("rows have no query: they are of two verses");
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

Sheet network(const Source& source, const Scope& scope, const Hits& hits, const NetworkRequest& request,
              query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  const columns::CoreFile& core = corpus.core();
  Bits words = words_of(corpus, hits);
  words &= scope.words();
  const ValueSets sets =
      sets_of(corpus, words, request.attribute, 0, static_cast<std::uint32_t>(core.verses()));
  std::vector<std::uint64_t> verses(core.values(request.attribute) + std::size_t{1});
  std::uint64_t all = 0;
  for (const std::vector<std::uint32_t>& set : sets) {
    all += set.empty() ? 0 : 1;
    for (const std::uint32_t value : set) {
      if (value >= verses.size()) verses.resize(value + std::size_t{1});
      ++verses[value];
    }
  }
  // A pair is frequent only if both are.
  std::size_t pairs = 0;
  ValueSets frequent;
  for (const std::vector<std::uint32_t>& set : sets) {
    std::vector<std::uint32_t>& kept = frequent.emplace_back();
    std::ranges::copy_if(set, std::back_inserter(kept),
                         [&](std::uint32_t value) { return verses[value] >= request.min_together; });
    pairs += kept.size() * (kept.size() - 1) / 2;  // 0 of none
  }
  struct Edge {
    std::uint32_t first, second;
    std::uint64_t together = 0;
    double number = 0;
  };
  std::vector<Edge> edges;
  const auto bytes = static_cast<std::ptrdiff_t>(PairNumbers::bytes(pairs) + pairs * sizeof(Edge));
  if (guard.take(bytes)) {
    PairNumbers numbers(pairs);
    for (const std::vector<std::uint32_t>& set : frequent) {
      if (guard.stop()) break;
      for (std::size_t i = 0; i < set.size(); ++i) {
        for (std::size_t j = i + 1; j < set.size(); ++j) {
          const std::uint32_t number = numbers.of(set[i], set[j]).first;
          if (number == edges.size()) edges.push_back({set[i], set[j]});
          ++edges[number].together;
        }
      }
    }
  }
  guard.take(-bytes);
  const std::size_t seldom =
      std::erase_if(edges, [&](const Edge& edge) { return edge.together < request.min_together; });
  const auto pair_of = [&](const Edge& edge) {
    return Pair{static_cast<double>(edge.together), static_cast<double>(verses[edge.first]),
                static_cast<double>(verses[edge.second]), static_cast<double>(all)};
  };
  constexpr std::size_t counted = network_columns.size() - associations.size();
  for (Edge& edge : edges) {
    const Pair pair = pair_of(edge);
    const double numbers[] = {pair.together, pair.node, pair.collocate};
    edge.number =
        request.order < counted ? numbers[request.order] : associations[request.order - counted].value(pair);
    if (std::isnan(edge.number)) edge.number = -std::numeric_limits<double>::infinity();
  }
  Sheet out;
  out.unit = "pair of values in a verse";
  out.total = edges.size();
  out.scope = scope.extent();
  out.notes = hits.found.notes();
  add_left_out(hits, out);
  if (seldom > 0)
    out.left_out.push_back(
        {fmt::format("pairs in fewer than {} verses, of values in as many", request.min_together), seldom});
  std::set<std::uint32_t> nodes;
  for (const Edge& edge : edges) nodes.insert({edge.first, edge.second});
  out.fact_columns = network_facts;
  out.facts = {all, std::uint64_t{nodes.size()}};
  const std::string name(attributes::definition(request.attribute).name);
  out.keys = {name, "other_" + name};
  out.columns = network_columns;
  out.rows_total = edges.size();
  query::keep_page(edges, request.page.offset, request.page.limit, [&](const Edge& a, const Edge& b) {
    if (a.number != b.number) return a.number > b.number;
    if (a.together != b.together) return a.together > b.together;
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  });
  const RowQueries queries(source, scope, hits);
  for (const Edge& edge : edges) {
    if (guard.stop()) break;
    Row row{{core.text(request.attribute, edge.first), core.text(request.attribute, edge.second)},
            {edge.together, verses[edge.first], verses[edge.second]},
            {}};
    append_measures(row.cells, pair_of(edge), associations);
    row.query = queries.of_verses_with(request.attribute, row.values);
    out.rows.push_back(std::move(row));
  }
  queries.explain(out);
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

std::string graphml_of(const Sheet& network) {
  const auto escaped = [](std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '&')
        out += "&amp;";
      else if (c == '<')
        out += "&lt;";
      else if (c == '>')
        out += "&gt;";
      else if (c == '"')
        out += "&quot;";
      else
        out += c;
    }
    return out;
  };
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml "
      "xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
      "<key id=\"verses\" for=\"node\" attr.name=\"verses\" attr.type=\"long\"/>\n";
  for (const Column& column : network.columns) {
    out += fmt::format("<key id=\"{0}\" for=\"edge\" attr.name=\"{0}\" attr.type=\"{1}\"/>\n", column.name,
                       column.count ? "long" : "double");
  }
  out += "<graph edgedefault=\"undirected\">\n";
  std::set<std::string> nodes;
  const auto node = [&](const std::string& value, const Cell& verses) {
    if (!nodes.insert(value).second) return;
    out += fmt::format("<node id=\"{}\"><data key=\"verses\">{}</data></node>\n", escaped(value),
                       std::get<std::uint64_t>(verses));
  };
  for (const Row& row : network.rows) {
    node(row.values[0], row.cells[1]);
    node(row.values[1], row.cells[2]);
  }
  for (const Row& row : network.rows) {
    out += fmt::format("<edge source=\"{}\" target=\"{}\">", escaped(row.values[0]), escaped(row.values[1]));
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (const auto* count = std::get_if<std::uint64_t>(&row.cells[i]))
        out += fmt::format("<data key=\"{}\">{}</data>", network.columns[i].name, *count);
      if (const auto* number = std::get_if<double>(&row.cells[i]))
        out += fmt::format("<data key=\"{}\">{:.12g}</data>", network.columns[i].name, *number);
    }
    out += "</edge>\n";
  }
  return out += "</graph>\n</graphml>\n";
}

}  // namespace kalima::statistics

// What of all pairs of similar verses is worked out again, counted in the questions whether to go on, and what is kept.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "query/query.h"
#include "query_corpus.h"
#include "statistics/similar.h"
#include "testing.h"

using namespace kalima;
using namespace kalima::statistics;

namespace {

constexpr std::uint32_t verses = 300;

// Verses of six words, of which a few others share most.
std::string conllu() {
  std::string out;
  testing::Random random(5);
  for (std::uint32_t verse = 1; verse <= verses; ++verse) {
    for (std::uint32_t word = 1; word <= 6; ++word) {
      const std::string form =
          fmt::format("w{}", random.one_in(5) ? random.below(40) : verse % 40 * 10 + word);
      out += fmt::format("{}\t{}\t{}\tN\tN\t_\t{}\tSubj\t_\tRef=1:{}:{}:1\n", word, form, form,
                         word == 1 ? 0 : 1, verse, word);
    }
    out += '\n';
  }
  return out;
}

struct Asking {
  explicit Asking(std::size_t max_bytes) : pairs(max_bytes) {
    testing::write_core(testing::corpus_of(conllu()), folder / "core");
    core = std::make_unique<columns::CoreFile>(folder / "core");
    engine = std::make_unique<query::Engine>(*core);
    ranks = std::make_unique<query::Ranks>(*core);
  }
  // How often it was asked whether to go on: each verse that is compared asks once.
  std::size_t work(PairsRequest request, std::string_view within = {}) {
    query::Options options;
    const Scope scope(*engine, within, options);
    const query::Found found = engine->run("[]", options);
    std::size_t asked = 0;
    options.cancelled = [&asked] {
      ++asked;
      return false;
    };
    query::Guard guard(options);
    request.attribute = attributes::Attribute::word;
    sheet = similar_pairs({*engine, *ranks, pairs}, scope, {found, "[]"}, request, guard);
    return asked - 1;  // the guard itself asks first
  }

  testing::TemporaryFolder folder;
  std::unique_ptr<columns::CoreFile> core;
  std::unique_ptr<query::Engine> engine;
  std::unique_ptr<query::Ranks> ranks;
  PairCache pairs;
  Sheet sheet;
};

PairsRequest request(double similarity, std::uint64_t offset = 0, std::uint64_t limit = 50) {
  PairsRequest out;
  out.min_similarity = similarity;
  out.page = {offset, limit};
  return out;
}

std::vector<std::vector<std::string>> values(const Sheet& sheet) {
  std::vector<std::vector<std::string>> out;
  for (const Row& row : sheet.rows) out.push_back(row.values);
  return out;
}

}  // namespace

TEST_CASE("the same pairs are compared once, whatever page and order of them is asked for") {
  Asking asking(PairCache::default_bytes);
  CHECK(asking.work(request(0.5)) >= verses);
  const auto first = values(asking.sheet);
  REQUIRE(first.size() == 50);
  const std::uint64_t total = asking.sheet.rows_total;
  CHECK(asking.work(request(0.5)) == 0);
  CHECK(values(asking.sheet) == first);
  CHECK(asking.sheet.rows_total == total);
  CHECK(asking.work(request(0.5, 40, 10)) == 0);
  CHECK(values(asking.sheet) == std::vector(first.begin() + 40, first.end()));
  PairsRequest by_words = request(0.5);
  by_words.order = 1;
  CHECK(asking.work(by_words) == 0);
  // Others.
  CHECK(asking.work(request(0.6)) >= verses);
  PairsRequest longer = request(0.5);
  longer.min_words = 7;
  asking.work(longer);
  CHECK(asking.sheet.rows_total == 0);
  CHECK(asking.sheet.left_out.size() == 1);
  CHECK(asking.work(request(0.5), "<verse n=\"1\"/>") <= verses);
  CHECK(asking.sheet.rows_total == 0);
  CHECK(asking.work(request(0.5)) == 0);
  CHECK(asking.sheet.rows_total == total);
}

TEST_CASE("pairs are kept within a limit, the latest instead of the oldest") {
  Asking asking(PairCache::default_bytes);
  asking.work(request(0.5));
  // Room for these, and not for others beside them.
  Asking small(asking.sheet.rows_total * sizeof(SimilarPair) + 1'000);
  CHECK(small.work(request(0.5)) >= verses);
  CHECK(small.work(request(0.5)) == 0);
  CHECK(small.work(request(0.51)) >= verses);
  CHECK(small.work(request(0.51)) == 0);
  CHECK(small.work(request(0.5)) >= verses);
  Asking none(0);
  CHECK(none.work(request(0.5)) >= verses);
  CHECK(none.work(request(0.5)) >= verses);
}

TEST_CASE("pairs that were cut off are not kept") {
  Asking asking(PairCache::default_bytes);
  query::Options options;
  const Scope scope(*asking.engine, {}, options);
  const query::Found found = asking.engine->run("[]", options);
  std::size_t asked = 0;
  options.cancelled = [&asked] { return ++asked > verses / 2; };
  query::Guard guard(options);
  PairsRequest half = request(0.5);
  half.attribute = attributes::Attribute::word;
  const Sheet sheet =
      similar_pairs({*asking.engine, *asking.ranks, asking.pairs}, scope, {found, "[]"}, half, guard);
  CHECK(sheet.partial);
  CHECK(asking.work(request(0.5)) >= verses);
  CHECK(asking.sheet.rows_total > sheet.rows_total);
}

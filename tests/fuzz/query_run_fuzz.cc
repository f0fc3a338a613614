// query/: what is asked of a small corpus is refused, or answered within the deadline and in itself without
// contradiction: as many hits come as are counted, in order and inside the corpus; groups have all of them, and the
// query of a group finds as many as it has. An input is a byte of options and a query.
//
// libFuzzer: -max_len=512 -runs=6000
#include "corpus/columns/builder.h"
#include "corpus/columns/core_file.h"
#include "fuzzing.h"
#include "query/query.h"
#include "query/results/grouping.h"
#include "query/results/ordinals.h"
#include "query/results/relaxing.h"
#include "query/results/rewriting.h"
#include "query/syntax/parser.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;
using attributes::Attribute;

constexpr std::chrono::milliseconds longest{100};
constexpr std::uint64_t max_visited = 100'000;

// Words of one, two and three segments in three surahs; trees with nodes that are not spoken, heads before and after
// their dependents, a cycle, and phrases in phrases.
void write_corpus(const std::filesystem::path& path) {
  const columns::Segment preposition{"بِ", "P", {}, {}, {}, "PREFIX|bi+"},
      conjunction{"وَ", "CONJ", {}, {}, {}, "PREFIX|w:CONJ+"},
      noun{"سْمِ", "N", {}, "سمو", "ٱسْم", "STEM|POS:N|LEM:{som|ROOT:smw|M|GEN"},
      book{"كِتَـٰبٌ", "N", {}, "كتب", "كِتَٰب", "STEM|POS:N|LEM:kita`b|ROOT:ktb|M|NOM"},
      verb{"قَالَ", "V", {}, "قول", "قَالَ", "STEM|POS:V|PERF|LEM:qaAla|ROOT:qwl|3MS"},
      pronoun{"هُ", "PRON", {}, {}, {}, "SUFFIX|PRON:3MS"};
  const std::vector<columns::Word> words = {{"بِسْمِ", {preposition, noun}},
                                            {"قَالَ", {verb}},
                                            {"وَقَالَهُ", {conjunction, verb, pronoun}},
                                            {"كِتَـٰبٌ", {book}},
                                            {"كِتَـٰبٌهُ", {book, pronoun}}};
  columns::Builder builder("fuzz");
  builder.set_columns(attributes::Source::treebank, {"trans", "phonetic"});
  std::vector<std::vector<corpus::SyntaxNode>> sentences;
  std::size_t chosen = 0;
  for (std::uint32_t verse = 0; verse < 9; ++verse) {
    columns::Verse made{verse / 3 + 1, verse % 3 + 1, {}};
    std::vector<corpus::SyntaxNode>& nodes = sentences.emplace_back();
    const auto add = [&](std::optional<corpus::SegmentPlace> place) {
      corpus::SyntaxNode& node = nodes.emplace_back();
      node.sentence = std::to_string(verse + 1);
      node.token = static_cast<std::int64_t>(nodes.size()) - 1;
      node.place = place;
      node.surah = made.surah;
      node.ayah = made.ayah;
      node.form = "(*)";
      node.pos = place ? "" : "PRON";
    };
    for (std::uint32_t word = 1; word <= 4 + verse % 3; ++word) {
      chosen = (chosen * 7 + word + verse) % words.size();
      made.words.push_back(words[chosen]);
      for (std::size_t segment = 1; segment <= words[chosen].segments.size(); ++segment)
        add(corpus::SegmentPlace{made.surah, made.ayah, word, static_cast<std::int64_t>(segment)});
      if (word % 2 == 0) add(std::nullopt);
    }
    static const char* const relations[] = {"Subj", "Obj", "Adj", "pred <<kan>>", "NonRel"};
    for (corpus::SyntaxNode& node : nodes) {
      const auto count = static_cast<std::int64_t>(nodes.size());
      node.relation = relations[static_cast<std::size_t>(node.token) % std::size(relations)];
      node.head = node.token % 3 == 1 ? node.token - 1 : (node.token * 5 + verse) % count;
      if (node.token == 0) {
        node.relation = "root";
        node.head = 0;
      }
      if (node.token % 4 == 2)
        node.phrase = corpus::Phrase{node.token - 2, std::min(node.token + 2, count - 1), "PP"};
    }
    builder.add(made);
  }
  for (const auto& nodes : sentences) builder.add_sentence(nodes);
  builder.write(path);
}

struct Made {
  Made() {
    write_corpus(scratch_folder() / "core");
    core = std::make_unique<columns::CoreFile>(scratch_folder() / "core");
    engine = std::make_unique<query::Engine>(*core);
    ranks = std::make_unique<query::Ranks>(*core);
  }
  std::unique_ptr<columns::CoreFile> core;
  std::unique_ptr<query::Engine> engine;
  std::unique_ptr<query::Ranks> ranks;
};

// What inputs may name: each query names the next one, the last one the first.
struct FewNames : query::Names {
  std::optional<std::vector<std::string>> list(std::string_view name) const override {
    if (name != "x") return std::nullopt;
    return std::vector<std::string>{"قول", "V", "3", "بسم"};
  }
  std::optional<std::string> query(std::string_view name) const override {
    if (name == "v") return "a:[pos=\"V\"] [pos=$x]?";
    if (name == "s") return "(?longest) {}+ within <w/>";
    if (name == "e") return "</verse>";
    if (name == "d") return "@v within <verse/> | @s @e";
    if (name == "o") return "[] @o2";
    if (name == "o2") return "@o";
    return std::nullopt;
  }
  std::vector<std::string> all(char sign) const override {
    return sign == '$' ? std::vector<std::string>{"x"}
                       : std::vector<std::string>{"v", "s", "e", "d", "o", "o2"};
  }
};

void check_hits(const query::Engine& engine, const query::Found& found) {
  const auto positions = static_cast<std::uint32_t>(engine.positions());
  std::uint64_t visited = 0;
  std::pair<std::uint32_t, std::uint32_t> last{0, 0};
  for (query::Hits hits = found.hits(); visited < max_visited && hits.next(); ++visited) {
    const query::Hit hit = hits.hit();
    FUZZ_CHECK(hit.begin <= hit.end && hit.end <= positions);
    FUZZ_CHECK(last <= std::pair(hit.begin, hit.end));
    last = {hit.begin, hit.end};
    for (const query::Captured& captured : hit.captures) {
      FUZZ_CHECK(captured.label < found.labels().size());
      FUZZ_CHECK(captured.begin <= captured.end && captured.end <= positions);
    }
  }
  FUZZ_CHECK(visited == std::min(found.counts().hits, max_visited));
  query::Hits hits = found.hits();
  hits.skip(visited / 2);
  std::uint64_t rest = 0;
  while (rest < max_visited && hits.next()) ++rest;
  FUZZ_CHECK(rest == std::min(found.counts().hits - visited / 2, max_visited));
}

void check_groups(const Made& made, const std::string& text, const query::Found& found,
                  const query::Options& options, const std::vector<query::Key>& keys) {
  query::Guard guard(options);
  const query::Grouping grouping = query::grouped(*made.engine, *made.ranks, found, keys, 0,
                                                  std::numeric_limits<std::uint64_t>::max(), guard);
  if (guard.cut()) return;
  std::uint64_t hits = 0;
  for (const query::HitGroup& group : grouping.groups) hits += group.hits;
  FUZZ_CHECK(hits == found.counts().hits && grouping.total == grouping.groups.size());
  if (!found.can_be_restricted() || grouping.groups.empty()) return;
  const query::HitGroup& group = grouping.groups.back();
  refused_or([&] {
    const std::string of_group = query::query_of_group(query::parse(text), *made.core, keys, found.labels(),
                                                       group, grouping.inside_words);
    const query::Found again = made.engine->run(of_group, options);
    FUZZ_CHECK(again.partial() || again.counts().hits == group.hits);
    return true;
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Made made;
  Input input(data, size);
  const std::uint8_t chosen = input.byte();
  const std::string text(input.rest());
  query::Options options;
  if ((chosen & 3) != 0 && (chosen & 4) != 0) options.reading = static_cast<query::Reading>(chosen & 3);
  options.sensitive = (chosen & 8) != 0;
  options.deadline = std::chrono::steady_clock::now() + longest;
  options.max_memory = std::size_t{16} << 20;
  options.names = std::make_shared<const FewNames>();
  refused_or([&] {
    const query::Found found = made.engine->run(text, options);
    check_hits(*made.engine, found);
    if (found.partial()) return true;
    check_groups(made, text, found, options, query::read_keys("match.word", found.labels(), 1, false));
    check_groups(made, text, found, options,
                 query::read_keys("before.pos,match.lemma", found.labels(), 2, false));
    if (!found.labels().empty())
      check_groups(made, text, found, options,
                   query::read_keys(found.labels().front() + ".root", found.labels(), 1, false));
    query::Guard guard(options);
    const query::Wanted wanted{query::Sample{5, chosen},
                               query::read_keys("-after.word,match", found.labels(), 2, true)};
    const query::HitList page =
        query::page_of(*made.engine, *made.ranks, found, wanted, 0, 10, std::size_t{1} << 20, guard);
    if (!guard.cut()) FUZZ_CHECK(page.size() == std::min<std::uint64_t>(found.counts().hits, 5));
    if (found.counts().hits == 0) query::relaxed(*made.engine, query::parse(text), options);
    made.engine->explain(text, options);
    return true;
  });
  return 0;
}

#include "search/root_input.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "search/root_list.h"
#include "shared_data.h"
#include "small_corpus.h"
#include "support/utf8.h"
#include "testing.h"
#include "text/buckwalter.h"

using namespace kalima;
using search::RootCandidate;
using search::RootFinder;
using search::RootMatch;

namespace {

const std::vector<std::string_view> roots = {"$kr", "$rk", "*kr", "Amn", "Ely", "Elm",  "HDr", "SlH",
                                             "Slm", "Tlb", "b",   "dhn", "gfr", "hdy",  "jwE", "mdd",
                                             "qwl", "qlb", "rHm", "rdd", "s>l", "shr",  "slm", "tlw",
                                             "vny", "w$y", "wqy", "xlq", "ymn", "zlzl", "Zlm"};

const RootFinder& finder() {
  static const RootFinder made(roots);
  return made;
}

// "root match, root match" in their order.
std::string found(std::string_view typed) {
  std::string out;
  for (const RootCandidate& candidate : finder().find(typed)) {
    if (!out.empty()) out += ", ";
    out += std::string(roots[candidate.root]) + ' ' + std::string(search::name(candidate.match));
  }
  return out;
}

std::string first(std::string_view typed) {
  const std::string all = found(typed);
  return all.substr(0, all.find(','));
}

std::string spaced(std::string_view text, std::string_view between) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (at > 0) out += between;
    utf8::append(out, utf8::decode(text, at));
  }
  return out;
}

// Each root, typed in Buckwalter or in Arabic, with or without spaces and dashes, is its own first match.
void check_each_finds_itself(const std::vector<std::string_view>& all) {
  const RootFinder all_finder(all);
  std::size_t wrong = 0;
  const auto check = [&](const std::string& typed, std::size_t root, RootMatch match) {
    const auto candidates = all_finder.find(typed);
    if (!candidates.empty() && candidates.front() == RootCandidate{root, match}) return;
    ++wrong;
    MESSAGE("typed \"", typed, "\" does not give ", all[root], " first");
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto arabic = text::arabic_from_buckwalter(all[i]);
    REQUIRE(arabic);
    check(std::string(all[i]), i, RootMatch::exact);
    check(spaced(all[i], "-"), i, RootMatch::exact);
    check(*arabic, i, RootMatch::arabic);
    check(spaced(*arabic, " "), i, RootMatch::arabic);
    check(spaced(*arabic, "-"), i, RootMatch::arabic);
  }
  CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("two letters may be a root of three, and more words come first") {
  const std::vector<std::string_view> some = {"Abw", "jwA", "jwH", "jwr", "jwz",
                                              "jyA", "ktb", "rbb", "rbw", "ydy"};
  const std::vector<std::uint32_t> words = {5, 1, 0, 0, 0, 278, 319, 980, 20, 120};
  const RootFinder finder(some, words);
  const auto first_of = [&](std::string_view typed) {
    const auto candidates = finder.find(typed);
    return candidates.empty() ? std::string_view("nothing") : some[candidates.front().root];
  };
  CHECK(first_of("رب") == "rbb");
  CHECK(first_of("rb") == "rbb");
  CHECK(first_of("أب") == "Abw");
  CHECK(first_of("يد") == "ydy");
  CHECK(first_of("جاء") == "jyA");
  CHECK(first_of("ﻛﺘﺐ") == "ktb");
}

TEST_CASE("each way of typing a root finds it") {
  for (const char* typed : {"rHm", "r-H-m", " r H m ", "r.H.m", "r–H–m"}) {
    CAPTURE(typed);
    CHECK(first(typed) == "rHm exact");
  }
  for (const char* typed : {"رحم", "ر ح م", "ر-ح-م", "ر، ح، م", "رـحـم", "رَحِمَ", "\u200Fرحم\u200F"}) {
    CAPTURE(typed);
    CHECK(first(typed) == "rHm arabic");
  }
  for (const char* typed : {"rhm", "r-h-m", "RHM", "r h m", "r-ḥ-m", "R-Ḥ-M", "r7m"}) {
    CAPTURE(typed);
    CHECK(first(typed) == "rHm latin");
  }
}

TEST_CASE("Latin letters match the Arabic ones that sound alike") {
  CHECK(found("slm") == "slm exact, Slm latin");
  CHECK(found("s-l-m") == "slm exact, Slm latin");
  CHECK(found("S-l-m") == "Slm exact, slm latin");
  CHECK(found("SLM") == "slm latin, Slm latin");
  CHECK(found("sh-k-r") == "$kr latin");
  CHECK(found("shkr") == "$kr latin");
  CHECK(found("SHRK") == "$rk latin");
  CHECK(found("š-k-r") == "$kr latin");
  CHECK(found("dhkr") == "*kr latin");
  CHECK(found("th-n-y") == "vny latin");
  CHECK(found("kh-l-q") == "xlq latin");
  CHECK(found("ghfr") == "gfr latin");
  CHECK(found("gh-f-r") == "gfr latin");
  CHECK(found("tlb") == "Tlb latin");
  CHECK(found("ṭlb") == "Tlb latin");
  CHECK(found("hdr") == "HDr latin");
  CHECK(found("zlm") == "Zlm latin");
  CHECK(found("`lm") == "Elm latin");
  CHECK(found("'lm") == "Elm latin");
  CHECK(found("ʿ-l-m") == "Elm latin");
  CHECK(found("3lm") == "Elm latin");
  CHECK(found("'mn") == "Amn folded, ymn folded");
  CHECK(found("a-m-n") == "Amn latin, ymn latin");
  CHECK(found("AMN") == "Amn latin, ymn latin");
  CHECK(found("jw`") == "jwE latin");
  CHECK(found("Q-W-L") == "qwl latin");
}

TEST_CASE("a digraph does not go over a separator") {
  CHECK(found("s-h-r") == "shr exact");
  CHECK(found("S-H-R") == "shr latin");
  CHECK(found("sh-kr") == "$kr latin");
  CHECK(found("s-h-k-r") == "");
  CHECK(found("k-h-l-q") == "");
  // d and h, not dh.
  CHECK(found("DHN") == "dhn latin");
  CHECK(found("D-H-N") == "dhn latin");
}

TEST_CASE("Arabic spellings are equated when none is exact") {
  CHECK(found("ق و ل") == "qwl arabic");
  CHECK(found("أمن") == "Amn folded, ymn folded");
  CHECK(found("امن") == "Amn arabic, ymn folded");
  CHECK(found("ء م ن") == "Amn folded, ymn folded");
  CHECK(found("آمن") == "Amn folded, ymn folded");
  CHECK(found(">mn") == "Amn folded, ymn folded");
  CHECK(found("قال") == "qwl folded");
  CHECK(found("هدى") == "hdy folded");
  CHECK(found("شکر") == "$kr folded");  // the kaf of a Persian keyboard
  CHECK(found("هدی") == "hdy folded");
  CHECK(found("ردّ") == "rdd arabic");
  CHECK(found("مَدَّ") == "mdd arabic");
  CHECK(found("md~") == "mdd folded");
  CHECK(found("سأل") == "s>l arabic");
  CHECK(found("سال") == "s>l folded");
}

TEST_CASE("an unknown root finds nothing") {
  for (const char* typed : {"", " ", "-", " - . ", "\u0640", "\u0651", "xyzzy", "rHmm", "rH", "r?m", "%",
                            "رحم x", "rحm", "👍", "|"}) {
    CAPTURE(typed);
    CHECK(found(typed) == "");
  }
  CHECK(RootFinder({}).find("rHm").empty());
  using testing::error_of;
  CHECK(error_of([] { finder().find("\xFF"); }) == ErrorCode::bad_input);
  CHECK(error_of([] { finder().find("r\xD8"); }) == ErrorCode::bad_input);
  CHECK(error_of([] { finder().find("r\uFFFDm"); }) == ErrorCode::bad_input);
  CHECK(error_of([] { finder().find(std::string(search::longest_root_input + 1, 'r')); }) ==
        ErrorCode::bad_input);
  CHECK(finder().find(std::string(search::longest_root_input, 's')).empty());
}

TEST_CASE("roots that are not Buckwalter are found literally") {
  const std::vector<std::string_view> odd = {"رحم", "r H", "{x|y}", "é", ""};
  const RootFinder odd_finder(odd);
  CHECK(odd_finder.find("رحم").at(0) == RootCandidate{0, RootMatch::exact});
  CHECK(odd_finder.find("rHm").at(0) == RootCandidate{0, RootMatch::folded});
  CHECK(odd_finder.find("r H").at(0) == RootCandidate{1, RootMatch::exact});
  CHECK(odd_finder.find("{x|y}").at(0) == RootCandidate{2, RootMatch::exact});
  CHECK(odd_finder.find("é") == std::vector{RootCandidate{3, RootMatch::exact}});
}

TEST_CASE("any text is taken; candidates are ranked and none comes twice") {
  testing::Random random(7);
  static const std::vector<std::string>
      latin = {"r", "h", "H", "m", "s", "S", "l", "sh", "k", "-"},
      arabic = {"ر", "ح", "م", "س", "ل", "ق", "و", "ا", "ي", "-"},
      odd = {"\u0651", "أ", "'", "ʿ", "Ḥ", "7", "\u200F", "\uFB01", "İ", "👍", "$", "|", std::string(1, '\0'),
             "\x7F"};
  std::size_t hits = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string typed;
    const auto& letters = random.one_in(2) ? latin : arabic;
    for (std::size_t left = random.between(0, 5); left > 0; --left) {
      typed += random.pick(random.one_in(10) ? odd : letters);
    }
    const auto candidates = finder().find(typed);
    std::set<std::size_t> seen;
    for (const RootCandidate& candidate : candidates) CHECK(seen.insert(candidate.root).second);
    CHECK(std::is_sorted(candidates.begin(), candidates.end(),
                         [](const RootCandidate& a, const RootCandidate& b) { return a.match < b.match; }));
    hits += !candidates.empty();
  }
  CHECK(hits > 50);
}

TEST_CASE("roots are counted by verses and words") {
  testing::Random random(11);
  for (const bool odd : {false, true}) {
    const testing::IndexedCorpus corpus(testing::random_corpus(random, 80, odd));
    std::map<std::string, std::pair<std::uint32_t, std::uint32_t>> expected;
    for (const corpus::Verse& verse : corpus.corpus().verses) {
      std::set<std::string> in_verse;
      for (const corpus::Word& word : verse.words) {
        std::set<std::string> in_word;
        for (const corpus::Segment& segment : word.segments) {
          if (segment.root && !segment.root->empty()) in_word.insert(*segment.root);
        }
        for (const std::string& root : in_word) ++expected[root].second;
        in_verse.insert(in_word.begin(), in_word.end());
      }
      for (const std::string& root : in_verse) ++expected[root].first;
    }
    REQUIRE(expected.size() > 3);
    const auto counts = search::count_roots(corpus.index().core());
    REQUIRE(counts.size() == expected.size());
    auto it = expected.begin();
    for (const search::RootCount& count : counts) {
      CHECK(count.root == it->first);
      CHECK(count.verses == it->second.first);
      CHECK(count.words == it->second.second);
      ++it;
    }
  }
}

TEST_CASE("each root of the samples finds itself first") {
  std::vector<std::string_view> buckwalter = roots;
  std::erase(buckwalter, "s>l");
  check_each_finds_itself(buckwalter);
}

TEST_CASE("each root of the full data finds itself first") {
  const auto data =
      testing::full_data({"morphology/quranic-corpus-morphology-0.4.txt", "corpus/quran.jsonl"});
  if (!data) return;
  const auto morphology = *data / "morphology/quranic-corpus-morphology-0.4.txt",
             corpus = *data / "corpus/quran.jsonl";
  // The values after `label` in all lines of a file, up to `end`.
  const auto values = [](const std::filesystem::path& path, std::string_view label, std::string_view end) {
    std::set<std::string> out;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      for (std::size_t at = line.find(label); at != std::string::npos; at = line.find(label, at)) {
        at += label.size();
        out.insert(line.substr(at, std::min(line.find_first_of(end, at), line.size()) - at));
      }
    }
    return out;
  };
  const std::set<std::string> whole = values(morphology, "ROOT:", "|\r"),
                              cut = values(corpus, "\"root\": \"", "\"");
  std::cout << whole.size() << " roots of the morphology, " << cut.size() << " of the corpus file\n";
  CHECK(whole.size() == 1642);
  CHECK(cut.size() == 1532);
  check_each_finds_itself({whole.begin(), whole.end()});
  check_each_finds_itself({cut.begin(), cut.end()});
}

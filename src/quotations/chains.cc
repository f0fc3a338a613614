#include "quotations/chains.h"

#include <algorithm>
#include <unordered_map>

#include "quotations/costs.h"
#include "text/joined.h"

namespace kalima::quotations {
namespace {

// Beyond them a text repeats itself so often that its words tell nothing.
constexpr std::size_t max_anchors = 2'000'000;
// So many are looked at even when the time is over: that takes some milliseconds.
constexpr std::size_t always_looked_at = 10'000;
// Positions between two looks at the clock: of the corpus, and of those that have anchors.
constexpr std::uint32_t positions_at_once = 1024, chained_at_once = 64;

constexpr std::uint64_t pair_of(std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} << 32 | b; }

// Pairs of items next to each other or one word apart, by their classes.
class ItemPairs {
 public:
  explicit ItemPairs(const TextWords& text) {
    const auto& items = text.items();
    for (std::uint32_t a = 0; a < items.size(); ++a) {
      const std::uint32_t end = items[a].first + items[a].size;
      for (std::uint32_t next = end; next < end + 2 && next < text.size(); ++next) {
        const auto [from, to] = text.items_at(next);
        for (std::uint32_t b = from; b < to; ++b) {
          const double bits = text.form(items[a].form).bits + text.form(items[b].form).bits;
          if (bits >= (next == end ? min_bits_of_pair : min_bits_of_pair_apart))
            pairs_.push_back({pair_of(class_of(text, a), class_of(text, b)), a, b});
        }
      }
    }
    std::ranges::sort(pairs_, {}, &Pair::classes);
    for (std::uint32_t i = 0; i < pairs_.size(); ++i) {
      auto& range = ranges_.try_emplace(pairs_[i].classes, i, i).first->second;
      range.second = i + 1;
    }
  }

  struct Pair {
    std::uint64_t classes;
    std::uint32_t a, b;
  };
  std::span<const Pair> find(std::uint32_t a, std::uint32_t b) const {
    const auto at = ranges_.find(pair_of(a, b));
    if (at == ranges_.end()) return {};
    return std::span(pairs_).subspan(at->second.first, at->second.second - at->second.first);
  }

 private:
  static std::uint32_t class_of(const TextWords& text, std::uint32_t item) {
    return text.form(text.items()[item].form).of_class;
  }
  std::vector<Pair> pairs_;
  std::unordered_map<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>> ranges_;
};

}  // namespace

Anchors find_anchors(TextWords& text, const CorpusWords& corpus, const Expired& expired) {
  Anchors out;
  const ItemPairs pairs(text);
  const auto class_at = [&](std::uint32_t position) { return text.class_of_entry(corpus.entry(position)); };
  const auto is_word = [&](std::uint32_t item, std::uint32_t position) {
    return text.step(text.items()[item].form, corpus.entry(position)).has_value();
  };
  for (std::uint32_t position = 0; position < corpus.size(); ++position) {
    if ((position % positions_at_once == 0 && out.list.size() > always_looked_at && expired()) ||
        out.list.size() > max_anchors) {
      out.partial = true;
      break;
    }
    const std::uint32_t own = class_at(position);
    if (own == 0) continue;
    for (std::uint32_t next = position + 1; next <= position + 2 && next < corpus.size(); ++next) {
      if (corpus.run(next) != corpus.run(position)) break;
      const std::uint32_t other = class_at(next);
      if (other == 0) continue;
      for (const auto& pair : pairs.find(own, other)) {
        if (!is_word(pair.a, position) || !is_word(pair.b, next)) continue;
        out.list.push_back({position, pair.a});
        out.list.push_back({next, pair.b});
      }
    }
  }
  std::ranges::sort(out.list);
  out.list.erase(std::unique(out.list.begin(), out.list.end()), out.list.end());
  return out;
}

namespace {

// Anchors by their position. Those of a position are by item, so by the word of the text.
class AnchorList {
 public:
  AnchorList(const TextWords& text, const std::vector<Anchor>& list) : text_(text), list_(list) {
    for (std::uint32_t i = 0; i < list.size(); ++i) {
      if (i == 0 || list[i].position != list[i - 1].position) begins_.push_back(i);
    }
    begins_.push_back(static_cast<std::uint32_t>(list.size()));
  }

  std::size_t positions() const { return begins_.size() - 1; }
  std::uint32_t position(std::size_t nth) const { return list_[begins_[nth]].position; }
  std::uint32_t begin(std::size_t nth) const { return begins_[nth]; }
  std::uint32_t end(std::size_t nth) const { return begins_[nth + 1]; }
  // Those of the nth position whose items begin with the words [first, last).
  std::pair<std::uint32_t, std::uint32_t> of_words(std::size_t nth, std::uint32_t first,
                                                   std::uint32_t last) const {
    const auto from = text_.items_at(first).first, to = text_.items_at(last).first;
    const auto is_before = [](const Anchor& anchor, std::uint32_t item) { return anchor.item < item; };
    const auto begin = list_.begin() + begins_[nth], end = list_.begin() + begins_[nth + 1];
    const auto low = std::lower_bound(begin, end, from, is_before);
    const auto high = std::lower_bound(low, end, to, is_before);
    return {static_cast<std::uint32_t>(low - list_.begin()),
            static_cast<std::uint32_t>(high - list_.begin())};
  }

 private:
  const TextWords& text_;
  const std::vector<Anchor>& list_;
  std::vector<std::uint32_t> begins_;  // of each position, and the end of all
};

}  // namespace

FoundChains find_chains(const TextWords& text, const CorpusWords& corpus, const Anchors& anchors,
                        const Expired& expired) {
  const auto& list = anchors.list;
  const auto item = [&](const Anchor& a) -> const Item& { return text.items()[a.item]; };
  struct Best {
    double bits;
    std::uint32_t before;
  };
  constexpr std::uint32_t none = UINT32_MAX;
  // An item before another one begins so many words before it at most.
  constexpr std::uint32_t reach = max_words_added + static_cast<std::uint32_t>(text::max_joined);
  std::vector<Best> best(list.size());
  FoundChains out;
  const AnchorList by_position(text, list);
  std::size_t window = 0;
  for (std::size_t nth = 0; nth < by_position.positions(); ++nth) {
    const std::uint32_t position = by_position.position(nth);
    if (nth % chained_at_once == 0 && by_position.begin(nth) > always_looked_at && expired()) {
      out.partial = true;
      best.resize(by_position.begin(nth));
      break;
    }
    while (by_position.position(window) + max_words_left_out + 1 < position) ++window;
    for (std::uint32_t i = by_position.begin(nth); i < by_position.end(nth); ++i) {
      const Item& own = item(list[i]);
      best[i] = {0, none};
      for (std::size_t earlier = window; earlier < nth; ++earlier) {
        const std::uint32_t other_position = by_position.position(earlier);
        if (corpus.run(other_position) != corpus.run(position)) continue;
        const auto [from, to] =
            by_position.of_words(earlier, own.first > reach ? own.first - reach : 0, own.first);
        for (std::uint32_t before = from; before < to; ++before) {
          const Item& other = item(list[before]);
          const std::uint32_t end = other.first + other.size;
          if (end > own.first || own.first - end > max_words_added) continue;
          const double bits =
              best[before].bits - cost_left_out(position - other_position - 1) - cost_added(own.first - end);
          if (bits > best[i].bits) best[i] = {bits, before};
        }
      }
      best[i].bits += text.form(own.form).bits;
    }
  }
  std::vector<std::uint32_t> order(best.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::greater<>(), [&](std::uint32_t i) { return best[i].bits; });
  std::vector<bool> used(best.size());
  for (const std::uint32_t end : order) {
    if (used[end]) continue;
    Chain chain{{}, best[end].bits};
    for (std::uint32_t i = end; i != none; i = best[i].before) {
      if (used[i]) {
        chain.bits -= best[i].bits;
        break;
      }
      used[i] = true;
      chain.anchors.push_back(list[i]);
    }
    if (chain.bits < min_bits_of_chain) continue;
    std::ranges::reverse(chain.anchors);
    out.list.push_back(std::move(chain));
  }
  std::ranges::stable_sort(out.list, std::greater<>(), &Chain::bits);
  return out;
}

Chains likely_chains(const TextWords& text, std::vector<Chain> chains) {
  // A chain whose words are in one of so many times its bits is some other verse with a few of the same words.
  constexpr double much_better = 1.6;
  std::vector<double> best(text.size());
  Chains out;
  for (Chain& chain : chains) {
    std::size_t words = 0, in_better = 0;
    const auto each_word = [&](auto visit) {
      for (const Anchor& anchor : chain.anchors) {
        const Item& item = text.items()[anchor.item];
        for (std::uint32_t word = item.first; word < item.first + item.size; ++word) visit(word);
      }
    };
    each_word([&](std::uint32_t word) {
      ++words;
      if (best[word] > chain.bits * much_better) ++in_better;
    });
    const bool likely = in_better * 2 <= words;
    if (likely) each_word([&](std::uint32_t word) { best[word] = std::max(best[word], chain.bits); });
    (likely ? out.likely : out.others).push_back(std::move(chain));
  }
  return out;
}

}  // namespace kalima::quotations

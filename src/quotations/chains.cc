#include "quotations/chains.h"

#include <algorithm>
#include <unordered_map>

#include "quotations/costs.h"

namespace kalima::quotations {
namespace {

// Beyond them a text repeats itself so often that its words tell nothing.
constexpr std::size_t max_anchors = 2'000'000;
// Positions between two looks at the clock.
constexpr std::uint32_t positions_at_once = 1024;

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

Anchors find_anchors(TextWords& text, const CorpusWords& corpus, const std::function<bool()>& expired) {
  Anchors out;
  const ItemPairs pairs(text);
  const auto class_at = [&](std::uint32_t position) { return text.class_of_entry(corpus.entry(position)); };
  const auto is_word = [&](std::uint32_t item, std::uint32_t position) {
    return text.step(text.items()[item].form, corpus.entry(position)).has_value();
  };
  for (std::uint32_t position = 0; position < corpus.size(); ++position) {
    if (position % positions_at_once == 0 && (expired() || out.list.size() > max_anchors)) {
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

std::vector<Chain> find_chains(const TextWords& text, const CorpusWords& corpus, const Anchors& anchors,
                               const std::function<bool()>& expired) {
  const auto& list = anchors.list;
  const auto item = [&](const Anchor& a) -> const Item& { return text.items()[a.item]; };
  struct Best {
    double bits;
    std::uint32_t before;
  };
  constexpr std::uint32_t none = UINT32_MAX;
  std::vector<Best> best(list.size());
  std::size_t window = 0;
  for (std::uint32_t i = 0; i < list.size(); ++i) {
    if (i % positions_at_once == 0 && expired()) {
      best.resize(i);
      break;
    }
    const Item& own = item(list[i]);
    while (list[window].position + max_words_left_out + 1 < list[i].position) ++window;
    best[i] = {0, none};
    for (auto before = static_cast<std::uint32_t>(window);
         before < i && list[before].position < list[i].position; ++before) {
      const Item& other = item(list[before]);
      const std::uint32_t end = other.first + other.size;
      if (end > own.first || own.first - end > max_words_added) continue;
      if (corpus.run(list[before].position) != corpus.run(list[i].position)) continue;
      const double bits = best[before].bits - cost_left_out(list[i].position - list[before].position - 1) -
                          cost_added(own.first - end);
      if (bits > best[i].bits) best[i] = {bits, before};
    }
    best[i].bits += text.form(own.form).bits;
  }
  std::vector<std::uint32_t> order(best.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::greater<>(), [&](std::uint32_t i) { return best[i].bits; });
  std::vector<bool> used(best.size());
  std::vector<Chain> out;
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
    out.push_back(std::move(chain));
  }
  std::ranges::stable_sort(out, std::greater<>(), &Chain::bits);
  return out;
}

std::vector<Chain> likely_chains(const TextWords& text, std::vector<Chain> chains) {
  // A chain whose words are in one of so many times its bits is some other verse with a few of the same words.
  constexpr double much_better = 1.6;
  std::vector<double> best(text.size());
  std::vector<Chain> out;
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
    if (in_better * 2 > words) continue;
    each_word([&](std::uint32_t word) { best[word] = std::max(best[word], chain.bits); });
    out.push_back(std::move(chain));
  }
  return out;
}

}  // namespace kalima::quotations

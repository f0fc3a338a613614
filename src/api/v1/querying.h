// What the routes of queries answer from, and how a query is run for them.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/v1/api.h"
#include "api/v1/saved_library.h"
#include "api/v1/when_asked.h"
#include "query/query.h"
#include "query/results/collation.h"
#include "query/results/hit_list.h"
#include "query/results/ordinals.h"
#include "statistics/pair_cache.h"

namespace kalima::api::v1 {

// Whether a query with these options would be cut off at once.
inline bool is_over(const query::Options& options) { return query::Guard(options).cut(); }

struct Querying {
  Querying(const columns::CoreFile& core, const SavedLibrary& saved)
      : engine(core, [&saved] { return saved.names(); }), ranks(core) {}
  query::Engine engine;
  query::Ranks ranks;
  mutable statistics::PairCache pairs;  // what it keeps changes no answer
};
using QueryingWhenAsked = WhenAsked<Querying, SavedLibrary>;

// Whether a query may name what people can change, so that its answer must not be cached.
inline bool may_name(std::string_view text) { return text.find_first_of("$@") != std::string_view::npos; }

// A query with all that decides which hits are listed, in which order.
struct AskedQuery {
  std::string text;
  query::Options options;
  std::chrono::milliseconds timeout{};
  query::Wanted wanted;
  std::uint64_t offset = 0, limit = 0;
};

// The hits of an answer, one after the other. Only a part of them is kept, at most `page_bytes`: when it is used up, the
// query is run again for the next one, which gives the same hits. So an answer that is read slowly holds no worker and
// little memory. Threads: one at a time.
class HitPages {
 public:
  static constexpr std::size_t page_bytes = std::size_t{512} * 1024;

  // Takes the first page of `found`, which is `asked` run by the caller.
  HitPages(const Context& context, const Querying& querying, AskedQuery asked, const query::Found& found,
           query::Guard& guard);

  // Visits hits until `visit` returns false; false when none are left. A hit is valid during the call. Throws
  // Error(unavailable) when the query, run again, takes too long.
  bool each(const std::function<bool(const query::Hit&)>& visit);

 private:
  void next_page();

  const Context& context_;
  const Querying& querying_;
  AskedQuery asked_;
  query::HitList page_;
  std::size_t at_ = 0;  // in the page
};

}  // namespace kalima::api::v1

#include "api/v1/querying.h"

#include <algorithm>

#include "support/error.h"

namespace kalima::api::v1 {

HitPages::HitPages(const Context& context, const Querying& querying, AskedQuery asked,
                   const query::Found& found, query::Guard& guard)
    : context_(context), querying_(querying), asked_(std::move(asked)) {
  page_ = query::page_of(querying_.engine, querying_.ranks, found, asked_.wanted, asked_.offset, asked_.limit,
                         page_bytes, guard);
  // What was cut off may be cut off elsewhere the next time.
  const bool partial = found.partial() || guard.cut();
  const std::uint64_t all = query::listed(found, asked_.wanted);
  const std::uint64_t left = std::min(asked_.limit, all - std::min(all, asked_.offset));
  asked_.offset += page_.size();
  asked_.limit = partial ? 0 : left - page_.size();
}

void HitPages::next_page() {
  page_ = {};
  at_ = 0;
  asked_.options.deadline = std::chrono::steady_clock::now() + asked_.timeout;
  const auto turn = context_.turns.take([this] { return is_over(asked_.options); });
  const query::Found found = querying_.engine.run(asked_.text, asked_.options);
  query::Guard guard(asked_.options);
  page_ = query::page_of(querying_.engine, querying_.ranks, found, asked_.wanted, asked_.offset, asked_.limit,
                         page_bytes, guard);
  if (found.partial() || guard.cut())
    throw Error(ErrorCode::unavailable, "the rest of the hits was not found in time");
  asked_.offset += page_.size();
  asked_.limit = page_.empty() ? 0 : asked_.limit - page_.size();
}

bool HitPages::each(const std::function<bool(const query::Hit&)>& visit) {
  for (;;) {
    while (at_ < page_.size()) {
      if (!visit(page_[at_++])) return true;
    }
    if (asked_.limit == 0) return false;
    next_page();
  }
}

}  // namespace kalima::api::v1

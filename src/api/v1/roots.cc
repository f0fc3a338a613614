// GET /api/v1/roots?q=&limit=&offset=
#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>

#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "search/root_input.h"
#include "search/root_list.h"
#include "support/json.h"
#include "text/buckwalter.h"
#include "text/unicode.h"

namespace kalima::api::v1 {
namespace {

using http::Body;
using http::PathParts;
using http::Request;

// Made from the corpus when roots are first requested, then kept: it does not change while the server runs.
struct Roots {
  explicit Roots(const columns::CoreFile& core)
      : counts(search::count_roots(core)), finder(names_of(counts)) {}

  static std::vector<std::string_view> names_of(const std::vector<search::RootCount>& counts) {
    std::vector<std::string_view> names;
    for (const search::RootCount& root : counts) names.push_back(root.root);
    return names;
  }

  const std::vector<search::RootCount> counts;
  const search::RootFinder finder;
};

class RootsWhenAsked {
 public:
  explicit RootsWhenAsked(const columns::CoreFile& core) : core_(core) {}

  const Roots& get() {
    std::call_once(made_, [this] { roots_.emplace(core_); });
    return *roots_;
  }

 private:
  const columns::CoreFile& core_;
  std::once_flag made_;
  std::optional<Roots> roots_;
};

json::Object root_json(const search::RootCount& root) {
  return {{"root", root.root},
          {"arabic", text::arabic_from_buckwalter(root.root)},
          {"verses", static_cast<std::int64_t>(root.verses)},
          {"words", static_cast<std::int64_t>(root.words)}};
}

http::Response list_roots(const Roots& roots, const Request& request) {
  const std::size_t limit = count_parameter(request, "limit", 100),
                    offset = count_parameter(request, "offset", 0);
  const std::string typed = request.parameter("q").value_or("");
  const bool all = text::stripped(typed).empty();
  const auto candidates = all ? std::vector<search::RootCandidate>() : roots.finder.find(typed);
  const std::size_t total = all ? roots.counts.size() : candidates.size();
  const std::size_t from = std::min(offset, total), to = from + std::min(limit, total - from);
  json::Array listed;
  for (std::size_t i = from; i < to; ++i) {
    json::Object object = root_json(roots.counts[all ? i : candidates[i].root]);
    if (!all) object.emplace_back("match", search::name(candidates[i].match));
    listed.push_back(std::move(object));
  }
  return http::json_response(Body(json::ordered(
      json::Object{{"roots", std::move(listed)}, {"total", static_cast<std::int64_t>(total)}})));
}

}  // namespace

void add_root_routes(http::Router& router, const Context& context) {
  const auto roots = std::make_shared<RootsWhenAsked>(context.core);
  router.add("GET", "/api/v1/roots",
             [roots](const Request& request, const PathParts&) { return list_roots(roots->get(), request); });
}

}  // namespace kalima::api::v1

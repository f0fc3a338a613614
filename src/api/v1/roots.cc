// The roots of the corpus, and those that somebody may mean.
#include <algorithm>
#include <memory>

#include "api/v1/answer.h"
#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "api/v1/when_asked.h"
#include "search/root_input.h"
#include "search/root_list.h"
#include "support/error.h"
#include "text/buckwalter.h"
#include "text/unicode.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
namespace shapes = http::shapes;

constexpr std::string_view match_names[] = {"exact", "arabic", "folded", "latin"};
constexpr auto match_shape = shapes::one_of(match_names);
constexpr Field root_fields[] = {
    {"root", &shapes::text, "as it is stored, in Buckwalter transliteration"},
    {"arabic", &shapes::text_or_null},
    {"verses", &shapes::integer, "that contain it"},
    {"words", &shapes::integer, "likewise"},
    {"match", &match_shape, "only with `q`: how what was typed means this root", true},
};
constexpr auto root_shape = shapes::object(root_fields, "Root");
constexpr auto roots_shape = shapes::array(root_shape);
constexpr Field answer_fields[] = {
    {"roots", &roots_shape, "nearest first; without `q` all, by code point"},
    {"total", &shapes::integer},
};
constexpr auto answer_shape = shapes::object(answer_fields, "Roots");

// RootFinder refuses what is longer than its limit in bytes.
constexpr auto typed_parameter =
    http::text({.name = "q",
                .meaning = "a root in Buckwalter (rHm), Arabic (ر ح م) or loose Latin letters (r-h-m)",
                .example = "ر ح م",
                .max = search::longest_root_input});
constexpr const http::Parameter* parameters[] = {&typed_parameter.row, &limit_parameter.row,
                                                 &offset_parameter.row};
constexpr std::string_view examples[] = {"/api/v1/roots?limit=5", "/api/v1/roots?q=r-h-m"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/roots",
                                    .id = "listRoots",
                                    .group = "corpus",
                                    .summary = "All roots, or with `q` those that it may mean",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .examples = examples};

// Made from the corpus when roots are first requested, then kept: it does not change while the server runs.
struct Roots {
  explicit Roots(const columns::CoreFile& core)
      : counts(search::count_roots(core)), finder(names_of(counts), words_of(counts)) {}

  static std::vector<std::string_view> names_of(const std::vector<search::RootCount>& counts) {
    std::vector<std::string_view> names;
    for (const search::RootCount& root : counts) names.push_back(root.root);
    return names;
  }

  static std::vector<std::uint32_t> words_of(const std::vector<search::RootCount>& counts) {
    std::vector<std::uint32_t> words;
    for (const search::RootCount& root : counts) words.push_back(root.words);
    return words;
  }

  const std::vector<search::RootCount> counts;
  const search::RootFinder finder;
};

void write_root(JsonWriter& out, const search::RootCount& root) {
  out.key("root").value(root.root);
  out.key("arabic").value(text::arabic_from_buckwalter(root.root));
  out.key("verses").value(root.verses);
  out.key("words").value(root.words);
}

http::Response list_roots(const Roots& roots, const Call& call) {
  const std::string* typed = call.find(typed_parameter);
  const bool all = typed == nullptr || text::stripped(*typed).empty();
  const auto candidates =
      all ? std::vector<search::RootCandidate>()
          : in_context([] { return ErrorContext{.parameter = std::string(typed_parameter.row.name)}; },
                       [&] { return roots.finder.find(*typed); });
  const std::size_t total = all ? roots.counts.size() : candidates.size();
  const auto [from, to] = page(call, total);
  JsonWriter out;
  out.begin_object().key("roots").begin_array();
  for (std::size_t i = from; i < to; ++i) {
    out.begin_object();
    write_root(out, roots.counts[all ? i : candidates[i].root]);
    if (!all) out.key("match").value(search::name(candidates[i].match));
    out.end_object();
  }
  out.end_array().key("total").value(total).end_object();
  return answer_of(out);
}

}  // namespace

Routes root_routes(const Context& context) {
  const auto roots = std::make_shared<WhenAsked<Roots>>(context.core);
  return {{&operation, [roots](const Call& call) { return list_roots(roots->get(), call); }}};
}

}  // namespace kalima::api::v1

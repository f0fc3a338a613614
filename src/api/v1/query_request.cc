#include "api/v1/query_request.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/v1/patience.h"
#include "attributes/table.h"
#include "http/address.h"
#include "query/results/rewriting.h"

namespace kalima::api::v1 {
namespace {

using http::Call;

std::vector<query::Key> keys_of(const Call& call, const http::Typed<std::string>& parameter,
                                const std::vector<std::string>& labels, std::size_t max, bool may_descend) {
  const std::string* const text = call.find(parameter);
  if (text == nullptr) return {};
  return in_context(about(parameter), [&] { return query::read_keys(*text, labels, max, may_descend); });
}

bool is_given(const Call& call, std::string_view name) {
  return std::ranges::any_of(call.given(), [&](const auto& given) { return given.first == name; });
}

[[noreturn]] void refuse(std::string_view name, std::string message, std::string cure) {
  throw Error(ErrorCode::bad_input, std::move(message), std::move(cure))
      .with({.parameter = std::string(name)});
}

// Parameters that would change nothing.
void refuse_idle(const Call& call) {
  if (is_given(call, group_parameter.row.name)) {
    if (is_given(call, sample_parameter.row.name)) {
      refuse(sample_parameter.row.name, "groups are counted over all hits, not over a sample",
             "leave out one of them");
    }
    for (const std::string_view name :
         {sort_parameter.row.name, columns_parameter.row.name, context_parameter.row.name}) {
      if (is_given(call, name))
        refuse(name, fmt::format("{} is of lines, which an answer with groups has none of", name),
               fmt::format("leave out group or {}", name));
    }
  }
  if (is_given(call, seed_parameter.row.name) && !is_given(call, sample_parameter.row.name))
    refuse(seed_parameter.row.name, "seed is of a sample, which is not asked for",
           "add sample=N, or leave it out");
  if (call[explain_parameter] && call[format_parameter] != 0)
    refuse(explain_parameter.row.name, "only an answer in JSON is explained", "leave out explain or format");
}

// Longer addresses are refused.
constexpr std::size_t max_address = 60'000;

}  // namespace

query::Options query_options(const Call& call) {
  query::Options options;
  options.cancelled = client_is_gone(call.request());
  if (const std::size_t* reading = call.find(reading_parameter))
    options.reading = static_cast<query::Reading>(*reading);
  options.sensitive = call[sensitive_parameter];
  return options;
}

std::string text_to_run(const std::string& query, const std::string* within, const query::Engine& engine,
                        const query::Options& options) {
  if (within == nullptr) return query;
  // Errors are to have their place in the text that the user wrote.
  in_context(about(query_parameter), [&] { return engine.explain(query, options); });
  return in_context(about(within_parameter), [&] {
    if (!attributes::find_region(*within)) engine.explain(*within, options);
    return query::restricted(query, *within);
  });
}

AskedQuery asked_query(const Call& call, const query::Engine& engine,
                       std::chrono::steady_clock::time_point start) {
  AskedQuery asked;
  asked.timeout = std::chrono::milliseconds(call[timeout_parameter]);
  asked.options = query_options(call);
  asked.options.deadline = start + asked.timeout;
  asked.options.names = engine.names();  // every run of this answer has the same
  asked.offset = call[offset_parameter];
  // An export is of all hits.
  const bool all = call[format_parameter] != 0 && !is_given(call, hits_parameter.row.name);
  asked.limit = all ? UINT64_MAX : call[hits_parameter];
  refuse_idle(call);
  if (const std::uint64_t* size = call.find(sample_parameter))
    asked.wanted.sample = {*size, call[seed_parameter]};
  asked.text = text_to_run(call[query_parameter], call.find(within_parameter), engine, asked.options);
  return asked;
}

query::Found run(const AskedQuery& asked, const query::Engine& engine) {
  return in_context(about(query_parameter), [&] { return engine.run(asked.text, asked.options); });
}

std::vector<attributes::Attribute> asked_columns(const Call& call) {
  const std::string* const text = call.find(columns_parameter);
  if (text == nullptr) return {};
  return in_context(about(columns_parameter), [&] { return query::read_columns(*text); });
}

std::vector<query::Key> asked_sort(const Call& call, const query::Found& found) {
  return keys_of(call, sort_parameter, found.labels(), query::max_sort_keys, true);
}

std::vector<query::Key> asked_groups(const Call& call, const query::Found& found) {
  return keys_of(call, group_parameter, found.labels(), query::max_group_keys, false);
}

std::optional<std::string> permalink(const Context& context, const Call& call, const std::string& hash,
                                     const std::string& names) {
  std::vector<std::pair<std::string, std::string>> given;
  for (const auto& one : call.given()) {
    if (one.first != corpus_parameter.row.name && one.first != names_parameter.row.name &&
        one.first != "token")
      given.push_back(one);
  }
  given.emplace_back(corpus_parameter.row.name, hash);
  if (!names.empty()) given.emplace_back(names_parameter.row.name, names);
  std::string out = std::string(context.base_path) + http::address(query_path, given);
  if (out.size() > max_address) return std::nullopt;
  return out;
}

}  // namespace kalima::api::v1

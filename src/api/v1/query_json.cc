#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "api/v1/answer.h"
#include "api/v1/patience.h"
#include "api/v1/query_answer.h"
#include "api/v1/query_request.h"
#include "query/results/grouping.h"
#include "query/results/lines.h"
#include "query/results/relaxing.h"
#include "query/results/rewriting.h"
#include "query/syntax/parser.h"
#include "saved/names.h"
#include "text/ladder.h"

namespace kalima::api::v1 {
namespace {

using columns::CoreFile;
using http::Call;
using http::JsonWriter;
using http::Response;
using std::chrono::steady_clock;

class Stages {
 public:
  void done(std::string_view stage) {
    const auto now = steady_clock::now();
    stages_.emplace_back(stage, std::chrono::duration<double, std::milli>(now - last_).count());
    last_ = now;
  }
  void write(JsonWriter& out) const {
    out.key("stages").begin_array();
    for (const auto& [stage, ms] : stages_)
      out.begin_object().key("stage").value(stage).key("ms").value(ms, 3).end_object();
    out.end_array();
  }

 private:
  steady_clock::time_point last_ = steady_clock::now();
  std::vector<std::pair<std::string_view, double>> stages_;
};

void write_groups(JsonWriter& out, const Querying& querying, const CoreFile& core, const AskedQuery& asked,
                  const query::Found& found, const std::vector<query::Key>& keys, query::Guard& guard) {
  const query::Grouping grouping =
      query::grouped(querying.engine, querying.ranks, found, keys, asked.offset, asked.limit, guard);
  const bool with_queries = found.can_be_restricted();
  const query::Query query = query::parse(asked.text);
  out.begin_object().key("keys").begin_array();
  for (const query::Key& key : keys) out.value(query::name_of(key, found.labels()));
  out.end_array().key("total").value(grouping.total).key("groups").begin_array();
  for (const query::HitGroup& group : grouping.groups) {
    out.begin_object().key("values").begin_array();
    for (std::size_t key = 0; key < keys.size(); ++key)
      out.value_or_null(core.text(keys[key].attribute, group.values[key]));
    out.end_array().key("hits").value(group.hits).key("verses").value(group.verses);
    out.key("share").value(static_cast<double>(group.hits) / static_cast<double>(grouping.hits), 6);
    out.key("query");
    if (with_queries) {
      out.value(query::query_of_group(query, core, keys, found.labels(), group, grouping.inside_words));
    } else {
      out.null();
    }
    out.end_object();
  }
  out.end_array().end_object();
}

void write_relaxed(JsonWriter& out, const query::Relaxed& relaxed) {
  out.begin_object().key("failing").begin_array();
  for (const std::string& clause : relaxed.failing) out.value(clause);
  out.end_array().key("nearest").begin_array();
  for (const query::NearQuery& near : relaxed.nearest) {
    out.begin_object().key("left_out").begin_array();
    for (const std::string& clause : near.left_out) out.value(clause);
    out.end_array().key("query").value(near.text).key("hits").value(near.hits).end_object();
  }
  out.end_array().end_object();
}

void write_explained(JsonWriter& out, const query::Engine& engine, const AskedQuery& asked, Stages& stages) {
  out.begin_object().key("plan").value(engine.explain(asked.text, asked.options));
  out.key("clauses").begin_array();
  for (const query::ClauseCount& clause :
       query::count_clauses(engine, query::parse(asked.text), asked.options))
    out.begin_object().key("clause").value(clause.text).key("hits").value(clause.hits).end_object();
  out.end_array();
  stages.done("explaining");
  stages.write(out);
  out.end_object();
}

void write_counts(JsonWriter& out, const query::Found& found) {
  const query::Counts& counts = found.counts();
  out.key("reading").value(reading_names[static_cast<std::size_t>(found.reading())]);
  out.key("hits").value(counts.hits).key("spans").value(counts.spans);
  out.key("words").value(counts.words).key("verses").value(counts.verses);
  out.key("without_span").value(counts.without_span);
  out.key("verses_searched").value(found.verses_searched());
  out.key("verses_with_tree").value(found.verses_with_tree());
  out.key("steps").begin_array();
  for (const query::FoundAt& step : found.steps()) {
    out.begin_object().key("value").value(step.value);
    out.key("step").value(text::step_name(step.step)).end_object();
  }
  out.end_array();
}

// The lines of an answer as items of a JSON array, and what follows them.
class Lines {
 public:
  Lines(const query::Engine& engine, HitPages pages, query::Shown shown)
      : engine_(engine), pages_(std::move(pages)), shown_(std::move(shown)) {}

  // Appends the next ones, up to about `size` bytes; false when these were the last.
  bool append(std::string& out, std::size_t size) {
    const bool more = pages_.each([&](const query::Hit& hit) {
      if (!first_) out += ',';
      first_ = false;
      query::write_json(out, engine_, hit, shown_);
      return out.size() < size;
    });
    if (!more) out += "]}";
    return more;
  }

 private:
  const query::Engine& engine_;
  HitPages pages_;
  query::Shown shown_;
  bool first_ = true;
};

constexpr std::uint64_t max_at_once = 1'000;  // hits; more are sent while they are read
constexpr std::size_t piece_size = std::size_t{64} * 1024;

// What is spent to say why there are no hits.
constexpr std::chrono::milliseconds max_relaxing{300};

}  // namespace

Response query_json(const Context& context, const Querying& querying, CorpusHashWhenAsked& hash,
                    const Call& call) {
  const auto start = steady_clock::now();
  Stages stages;
  std::vector<attributes::Attribute> columns = asked_columns(call);
  // If it did not come, the deadline is over, and the query cut off at once.
  const auto turn = context.turns.take(
      Patience(call.request(), start + std::chrono::milliseconds(call[timeout_parameter])));
  stages.done("waiting");
  const query::Engine& engine = querying.engine;
  AskedQuery asked = asked_query(call, engine, start);
  const query::Found found = run(asked, engine);
  stages.done("search");
  const std::vector<query::Key> groups = asked_groups(call, found);
  asked.wanted.sort = asked_sort(call, found);
  query::Guard guard(asked.options);
  JsonWriter grouping, relaxing, explained;
  if (!groups.empty()) {
    write_groups(grouping, querying, context.core, asked, found, groups, guard);
    stages.done("groups");
    asked.limit = 0;
  }
  bool partial = found.partial() || guard.cut();
  if (found.counts().hits + found.counts().without_span == 0 && !partial) {
    query::Options options = asked.options;
    options.deadline = std::min(options.deadline, steady_clock::now() + max_relaxing);
    write_relaxed(relaxing, query::relaxed(engine, query::parse(asked.text), options));
    stages.done("relaxing");
  }
  Lines lines(engine, HitPages(context, querying, asked, found, guard),
              {found.labels(), static_cast<std::uint32_t>(call[context_parameter]), std::move(columns)});
  std::string text;
  const bool more = lines.append(text, asked.limit > max_at_once ? piece_size : std::string::npos);
  stages.done("lines");
  partial = partial || guard.cut();
  if (call[explain_parameter]) write_explained(explained, engine, asked, stages);
  JsonWriter out;
  out.begin_object().key("query").value(call[query_parameter]);
  write_counts(out, found);
  out.key("notes").begin_array();
  for (const std::string& note : found.notes()) out.value(note);
  if (const std::string* given = call.find(corpus_parameter); given != nullptr && *given != hash.get().text)
    out.value(fmt::format("the address was made with the corpus {}; this is {}", *given, hash.get().text));
  const std::string names =
      found.names().empty() ? std::string() : saved::version_of_names(*asked.options.names, found.names());
  if (const std::string* given = call.find(names_parameter); given != nullptr && *given != names)
    out.value("the lists or saved queries that it names have changed since the address was made");
  out.end_array().key("partial").value(partial);
  out.key("offset").value(call[offset_parameter]).key("limit").value(call[hits_parameter]);
  out.key("permalink").value(permalink(context, call, hash.get().text, names));
  const std::chrono::duration<double, std::milli> taken = steady_clock::now() - start;
  out.key("ms").value(taken.count(), 3);
  if (explained.size() > 0) out.key("explain").raw(explained.take());
  if (relaxing.size() > 0) out.key("relaxed").raw(relaxing.take());
  if (grouping.size() > 0) out.key("grouping").raw(grouping.take());
  out.key("results").begin_array();
  Response response;
  response.body.append(out.take());
  response.body.append(std::move(text));
  response.cacheable = !partial && !more && found.names().empty();
  if (!more) {
    response.body.append('\n');
    return response;
  }
  response.rest = [lines = std::make_shared<Lines>(std::move(lines))](std::string& piece) {
    const bool again = lines->append(piece, piece_size);
    if (!again) piece += '\n';
    return again;
  };
  return response;
}

}  // namespace kalima::api::v1

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <functional>
#include <memory>

#include "api/v1/patience.h"
#include "api/v1/query_answer.h"
#include "api/v1/query_request.h"
#include "query/results/exports.h"
#include "query/results/grouping.h"
#include "query/results/rewriting.h"
#include "query/syntax/parser.h"
#include "support/clock.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Response;

constexpr std::size_t export_piece = std::size_t{64} * 1024;

query::Heading heading_of(const Call& call, const query::Found& found, const std::string& hash,
                          bool partial) {
  query::Heading out;
  out.query = call[query_parameter];
  out.corpus = hash;
  out.date = utc_iso_time(std::chrono::system_clock::now());
  const auto add = [&](const http::Typed<std::string>& parameter) {
    if (const std::string* text = call.find(parameter))
      out.more.push_back({std::string(parameter.row.name), *text});
  };
  add(within_parameter);
  out.more.push_back({"reading", std::string(reading_names[static_cast<std::size_t>(found.reading())])});
  out.more.push_back({"hits", found.counts().hits});
  out.more.push_back({"verses", found.counts().verses});
  add(sort_parameter);
  add(group_parameter);
  if (const std::uint64_t* sample = call.find(sample_parameter))
    out.more.push_back({"sample", fmt::format("{} (seed {})", *sample, call[seed_parameter])});
  out.partial = partial;
  return out;
}

// Groups in the format of an export. They are counted again for each part of them, as hits are found again.
class GroupLines {
 public:
  GroupLines(const Context& context, const Querying& querying, AskedQuery asked, const query::Found& found,
             query::Format format, std::vector<query::Key> keys)
      : context_(context),
        querying_(querying),
        asked_(std::move(asked)),
        query_(query::parse(asked_.text)),
        labels_(found.labels()),
        with_queries_(found.can_be_restricted()),
        keys_(std::move(keys)),
        lines_(format, names()) {}

  void append_heading(std::string& out, const query::Heading& heading) const {
    lines_.append_heading(out, heading);
  }
  // Takes the groups that are shown next.
  void take(const query::Found& found, query::Guard& guard) {
    part_ = query::grouped(querying_.engine, querying_.ranks, found, keys_, asked_.offset,
                           std::min<std::uint64_t>(asked_.limit, max_kept), guard);
    at_ = 0;
    const std::uint64_t size = part_.groups.size(), end = asked_.offset + size;
    asked_.limit = end < part_.total ? std::min(asked_.limit - size, part_.total - end) : 0;
    asked_.offset = end;
  }
  bool append(std::string& out) {
    for (;;) {
      for (; at_ < part_.groups.size(); ++at_) {
        if (out.size() >= export_piece) return true;
        append_one(out, part_.groups[at_]);
      }
      if (asked_.limit == 0) {
        lines_.append_end(out);
        return false;
      }
      asked_.options.deadline = std::chrono::steady_clock::now() + asked_.timeout;
      const auto turn = context_.turns.take([this] { return is_over(asked_.options); });
      const query::Found found = querying_.engine.run(asked_.text, asked_.options);
      query::Guard guard(asked_.options);
      take(found, guard);
      if (found.partial() || guard.cut())
        throw Error(ErrorCode::unavailable, "the rest of the groups was not counted in time");
    }
  }

 private:
  static constexpr std::size_t max_kept = 16'384;

  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const query::Key& key : keys_) out.push_back(query::name_of(key, labels_));
    return out;
  }
  void append_one(std::string& out, const query::HitGroup& group) {
    const columns::CoreFile& core = context_.core;
    query::GroupRow row;
    for (std::size_t key = 0; key < keys_.size(); ++key)
      row.values.push_back(core.text(keys_[key].attribute, group.values[key]));
    row.hits = group.hits;
    row.verses = group.verses;
    row.share = static_cast<double>(group.hits) / static_cast<double>(part_.hits);
    if (with_queries_)
      row.query = query::query_of_group(query_, core, keys_, labels_, group, part_.inside_words);
    lines_.append(out, row);
  }

  const Context& context_;
  const Querying& querying_;
  AskedQuery asked_;
  query::Query query_;
  std::vector<std::string> labels_;
  bool with_queries_;
  std::vector<query::Key> keys_;
  query::GroupExport lines_;
  query::Grouping part_;
  std::size_t at_ = 0;
};

struct HitLines {
  HitPages pages;
  query::LineExport lines;

  bool append(std::string& out) {
    const bool more = pages.each([&](const query::Hit& hit) {
      lines.append(out, hit);
      return out.size() < export_piece;
    });
    if (!more) lines.append_end(out);
    return more;
  }
};

}  // namespace

Response query_export(const Context& context, const Querying& querying, CorpusHashWhenAsked& hash,
                      const Call& call) {
  const query::Format format = query::format_at(call[format_parameter]);
  std::vector<attributes::Attribute> columns = asked_columns(call);
  const auto start = std::chrono::steady_clock::now();
  const auto turn = context.turns.take(
      Patience(call.request(), start + std::chrono::milliseconds(call[timeout_parameter])));
  AskedQuery asked = asked_query(call, querying.engine, start);
  const query::Found found = run(asked, querying.engine);
  std::vector<query::Key> groups = asked_groups(call, found);
  if (!groups.empty() && format == query::Format::conllu) {
    throw Error(ErrorCode::bad_input, "groups cannot be written as conllu",
                fmt::format("choose one of {}",
                            fmt::join(query::format_names_after<query::table_formats>("json"), ", ")))
        .with({.parameter = std::string(format_parameter.row.name)});
  }
  asked.wanted.sort = asked_sort(call, found);
  query::Guard guard(asked.options);
  Response response;
  response.content_type = query::row_of(format).media_type;
  response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"kalima-query.{}\"",
                                                                   query::row_of(format).suffix));
  response.cacheable = false;
  std::string text;
  if (groups.empty()) {
    const auto lines = std::make_shared<HitLines>(HitLines{
        HitPages(context, querying, asked, found, guard),
        {format,
         querying.engine,
         {found.labels(), static_cast<std::uint32_t>(call[context_parameter]), std::move(columns)}}});
    lines->lines.append_heading(text,
                                heading_of(call, found, hash.get().text, found.partial() || guard.cut()));
    response.rest = [lines](std::string& piece) { return lines->append(piece); };
  } else {
    const auto lines =
        std::make_shared<GroupLines>(context, querying, asked, found, format, std::move(groups));
    lines->take(found, guard);
    lines->append_heading(text, heading_of(call, found, hash.get().text, found.partial() || guard.cut()));
    response.rest = [lines](std::string& piece) { return lines->append(piece); };
  }
  response.body.append(std::move(text));
  return response;
}

}  // namespace kalima::api::v1

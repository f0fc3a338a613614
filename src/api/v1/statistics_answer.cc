#include "api/v1/statistics_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>

#include "api/v1/answer.h"
#include "api/v1/patience.h"
#include "api/v1/query_request.h"
#include "api/v1/statistics_parameters.h"
#include "statistics/exports.h"
#include "support/clock.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::JsonWriter;
using http::Response;
using statistics::Cell;
using statistics::Sheet;
using std::chrono::steady_clock;

constexpr std::size_t export_piece = std::size_t{64} * 1024;
constexpr std::uint64_t rows_at_once = 4'096;  // of an export

void write_cells(JsonWriter& out, std::span<const statistics::Column> columns,
                 const std::vector<Cell>& cells) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out.key(columns[i].name);
    if (const std::string text = statistics::digits_of(cells[i]); text.empty()) {
      out.null();
    } else {
      out.raw(text);
    }
  }
}

void write_basis(JsonWriter& out, const AskedStatistic& asked, const Sheet& sheet) {
  out.key("query").value(asked.query).key("within").value_or_null(asked.within);
  out.key("unit").value(sheet.unit).key("total").value(sheet.total);
  out.key("scope").begin_object().key("words").value(sheet.scope.words);
  out.key("verses").value(sheet.scope.verses).key("surahs").value(sheet.scope.surahs).end_object();
  out.key("left_out").begin_array();
  for (const statistics::LeftOut& left : sheet.left_out)
    out.begin_object().key("what").value(left.what).key("count").value(left.count).end_object();
  out.end_array().key("notes").begin_array();
  for (const std::string& note : sheet.notes) out.value(note);
  out.end_array().key("partial").value(sheet.partial);
  write_cells(out, sheet.fact_columns, sheet.facts);
}

Response as_json(const Call& call, const AskedStatistic& asked, const Sheet& sheet,
                 steady_clock::time_point start) {
  JsonWriter out;
  out.begin_object();
  write_basis(out, asked, sheet);
  out.key("keys").begin_array();
  for (const std::string& key : sheet.keys) out.value(key);
  out.end_array().key("rows_total").value(sheet.rows_total);
  out.key("offset").value(call[offset_parameter]).key("limit").value(call[rows_parameter]);
  out.key("rows").begin_array();
  for (const statistics::Row& row : sheet.rows) {
    out.begin_object().key("values").begin_array();
    for (const std::string& value : row.values) out.value_or_null(value);
    out.end_array();
    write_cells(out, sheet.columns, row.cells);
    out.key("query").value_or_null(row.query).end_object();
  }
  out.end_array();
  const std::chrono::duration<double, std::milli> taken = steady_clock::now() - start;
  out.key("ms").value(taken.count(), 3).end_object();
  Response response = answer_of(out);
  response.cacheable = !sheet.partial;
  return response;
}

// The rows of a table in the format of an export. It is made again for each part of them.
class SheetLines {
 public:
  SheetLines(const Context& context, const Querying& querying, AskedStatistic asked, query::Format format,
             statistics::Page page)
      : context_(context), querying_(querying), asked_(std::move(asked)), page_(page) {
    take(steady_clock::now());
    table_.emplace(format, statistics::columns_of(sheet_));
  }

  void append_heading(std::string& out, const std::string& hash) const {
    query::Heading heading = statistics::heading_of(sheet_);
    heading.query = asked_.query;
    heading.corpus = hash;
    heading.date = utc_iso_time(std::chrono::system_clock::now());
    heading.more.insert(heading.more.begin(), query::Heading::Fact{"within", asked_.within});
    table_->append_heading(out, heading);
  }
  bool append(std::string& out) {
    for (;;) {
      for (; at_ < sheet_.rows.size(); ++at_) {
        if (out.size() >= export_piece) return true;
        table_->append_row(out, statistics::cells_of(sheet_.rows[at_]));
      }
      if (page_.limit == 0 || sheet_.partial) {
        table_->append_end(out);
        return false;
      }
      take(steady_clock::now());
      if (sheet_.partial) throw Error(ErrorCode::unavailable, "the rest of the rows was not counted in time");
    }
  }

 private:
  void take(steady_clock::time_point start) {
    sheet_ =
        sheet_of(context_, querying_, asked_, {page_.offset, std::min(page_.limit, rows_at_once)}, start);
    at_ = 0;
    const std::uint64_t rows = sheet_.rows.size();
    page_.offset += rows;
    page_.limit = rows == 0 ? 0 : std::min(page_.limit - rows, sheet_.rows_total - page_.offset);
  }

  const Context& context_;
  const Querying& querying_;
  AskedStatistic asked_;
  statistics::Page page_;  // what is still to be made
  Sheet sheet_;
  std::optional<query::TableExport> table_;
  std::size_t at_ = 0;
};

Response as_table(const Context& context, const Querying& querying, CorpusHashWhenAsked& hash,
                  const Call& call, AskedStatistic asked) {
  const query::Format format = query::format_at(call[table_format_parameter]);
  const statistics::Page page{call[offset_parameter],
                              is_given(call, rows_parameter.row) ? call[rows_parameter] : UINT64_MAX};
  const auto lines = std::make_shared<SheetLines>(context, querying, std::move(asked), format, page);
  Response response;
  response.content_type = query::row_of(format).media_type;
  response.headers.emplace_back(
      "Content-Disposition",
      fmt::format("attachment; filename=\"kalima-statistics.{}\"", query::row_of(format).suffix));
  response.cacheable = false;
  std::string text;
  lines->append_heading(text, hash.get().text);
  response.body.append(std::move(text));
  response.rest = [lines](std::string& piece) { return lines->append(piece); };
  return response;
}

}  // namespace

Sheet sheet_of(const Context& context, const Querying& querying, const AskedStatistic& asked,
               const statistics::Page& page, steady_clock::time_point start) {
  query::Options options = asked.options;
  options.deadline = start + asked.timeout;
  const auto turn = context.turns.take(
      [&] { return steady_clock::now() >= options.deadline || (options.cancelled && options.cancelled()); });
  const statistics::Scope scope = in_context(
      about(within_parameter), [&] { return statistics::Scope(querying.engine, asked.within, options); });
  const query::Found found =
      in_context(about(query_parameter), [&] { return querying.engine.run(asked.text, options); });
  query::Guard guard(options);
  return asked.make({querying.engine, querying.ranks, querying.pairs}, scope,
                    {found, asked.text, options.sensitive}, page, options, guard);
}

bool is_given(const Call& call, const http::Parameter& parameter) {
  return std::ranges::any_of(call.given(), [&](const auto& given) { return given.first == parameter.name; });
}

void refuse_idle(const Call& call, std::initializer_list<const http::Parameter*> parameters,
                 std::string_view why, std::string_view cure) {
  for (const http::Parameter* const parameter : parameters) {
    if (!is_given(call, *parameter)) continue;
    throw Error(ErrorCode::bad_input, fmt::format("{} has no effect {}", parameter->name, why),
                fmt::format("leave out {} or {}", parameter->name, cure))
        .with({.parameter = std::string(parameter->name)});
  }
}

namespace {

void complete(AskedStatistic& asked, const Call& call, const query::Engine& engine) {
  const std::string* const within = call.find(within_parameter);
  if (within != nullptr) asked.within = *within;
  asked.timeout = std::chrono::milliseconds(call[timeout_parameter]);
  asked.options.names = engine.names();  // every run of this answer has the same
  asked.text = in_context(about(query_parameter),
                          [&] { return text_to_run(asked.query, within, engine, asked.options); });
}

}  // namespace

AskedStatistic asked_statistic(const Call& call, const std::string& query, const query::Engine& engine) {
  AskedStatistic out;
  out.query = query;
  out.options = query_options(call);
  complete(out, call, engine);
  return out;
}

AskedStatistic asked_statistic_of_words(const Call& call, const query::Engine& engine) {
  AskedStatistic out;
  out.query = "[]";
  out.options.cancelled = client_is_gone(call.request());
  complete(out, call, engine);
  return out;
}

Response statistic_answer(const Context& context, const Querying& querying, CorpusHashWhenAsked& hash,
                          const Call& call, AskedStatistic asked) {
  if (call[table_format_parameter] != 0) return as_table(context, querying, hash, call, std::move(asked));
  const auto start = steady_clock::now();
  const Sheet sheet =
      sheet_of(context, querying, asked, {call[offset_parameter], call[rows_parameter]}, start);
  Response response = as_json(call, asked, sheet, start);
  if (std::ranges::any_of(call.given(), [](const auto& given) { return may_name(given.second); }))
    response.cacheable = false;
  return response;
}

}  // namespace kalima::api::v1

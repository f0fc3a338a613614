// GET /api/v1/search?q=...&mode=text
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "search/text_search.h"
#include "support/error.h"
#include "support/json.h"
#include "support/utf8.h"
#include "text/proclitics.h"

namespace kalima::api::v1 {
namespace {

using http::Body;
using http::Request;
using http::Response;
using std::chrono::steady_clock;

constexpr std::size_t default_limit = 50, max_results = 1000;
constexpr std::size_t default_timeout_ms = 2000, max_timeout_ms = 10'000;

constexpr std::string_view no = "no", yes = "yes";

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::bad_input, what); }

std::size_t bounded_parameter(const Request& request, std::string_view name, std::size_t otherwise,
                              std::size_t least, std::size_t most) {
  const std::size_t value = count_parameter(request, name, otherwise);
  if (value < least || value > most)
    refuse(fmt::format("{} must be a whole number from {} to {}", name, least, most));
  return value;
}

text::Step step_parameter(const Request& request) {
  const auto name = request.parameter("step");
  if (!name) return text::loosest_step;
  if (const auto step = text::step_of_name(*name)) return *step;
  std::string known;
  for (std::size_t i = 0; i < text::step_count; ++i) {
    known += (i == 0 ? "" : ", ") + std::string(text::step_name(static_cast<text::Step>(i)));
  }
  refuse(fmt::format("step must be one of {}", known));
}

bool proclitics_parameter(const Request& request) {
  const std::string value = request.parameter("proclitics").value_or(std::string(yes));
  if (value != yes && value != no) refuse("proclitics must be yes or no");
  return value == yes;
}

// The text may have pieces outside the words of the morphology.
std::string number_json(const search::TextWord& word) {
  return word.word == 0 ? "null" : fmt::format("{}", word.word);
}

void write_word(const search::WordFile& file, const search::TextWord& word, std::string& out) {
  out += fmt::format("{{\"word\":{},\"from\":{},\"to\":{},\"step\":\"{}\",\"proclitic\":", number_json(word),
                     word.from, word.to, text::step_name(word.step));
  json::write_string(text::proclitic_name(file.entry(word.entry).substr(0, word.begin)), out);
  out += '}';
}

void write_hit(const search::WordFile& file, const search::TextHit& hit, std::string& out) {
  out +=
      fmt::format("{{\"first_word\":{},\"last_word\":{},\"step\":\"{}\",\"words\":[",
                  number_json(hit.words.front()), number_json(hit.words.back()), text::step_name(hit.step));
  for (std::size_t i = 0; i < hit.words.size(); ++i) {
    if (i > 0) out += ',';
    write_word(file, hit.words[i], out);
  }
  out += "]}";
}

Response text_search(const Context& context, const Request& request, const std::string& q) {
  const auto start = steady_clock::now();
  const search::TextQuery query = search::parse_text_query(q);
  search::TextOptions options;
  options.loosest = step_parameter(request);
  options.proclitics = proclitics_parameter(request);
  options.offset = count_parameter(request, "offset", 0);
  options.limit = bounded_parameter(request, "limit", default_limit, 0, max_results);
  const auto end = start + std::chrono::milliseconds(bounded_parameter(
                               request, "timeout_ms", default_timeout_ms, 1, max_timeout_ms));
  options.expired = [end] { return steady_clock::now() >= end; };

  search::TextFound found;
  {
    // Taken only to wait for its turn among the searches.
    const auto turn = context.workers.lease();
    found = search::search_text(context.words, query, options);
  }
  std::string results;
  for (const search::TextVerse& result : found.results) {
    if (!results.empty()) results += ',';
    const columns::CoreFile& core = context.core;
    results += fmt::format("{{\"surah\":{},\"ayah\":{},\"index\":{},\"text\":", core.surah(result.verse),
                           core.ayah(result.verse), result.verse);
    json::write_string(core.text_of(result.verse), results);
    results += ",\"hits\":[";
    for (std::size_t i = 0; i < result.hits.size(); ++i) {
      if (i > 0) results += ',';
      write_hit(context.words, result.hits[i], results);
    }
    results += "]}";
  }
  const std::chrono::duration<double, std::milli> taken = steady_clock::now() - start;
  Body body(fmt::format(
      "{{\"query\":{},\"mode\":\"text\",\"step\":\"{}\",\"verses\":{},\"hits\":{},\"offset\":{},\"limit\":{},"
      "\"partial\":{},\"ms\":{:.3f},\"results\":[",
      json::quoted(q), text::step_name(options.loosest), found.verses, found.hits, options.offset,
      options.limit, found.partial, taken.count()));
  body.append(results);
  body.append("]}");
  Response response = http::json_response(std::move(body));
  response.may_be_remembered = !found.partial;
  return response;
}

// The values of `mode`; the first is the default.
struct Mode {
  std::string_view name;
  Response (*search)(const Context&, const Request&, const std::string& q);
};
constexpr Mode modes[] = {{"text", text_search}};

const Mode& mode_parameter(const Request& request) {
  const auto name = request.parameter("mode");
  if (!name) return modes[0];
  const auto* mode =
      std::find_if(std::begin(modes), std::end(modes), [&](const Mode& m) { return m.name == *name; });
  if (mode != std::end(modes)) return *mode;
  std::string known;
  for (const Mode& m : modes) known += (known.empty() ? "" : ", ") + std::string(m.name);
  refuse(fmt::format("mode must be one of {}", known));
}

}  // namespace

void add_search_routes(http::Router& router, const Context& context) {
  router.add("GET", "/api/v1/search", [context](const Request& request, const http::PathParts&) {
    const Mode& mode = mode_parameter(request);
    const auto q = request.parameter("q");
    if (!q) refuse("q is missing: the text to search for");
    return context.answers.get(request, [&] { return mode.search(context, request, *q); });
  });
}

}  // namespace kalima::api::v1

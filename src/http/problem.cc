#include "http/problem.h"

#include "http/json_writer.h"
#include "support/json.h"
#include "support/utf8.h"

namespace kalima::http {
namespace {

// A message may quote what the client sent. Whatever that was, the answer must be JSON and short.
std::string shown(std::string_view message) {
  constexpr std::size_t max_message = 400;
  const std::string whole = utf8::repaired(message.substr(0, 4 * max_message));
  const std::string_view part = utf8::prefix(whole, max_message);
  return part.size() < whole.size() ? std::string(part) + "..." : std::string(part);
}

// The same for all problems of a code, as RFC 9457 asks.
std::string_view title_of(const Problem& problem) {
  if (!problem.code) return "Request refused by the HTTP layer";
  switch (*problem.code) {
    case ErrorCode::bad_input:
      return "Invalid request";
    case ErrorCode::unauthorized:
      return "Token needed";
    case ErrorCode::forbidden:
      return "Not allowed";
    case ErrorCode::not_found:
      return "Not found";
    case ErrorCode::method_not_allowed:
      return "Method not allowed";
    case ErrorCode::conflict:
      return "Changed since";
    case ErrorCode::stale:
      return "Older state";
    case ErrorCode::too_large:
      return "Too large";
    case ErrorCode::unsupported_type:
      return "Content type not accepted";
    case ErrorCode::damaged:
      return "Damaged data";
    case ErrorCode::io:
      return "System error";
    case ErrorCode::unavailable:
      return "Not available now";
    case ErrorCode::internal:
      break;
  }
  return "Internal error";
}

}  // namespace

Problem problem_of(const Error& error) {
  Problem problem;
  problem.status = error.kind().http_status;
  problem.code = error.code();
  if (error.code() == ErrorCode::internal) {
    problem.message = "internal error; the server's log says more";
    return problem;
  }
  problem.message = error.message();
  problem.cure = error.cure();
  problem.parameter = error.parameter();
  problem.place = error.place();
  return problem;
}

std::string old_error_body(const Problem& problem) {
  std::string message = at_place(problem.place, problem.message);
  if (!problem.cure.empty()) message += "; " + problem.cure;
  std::string text = "{\"error\":";
  json::write_string(shown(message), text);
  return text + "}\n";
}

std::string_view code_name(const Problem& problem) {
  return problem.code ? kind_of(*problem.code).name : std::string_view("http");
}

std::string problem_document(const Problem& problem) {
  JsonWriter out;
  out.begin_object();
  out.key("type").value(std::string(problem_type_prefix).append(code_name(problem)));
  out.key("title").value(title_of(problem));
  out.key("status").value(problem.status);
  out.key("code").value(code_name(problem));
  // A place in a file is part of the text; one in what the client sent has keys of its own.
  const bool in_file = !problem.place.file.empty();
  out.key("detail").value(shown(in_file ? at_place(problem.place, problem.message) : problem.message));
  if (!problem.cure.empty()) out.key("cure").value(shown(problem.cure));
  if (!problem.parameter.empty()) out.key("parameter").value(shown(problem.parameter));
  if (!in_file && problem.place.line != 0) out.key("line").value(problem.place.line);
  if (!in_file && problem.place.column != 0) out.key("column").value(problem.place.column);
  if (!problem.version.empty()) out.key("version").value(problem.version);
  out.end_object();
  return out.take() + '\n';
}

}  // namespace kalima::http

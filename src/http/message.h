// A request and an answer as the API code sees them, independent of the HTTP library.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/body.h"
#include "http/problem.h"
#include "support/error.h"

namespace kalima::http {

class Upload;

inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view events_type = "text/event-stream";

struct Request {
  std::string method;
  // Percent-decoded, ill-formed UTF-8 as U+FFFD; without the query.
  std::string path;
  // Name and value, decoded likewise with `+` as a space, in the order of the request.
  std::vector<std::pair<std::string, std::string>> query;
  // The body, unchanged.
  std::string_view body;
  // It has a body, which may not have come yet.
  bool has_body = false;
  // Its size, in bytes, as the client announced it.
  std::size_t announced_bytes = 0;
  // Took the body instead of `body`, if that is multipart/form-data; all of it has come.
  std::shared_ptr<Upload> upload = {};
  // The client, or a proxy of it, has a loopback address.
  bool peer_is_loopback = false;
  // Set if the HTTP library refused the request before it was read: then only its answer is to be made, and any part
  // of the request may be missing.
  std::optional<Problem> refused;
  // A header's value; empty if it is missing.
  std::function<std::string(const char* name)> header;
  // True if nobody seems to wait for the answer any more: a client that has finished sending looks like one
  // that has gone. For what takes long. Threads: only the one that answers. May be empty: nobody knows.
  std::function<bool()> client_is_gone = {};

  // The first value of a query parameter.
  std::optional<std::string> parameter(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type{json_type};
  std::vector<std::pair<std::string, std::string>> headers;
  Body body;
  // Of an answer that is sent while it is made: appends the next piece of the body, which follows `body`; false with the
  // last one. What it throws cuts the connection. Threads: one at a time.
  std::function<bool(std::string& piece)> rest;
  // Of a body with text that lies in a mapped file: called after each part of it was copied and before that is sent. What it
  // throws cuts the connection. May be empty. Threads: one at a time.
  std::function<void()> verify;
  std::optional<Problem> problem;  // of an answer that says what is wrong
  std::string route;               // what answered, for the metrics
  bool cacheable = true;           // false: the same request may get another answer later
};

// {"error": message; cure} and a line end, with the status of the Error's kind. Of a defect the client learns nothing.
Response error_response(const Error& error);
Response error_response(Problem problem);
// Gives an answer with a problem the form of a problem document; another one stays as it is.
void make_problem_document(Response& response);
// A body of JSON, to which the line end is added.
Response json_response(Body body, int status = 200);

// Splits "path?query" and decodes both.
void parse_target(std::string_view target, Request& request);
// "http://host/path" (RFC 9112, 3.2.2): its host counts instead of the header's. nullopt for another form.
struct AbsoluteTarget {
  std::string host, target;
};
std::optional<AbsoluteTarget> absolute_target(std::string_view target);
// Percent-decoding like Python's unquote: a `%` without two hexadecimal digits is kept.
std::string percent_decoded(std::string_view text, bool plus_is_blank);

}  // namespace kalima::http

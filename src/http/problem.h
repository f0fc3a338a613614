// What is wrong with a request, as data, and the two forms in which clients get it: {"error": ...}, and a problem
// document (RFC 9457). Threads: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "support/error.h"

namespace kalima::http {

inline constexpr std::string_view problem_type = "application/problem+json";

struct Problem {
  int status = 500;
  std::optional<ErrorCode> code = {};  // nullopt: the HTTP library refused the request by itself
  // Any text, which may quote what the client sent; of a defect of Kalima it says nothing.
  std::string message = {}, cure = {};
  std::string parameter = {};  // the name of the one that is wrong; empty if none is
  Place place = {};            // where in the parameter, the body or a file
  std::string version =
      {};  // of what the client saw an older state of: the present one; empty if it is not known
};

Problem problem_of(const Error& error);

// {"error": message; cure} and a line end.
std::string old_error_body(const Problem& problem);
// {"type", "title", "status", "code", "detail", "cure", "parameter", "line", "column", "version"} and a line end; the last
// five only if they are known. `type` is problem_type_prefix and the code.
inline constexpr std::string_view problem_type_prefix = "urn:kalima:problem:";
std::string problem_document(const Problem& problem);
// The code of a problem: the name of its ErrorKind, or "http" for what the HTTP library refused.
std::string_view code_name(const Problem& problem);

}  // namespace kalima::http

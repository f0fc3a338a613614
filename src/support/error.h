// What goes wrong in Kalima, as one type.
//
// Every expected failure (bad input, a missing file, a database of another version) is thrown as an `Error`.
// Three places catch: the command line (prints it, exits), the HTTP router (answers with it), and the top of
// a thread. Exceptions and codes of a library become an Error in the file that calls the library. Functions
// in between may add what only they know, with `in_context`; nothing else catches an Error and throws
// another.
//
// All texts are UTF-8. Errors are values: copies are independent, and any thread may read one.
#pragma once

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace kalima {

enum class ErrorCode {
  bad_input,           // the user's data or request is wrong
  unauthorized,        // no token, or a wrong one
  forbidden,           // not allowed in this mode, or from there
  not_found,           // a named thing does not exist
  method_not_allowed,  // HTTP: the path has other methods
  conflict,            // its object was changed since
  stale,               // HTTP: the client saw an older state (If-Match)
  too_large,           // beyond a documented limit
  unsupported_type,    // HTTP: a content type that is not accepted
  damaged,             // what is stored cannot be read, or is not what was stored
  io,                  // the operating system refused
  unavailable,         // may work later (disk full, port in use)
  internal,            // a defect of Kalima
};

struct ErrorKind {
  ErrorCode code;
  std::string_view name;  // for programs, and the label in metrics: it never changes
  int http_status;
  int exit_code;  // of the command line: 1 for the user's input, 2 for the machine, 3 for a defect
};

inline constexpr std::array error_kinds = {
    ErrorKind{ErrorCode::bad_input, "bad_input", 400, 1},
    ErrorKind{ErrorCode::unauthorized, "unauthorized", 401, 1},
    ErrorKind{ErrorCode::forbidden, "forbidden", 403, 1},
    ErrorKind{ErrorCode::not_found, "not_found", 404, 1},
    ErrorKind{ErrorCode::method_not_allowed, "method_not_allowed", 405, 1},
    ErrorKind{ErrorCode::conflict, "conflict", 409, 1},
    ErrorKind{ErrorCode::stale, "stale", 412, 1},
    ErrorKind{ErrorCode::too_large, "too_large", 413, 1},
    ErrorKind{ErrorCode::unsupported_type, "unsupported_type", 415, 1},
    ErrorKind{ErrorCode::damaged, "damaged", 500, 1},
    ErrorKind{ErrorCode::io, "io", 503, 2},
    ErrorKind{ErrorCode::unavailable, "unavailable", 503, 2},
    ErrorKind{ErrorCode::internal, "internal", 500, 3},
};

constexpr const ErrorKind& kind_of(ErrorCode code) { return error_kinds[static_cast<std::size_t>(code)]; }

// Where in a text an error is. Line and column are 1-based; 0 is unknown. A column is in bytes in JSON and in code points
// in XML, as their parsers count. Without a file the line is one of a text that only the caller can name.
struct Place {
  std::string file = {};
  std::size_t line = 0;
  std::size_t column = 0;
  bool operator==(const Place&) const = default;
};

// "FILE:LINE:COLUMN: message", or "line LINE, column COLUMN: message" without a file; unknown parts are left
// out.
std::string at_place(const Place& place, std::string_view message);

// What a caller adds to an Error that passes through it.
struct ErrorContext {
  // The file, and the line in it at which the parsed text begins. If this is empty, the place of the Error
  // becomes part of its message: it refers to a separate text, such as the body of a request.
  Place place = {};
  std::string message = {};    // put before that of the Error, with a colon between them
  std::string parameter = {};  // of a request, that the Error is about; for an Error without one
  std::string cure = {};       // for an Error without one
};

class Error : public std::runtime_error {
 public:
  // `message` says what is wrong; `cure`, if not empty, what to do about it. Both are complete phrases
  // without a final period.
  Error(ErrorCode code, std::string message, std::string cure = {}, Place place = {});

  ErrorCode code() const { return code_; }
  const ErrorKind& kind() const { return kind_of(code_); }
  // what() is the message with the place before it.
  const std::string& message() const { return message_; }
  const std::string& cure() const { return cure_; }
  const Place& place() const { return place_; }
  // The name of the request's parameter that is wrong; empty if none is, or it is not known.
  const std::string& parameter() const { return parameter_; }
  // The text for the log: what(), or the text of a foreign exception (see current_error).
  std::string_view detail() const { return detail_.empty() ? std::string_view(what()) : detail_; }

  Error with(const ErrorContext& context) const;

 private:
  friend Error current_error();

  ErrorCode code_;
  std::string message_, cure_;
  Place place_;
  std::string detail_, parameter_;
};

// Runs `work`. An Error that leaves it gets the ErrorContext that `context` returns. `context` is called only then, with
// the Error if it takes one.
template <typename Context, typename Work>
auto in_context(Context context, Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const Error& e) {  // the only place where one Error becomes another
    if constexpr (std::is_invocable_v<Context, const Error&>) {
      throw e.with(context(e));
    } else {
      throw e.with(context());
    }
  }
}

// For the top of a program or thread, within `catch (...)`: the exception as an Error. One of std::filesystem
// becomes `io`, lack of memory `unavailable`, any other foreign one `internal` with a plain message; its
// text, which means nothing to a user, is the detail for the log.
Error current_error();

}  // namespace kalima

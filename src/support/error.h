// What goes wrong in Kalima, as one type.
//
// Every expected failure (bad input, a missing file, a database of another version) is thrown as an
// `Error` and caught in two places only: the command line (prints it, exits) and the HTTP dispatcher
// (answers with JSON). Exceptions of libraries are converted to `Error` by the wrapper that calls them.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace kalima {

enum class ErrorCode {
  bad_input,    // the user's data or request is wrong
  not_found,    // a named thing does not exist
  conflict,     // it was changed by another request meanwhile
  forbidden,    // not allowed in this mode
  too_large,    // over a documented limit
  io,           // the operating system said no
  unavailable,  // a thing that may work later (disk full, port in use)
  internal,     // a defect of Kalima
};

// Exit code of the command line: 1 for the user's input, 2 for the machine, 3 for a defect.
int exit_code(ErrorCode code);
// HTTP status of an answer.
int http_status(ErrorCode code);

class Error : public std::runtime_error {
 public:
  // `message` says what is wrong; `hint`, when not empty, what to do about it. Both are whole phrases
  // without a final stop, in UTF-8.
  Error(ErrorCode code, const std::string& message, std::string hint = {})
      : std::runtime_error(message), code_(code), hint_(std::move(hint)) {}

  ErrorCode code() const { return code_; }
  const std::string& hint() const { return hint_; }

 private:
  ErrorCode code_;
  std::string hint_;
};

}  // namespace kalima

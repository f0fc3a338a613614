// Reads multipart/form-data (RFC 7578) piece by piece: nothing but the headers of a part is kept in memory.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "support/error.h"

namespace kalima::http {

// Why a body that has another form is refused.
Error another_form();

// What a Multipart finds, in this order for each part.
class Parts {
 public:
  virtual ~Parts() = default;
  // `file`: the name that the client gave to a file, any text; nullopt for a field.
  virtual void begin_part(const std::string& name, const std::optional<std::string>& file) = 0;
  virtual void add_to_part(std::string_view bytes) = 0;
  virtual void end_part() = 0;
};

// Threads: one.
class Multipart {
 public:
  // Whether a Content-Type says that it is multipart/form-data, with a boundary or not.
  static bool is_form(std::string_view content_type);
  // What a Content-Type says; nullopt if it is not multipart/form-data with a boundary.
  static std::optional<std::string> boundary_of(std::string_view content_type);

  // `parts` must outlive it.
  Multipart(std::string_view boundary, Parts& parts);

  // The next bytes, in pieces of any size. Throws Error(bad_input), and what `parts` throws; nothing can be added then.
  void add(std::string_view bytes);
  // True after the last boundary.
  bool ended() const { return state_ == State::ended; }

 private:
  enum class State { before, at_boundary, in_headers, in_part, ended };

  bool step();
  bool read_boundary_end();
  bool read_headers();
  bool read_data();

  Parts& parts_;
  const std::string delimiter_;
  State state_ = State::before;
  std::string held_;  // what is not read yet
};

}  // namespace kalima::http

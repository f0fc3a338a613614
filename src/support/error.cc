#include "support/error.h"

#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <new>

#include "support/files.h"

namespace kalima {
namespace {

constexpr bool kinds_are_in_order() {
  for (std::size_t i = 0; i < error_kinds.size(); ++i) {
    if (error_kinds[i].code != static_cast<ErrorCode>(i)) return false;
  }
  return error_kinds.back().code == ErrorCode::internal;
}
static_assert(kinds_are_in_order(), "kind_of uses a code as an index");

// A place in a text that begins at `outer`.
Place inside(const Place& outer, const Place& inner) {
  if (!inner.file.empty()) return inner;
  if (inner.line == 0) return outer;
  return {outer.file, outer.line == 0 ? inner.line : outer.line + inner.line - 1, inner.column};
}

}  // namespace

std::string at_place(const Place& place, std::string_view message) {
  std::string out = place.file;
  const bool file = !place.file.empty();
  if (place.line != 0) out += fmt::format("{}{}", file ? ":" : "line ", place.line);
  if (place.line != 0 && place.column != 0)
    out += fmt::format("{}{}", file ? ":" : ", column ", place.column);
  if (!out.empty()) out += ": ";
  return out.append(message);
}

Error::Error(ErrorCode code, std::string message, std::string cure, Place place)
    : std::runtime_error(at_place(place, message)),
      code_(code),
      message_(std::move(message)),
      cure_(std::move(cure)),
      place_(std::move(place)) {}

Error Error::with(const ErrorContext& context) const {
  const bool placed = context.place != Place{};
  std::string message = message_;
  if (!context.message.empty()) message = context.message + ": " + (placed ? message_ : std::string(what()));
  Place place = placed ? inside(context.place, place_) : context.message.empty() ? place_ : Place{};
  Error made(code_, std::move(message), cure_.empty() ? context.cure : cure_, std::move(place));
  made.detail_ = detail_;
  made.parameter_ = parameter_.empty() ? context.parameter : parameter_;
  return made;
}

Error current_error() {
  try {
    throw;
  } catch (const Error& e) {
    return e;
  } catch (const std::filesystem::filesystem_error& e) {
    return {ErrorCode::io, e.code().message(), {}, {.file = files::to_utf8(e.path1())}};
  } catch (const std::bad_alloc&) {
    return {ErrorCode::unavailable, "not enough memory"};
  } catch (const std::exception& e) {
    Error error(ErrorCode::internal, "internal error", "please report it with the line of the log");
    error.detail_ = e.what();
    return error;
  } catch (...) {
    Error error(ErrorCode::internal, "internal error", "please report it with the line of the log");
    error.detail_ = "an exception of an unknown type";
    return error;
  }
}

}  // namespace kalima

#include "support/error.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <new>
#include <set>
#include <stdexcept>
#include <string>

#include "importers/source_file.h"

using namespace kalima;

namespace {

template <typename Exception>
Error as_error(const Exception& thrown) {
  try {
    throw thrown;
  } catch (...) {
    return current_error();
  }
}

template <typename Work>
Error error_of(Work work) {
  try {
    work();
  } catch (const Error& e) {
    return e;
  }
  FAIL("expected an Error");
  return {ErrorCode::internal, ""};
}

}  // namespace

TEST_CASE("every kind of error has one row of the table") {
  std::set<std::string_view> names;
  for (const ErrorKind& kind : error_kinds) {
    CHECK(kind_of(kind.code).name == kind.name);
    CHECK(names.insert(kind.name).second);
    CHECK(kind.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
    CHECK(kind.http_status >= 400);
    CHECK(kind.http_status < 600);
    // Damaged data is in a file that the user named, but not in a request.
    const bool of_machine = kind.http_status >= 500 && kind.code != ErrorCode::damaged;
    CHECK(kind.exit_code == (kind.code == ErrorCode::internal ? 3 : of_machine ? 2 : 1));
  }
  CHECK(kind_of(ErrorCode::bad_input).http_status == 400);
  CHECK(kind_of(ErrorCode::stale).http_status == 412);
  CHECK(kind_of(ErrorCode::unavailable).http_status == 503);
  CHECK(kind_of(ErrorCode::internal).http_status == 500);
}

TEST_CASE("a place comes before the message in one form") {
  CHECK(at_place({}, "m") == "m");
  CHECK(at_place({.file = "f"}, "m") == "f: m");
  CHECK(at_place({.file = "f", .line = 3}, "m") == "f:3: m");
  CHECK(at_place({.file = "f", .line = 3, .column = 4}, "m") == "f:3:4: m");
  CHECK(at_place({.line = 3}, "m") == "line 3: m");
  CHECK(at_place({.line = 3, .column = 4}, "m") == "line 3, column 4: m");
  const Error error(ErrorCode::bad_input, "m", "c", {.file = "f", .line = 3});
  CHECK(std::string(error.what()) == "f:3: m");
  CHECK(error.message() == "m");
  CHECK(error.cure() == "c");
}

TEST_CASE("a caller adds what only it knows") {
  const Error inner(ErrorCode::too_large, "m", {}, {.line = 2, .column = 5});
  const auto thrown = [&](const ErrorContext& context) {
    return error_of([&] { in_context([&] { return context; }, [&] { throw inner; }); });
  };
  CHECK(std::string(thrown({}).what()) == "line 2, column 5: m");
  CHECK(thrown({}).code() == ErrorCode::too_large);
  CHECK(std::string(thrown({.place = {.file = "f"}}).what()) == "f:2:5: m");
  CHECK(std::string(thrown({.place = {.file = "f", .line = 10}}).what()) == "f:11:5: m");
  CHECK(std::string(thrown({.place = {.file = "f"}, .message = "x"}).what()) == "f:2:5: x: m");
  CHECK(std::string(thrown({.message = "x"}).what()) == "x: line 2, column 5: m");
  CHECK(thrown({.message = "x"}).place() == Place{});
  CHECK(thrown({.cure = "c"}).cure() == "c");
  const Error placed(ErrorCode::io, "m", "own", {.file = "g", .line = 1});
  CHECK(std::string(placed.with({.place = {.file = "f", .line = 7}}).what()) == "g:1: m");
  CHECK(placed.with({.cure = "c"}).cure() == "own");
  CHECK(in_context([] { return ErrorContext{}; }, [] { return 7; }) == 7);
}

TEST_CASE("a file names itself in errors of its text alone") {
  const importers::SourceFile file("f", "text");
  const auto thrown = [&](const Error& error) {
    return std::string(error_of([&] { file.named([&] { throw error; }); }).what());
  };
  CHECK(thrown({ErrorCode::bad_input, "m", {}, {.line = 3}}) == "f:3: m");
  CHECK(thrown({ErrorCode::unavailable, "database: disk is full"}) == "database: disk is full");
}

TEST_CASE("a foreign exception is a defect whose text is for the log alone") {
  const Error defect = as_error(std::out_of_range("vector::_M_range_check"));
  CHECK(defect.code() == ErrorCode::internal);
  CHECK(std::string(defect.what()) == "internal error");
  CHECK(defect.detail() == "vector::_M_range_check");
  CHECK(defect.with({.message = "x"}).detail() == "vector::_M_range_check");
  CHECK(as_error(7).code() == ErrorCode::internal);
  CHECK(as_error(std::bad_alloc()).code() == ErrorCode::unavailable);
  const Error own = as_error(Error(ErrorCode::conflict, "m", "c"));
  CHECK(own.code() == ErrorCode::conflict);
  CHECK(own.detail() == "m");
  const Error file = as_error(std::filesystem::filesystem_error(
      "status", "a folder", std::make_error_code(std::errc::permission_denied)));
  CHECK(file.code() == ErrorCode::io);
  CHECK(std::string(file.what()).starts_with("a folder: "));
}

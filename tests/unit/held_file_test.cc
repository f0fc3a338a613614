#include "support/held_file.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <optional>
#include <string>

#include "support/file_mark.h"
#include "support/files.h"
#include "support/mapped.h"
#include "testing.h"

namespace fs = std::filesystem;

namespace kalima {
namespace {

using testing::error_of;
using testing::TemporaryFolder;

std::string content_of(const files::HeldFile& file) {
  std::string content;
  file.each_block([&](std::string_view block) { content += block; });
  return content;
}

void write(const fs::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

TEST_CASE("what is held is the content of the file") {
  const TemporaryFolder folder;
  for (const std::size_t size : std::initializer_list<std::size_t>{0, 1, 4096, 262144, 1000003}) {
    std::string content(size, '\0');
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 31 >> 3);
    write(folder / "f", content);
    const files::HeldFile held(folder / "f");
    CHECK(content_of(held) == content);
    CHECK(content_of(held) == content);  // again from the beginning
    CHECK(files::Mapped(held).bytes() == content);
    CHECK(held.mark().size == size);
    CHECK(held.path() == folder / "f");
  }
}

#ifndef _WIN32
TEST_CASE("nothing that is done to the file changes what is held") {
  const TemporaryFolder folder;
  const std::string content(500000, 'x');
  const auto held_while = [&](auto change) {
    write(folder / "f", content);
    const files::HeldFile held(folder / "f");
    const files::Mapped mapped(held);
    change();
    CHECK(content_of(held) == content);
    CHECK(mapped.bytes() == content);
    CHECK(files::mark_of(folder / "f") != held.mark());
  };
  held_while([&] { fs::resize_file(folder / "f", 0); });
  held_while([&] { fs::resize_file(folder / "f", 4096); });
  held_while([&] { write(folder / "f", std::string(500000, 'y')); });
  held_while([&] { fs::remove(folder / "f"); });
  held_while([&] {
    write(folder / "g", content);
    fs::rename(folder / "g", folder / "f");
  });
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) <= 1);
}
#endif

TEST_CASE("a mapping outlives the object") {
  const TemporaryFolder folder;
  write(folder / "f", "content");
  std::optional<files::HeldFile> held(folder / "f");
  const files::HeldFile moved(std::move(*held));
  std::optional<files::Mapped> mapped(moved);
  held.reset();
  const files::Mapped last(std::move(*mapped));
  mapped.reset();
  CHECK(last.bytes() == "content");
}

TEST_CASE("what cannot be held") {
  const TemporaryFolder folder;
  write(folder / "f", "x");
  CHECK(error_of([&] { files::HeldFile(folder / "none"); }) == ErrorCode::not_found);
  CHECK(error_of([&] { files::HeldFile(folder / "f" / "in a file"); }) == ErrorCode::not_found);
#ifndef _WIN32
  CHECK(error_of([&] { files::HeldFile(folder.path()); }) == ErrorCode::bad_input);
#endif
}

TEST_CASE("marks of files") {
  const TemporaryFolder folder;
  write(folder / "f", "x");
  write(folder / "g", "x");
  const auto f = files::mark_of(folder / "f"), g = files::mark_of(folder / "g");
  REQUIRE(f);
  REQUIRE(g);
  CHECK(f == files::mark_of(folder / "f"));
  CHECK(f->same_file(*f));
  CHECK_FALSE(f->same_file(*g));
  CHECK_FALSE(files::mark_of(folder / "none"));
  fs::rename(folder / "f", folder / "h");
  CHECK(files::mark_of(folder / "h")->same_file(*f));
}

}  // namespace
}  // namespace kalima

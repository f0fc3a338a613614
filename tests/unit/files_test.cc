#include "support/files.h"

#include <atomic>
#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

#include "support/file_parts.h"
#include "support/folder_lock.h"
#include "support/mapped.h"
#include "testing.h"

using namespace kalima;
using testing::error_of;
using testing::TemporaryFolder;
namespace fs = std::filesystem;

TEST_CASE("a file is read as it was written") {
  const TemporaryFolder folder;
  using namespace std::string_literals;
  for (const std::string& bytes : {""s, "x"s, "a\0b\r\n\x1A\xFF"s, std::string(200'000, 'k')}) {
    files::write_durably(folder / "f", bytes);
    CHECK(files::read(folder / "f") == bytes);
    CHECK(files::Mapped(folder / "f").bytes() == bytes);
  }
}

TEST_CASE("a file is written and read in parts") {
  const TemporaryFolder folder;
  const std::string part(100'000, 'k');
  files::OutputFile out(folder / "f");
  for (int i = 0; i < 3; ++i) out.write(part);
  out.finish();
  files::InputFile in(folder / "f", 3 * part.size());
  CHECK(in.size() == 3 * part.size());
  std::string all;
  for (std::string_view bytes; !(bytes = in.read(70'000)).empty();) all += bytes;
  CHECK(all == part + part + part);
  CHECK(error_of([&] { files::InputFile(folder / "f", 3 * part.size() - 1); }) == ErrorCode::too_large);
  CHECK(error_of([&] { files::OutputFile(folder.path()); }) == ErrorCode::io);
  CHECK(files::read_start(folder / "f", 3) == "kkk");
}

TEST_CASE("a file that grows while it is read is not read beyond its limit") {
  const TemporaryFolder folder;
  files::write_durably(folder / "f", "abc");
  files::InputFile in(folder / "f", 3);
  std::ofstream(folder / "f", std::ios::app) << "d";
  CHECK(error_of([&] { in.read(10); }) == ErrorCode::too_large);
}

TEST_CASE("files have the same bytes or not") {
  const TemporaryFolder folder;
  const std::string long_text(3'000'000, 'k');
  files::write_durably(folder / "a", long_text + "a");
  files::write_durably(folder / "same", long_text + "a");
  files::write_durably(folder / "other", long_text + "b");
  files::write_durably(folder / "longer", long_text + "ab");
  CHECK(files::same_bytes(folder / "a", folder / "same"));
  for (const char* name : {"other", "longer"}) {
    CHECK(!files::same_bytes(folder / "a", folder / name));
    CHECK(!files::same_bytes(folder / name, folder / "a"));
  }
}

TEST_CASE("a missing file is not found, an unreadable file is an error of the system") {
  const TemporaryFolder folder;
  CHECK(error_of([&] { files::read(folder / "none"); }) == ErrorCode::not_found);
  CHECK(error_of([&] { files::Mapped(folder / "none"); }) == ErrorCode::not_found);
  CHECK(error_of([&] { files::sync(folder / "none"); }) == ErrorCode::not_found);
  CHECK(error_of([&] { files::replace(folder / "none", folder / "to"); }) == ErrorCode::not_found);
  CHECK(error_of([&] { files::read(folder.path()); }) == ErrorCode::bad_input);
  CHECK(error_of([&] { files::write_durably(folder.path(), "x"); }) == ErrorCode::io);
  CHECK(error_of([&] { files::write_durably(folder / "none/f", "x"); }) == ErrorCode::not_found);
  CHECK(testing::message_of([&] { files::read(folder / "none"); }).find("none") != std::string::npos);
}

TEST_CASE("replace puts one file in the place of another") {
  const TemporaryFolder folder;
  files::write_durably(folder / "old", "old");
  files::write_durably(folder / "new", "new");
  files::replace(folder / "new", folder / "old");
  CHECK(files::read(folder / "old") == "new");
  CHECK_FALSE(fs::exists(folder / "new"));
}

TEST_CASE("remove_all accepts files, folders and missing paths") {
  const TemporaryFolder folder;
  fs::create_directories(folder / "a/b");
  files::write_durably(folder / "a/b/c", "x");
  files::remove_all(folder / "a");
  CHECK_FALSE(fs::exists(folder / "a"));
  CHECK_NOTHROW(files::remove_all(folder / "a"));
}

TEST_CASE("names are UTF-8") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / files::path_from_utf8("سورة ١.txt");
  CHECK(files::to_utf8(path.filename()) == "سورة ١.txt");
  files::write_durably(path, "x");
  CHECK(files::read(path) == "x");
}

TEST_CASE("a mapping stays when the file's name goes") {
  const TemporaryFolder folder;
  files::write_durably(folder / "f", "content");
  const files::Mapped mapped(folder / "f");
  files::remove_all(folder / "f");
  CHECK(mapped.bytes() == "content");
}

TEST_CASE("one holds a folder's lock at a time") {
  const TemporaryFolder folder;
  std::optional<files::FolderLock> first(std::in_place, folder.path());
  std::atomic<bool> got = false;
  std::thread second([&] {
    const files::FolderLock lock(folder.path());
    got = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK_FALSE(got.load());
  first.reset();
  second.join();
  CHECK(got.load());
  CHECK(fs::is_empty(folder.path()));
  CHECK(error_of([&] { files::FolderLock(folder / "none"); }) == ErrorCode::not_found);
}

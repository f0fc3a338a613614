#include "support/scratch.h"

#include <string>

#include "support/files.h"
#include "testing.h"

using namespace kalima;
using testing::error_of;
using testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

std::size_t entries(const fs::path& folder) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a scratch name is the target's with eight hexadecimal digits") {
  const fs::path target = "a/quran.db";
  CHECK(files::is_scratch_name(target, "quran.db.new-0123abcd"));
  for (const char* name :
       {"quran.db", "quran.db.new-", "quran.db.new-0123abc", "quran.db.new-0123abcd5",
        "quran.db.new-0123abcg", "quran.db.new-0123ABCD", "xquran.db.new-0123abcd", "other.new-0123abcd"}) {
    CHECK_FALSE(files::is_scratch_name(target, name));
  }
}

TEST_CASE("a scratch folder goes with all it holds, and with the folders that were made for it") {
  const TemporaryFolder folder;
  {
    const files::Scratch scratch(folder / "a/b/c");
    files::write_durably(scratch / "x", "x");
    CHECK(scratch.path().parent_path() == folder / "a/b");
    files::Scratch moved(files::Scratch(folder / "a/b/d"));
    CHECK(entries(folder / "a/b") == 2);
  }
  CHECK(entries(folder.path()) == 0);
}

TEST_CASE("one makes a target alone, and leaves what others make") {
  const TemporaryFolder folder;
  {
    const auto first = files::Scratch::alone(folder / "t");
    REQUIRE(first);
    CHECK_FALSE(files::Scratch::alone(folder / "t"));
    CHECK(files::Scratch::alone(folder / "other"));
    const files::Scratch beside(folder / "t");
    CHECK(fs::exists(first->path()));
  }
  CHECK(files::Scratch::alone(folder / "t"));
  CHECK(entries(folder.path()) == 0);
}

TEST_CASE("what a process has left goes, what it cannot have left stays") {
  const TemporaryFolder folder;
  fs::create_directories(folder / "t.new-00000000/deep");
  files::write_durably(folder / "t.new-00000000/in-use", "");
  fs::create_directory(folder / "t.new-00000001");  // it was killed before the file was there
  fs::create_directory(folder / "t.new-00000002");
  files::write_durably(folder / "t.new-00000002/mine", "");
  files::write_durably(folder / "t.new-00000003", "");
  { const files::Scratch scratch(folder / "t"); }
  CHECK_FALSE(fs::exists(folder / "t.new-00000000"));
  CHECK_FALSE(fs::exists(folder / "t.new-00000001"));
  CHECK(fs::exists(folder / "t.new-00000002/mine"));
  CHECK(fs::exists(folder / "t.new-00000003"));
}

TEST_CASE("a new file is complete or not there, and takes no other's place") {
  const TemporaryFolder folder;
  {
    files::NewFile file(folder / "f");
    files::write_durably(file.path(), "content");
    CHECK_FALSE(fs::exists(folder / "f"));
    file.put_in_place();
  }
  CHECK(files::read(folder / "f") == "content");
  CHECK(entries(folder.path()) == 1);
  CHECK(error_of([&] { files::NewFile(folder / "f"); }) == ErrorCode::bad_input);
  CHECK(error_of([&] { files::NewFile(folder.path()); }) == ErrorCode::bad_input);
  CHECK(error_of([&] { files::NewFile(folder / "none/f"); }) == ErrorCode::not_found);
  files::NewFile late(folder / "g");
  files::write_durably(late.path(), "late");
  files::write_durably(folder / "g", "of another");
  CHECK(error_of([&] { late.put_in_place(); }) == ErrorCode::bad_input);
  CHECK(files::read(folder / "g") == "of another");
}

TEST_CASE("a new folder may be there when it is empty") {
  const TemporaryFolder folder;
  fs::create_directory(folder / "there");
  for (const char* name : {"there", "not/there"}) {
    {
      files::NewFolder made(folder / name);
      fs::create_directory(made.path() / "a");
      files::write_durably(made.path() / "a/b", "x");
      made.put_in_place();
    }
    CHECK(entries(folder / name) == 1);
    CHECK(files::read(folder / name / "a/b") == "x");
    CHECK(error_of([&] { files::NewFolder(folder / name); }) == ErrorCode::bad_input);
  }
}

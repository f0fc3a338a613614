#include "support/open_file.h"

#include <doctest/doctest.h>

#ifndef _WIN32
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#endif

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "support/file_mark.h"
#include "support/files.h"
#include "support/mapped.h"
#include "support/mapped_ranges.h"
#include "testing.h"

namespace fs = std::filesystem;

namespace kalima {
namespace {

using testing::error_of;
using testing::TemporaryFolder;

std::string content_of(const files::OpenFile& file) {
  std::string content;
  file.each_block([&](std::string_view block) { content += block; });
  return content;
}

void write(const fs::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

TEST_CASE("an open file is read from the first to the last byte") {
  const TemporaryFolder folder;
  for (const std::size_t size : std::initializer_list<std::size_t>{0, 1, 4096, 262144, 1000003}) {
    std::string content(size, '\0');
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 31 >> 3);
    write(folder / "f", content);
    const files::OpenFile file(folder / "f");
    CHECK(content_of(file) == content);
    CHECK(content_of(file) == content);  // again from the beginning
    const files::Mapped mapped(file);
    CHECK(mapped.bytes() == content);
    CHECK(mapped.complete());
    CHECK(file.unchanged());
    CHECK(file.mark().size == size);
    CHECK(file.mark() == files::mark_of(folder / "f"));
    CHECK(file.path() == folder / "f");
  }
}

#ifndef _WIN32

constexpr std::size_t long_enough = 500000;

// Longer than the clocks of file systems take from one tick to the next.
void wait_for_the_clock() { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }

TEST_CASE("whatever is written into an open file is noticed") {
  const TemporaryFolder folder;
  const auto noticed_after = [&](auto change) {
    write(folder / "f", std::string(long_enough, 'x'));
    const files::OpenFile file(folder / "f");
    wait_for_the_clock();
    CHECK(file.unchanged());
    change(folder / "f");
    CHECK_FALSE(file.unchanged());
  };
  const auto overwrite = [](const fs::path& path) { write(path, std::string(long_enough, 'y')); };
  noticed_after([](const fs::path& path) { fs::resize_file(path, 0); });
  noticed_after([](const fs::path& path) { fs::resize_file(path, 4096); });
  noticed_after(overwrite);
  noticed_after([&](const fs::path& path) {
    const auto before = fs::last_write_time(path);
    overwrite(path);
    fs::last_write_time(path, before);
  });
  // It may be that another content was written before this.
  noticed_after([](const fs::path& path) { fs::last_write_time(path, fs::file_time_type::clock::now()); });
  // It has lost its name, and is written to by somebody who has it open.
  noticed_after([](const fs::path& path) {
    std::ofstream out(path, std::ios::binary | std::ios::in);
    fs::remove(path);
    out << "y";
  });
}

TEST_CASE("an open file that was removed or replaced is as it was") {
  const TemporaryFolder folder;
  const std::string content(long_enough, 'x');
  const auto same_after = [&](auto change) {
    write(folder / "f", content);
    const files::OpenFile file(folder / "f");
    const files::Mapped mapped(file);
    wait_for_the_clock();
    change();
    CHECK(file.unchanged());
    CHECK(mapped.bytes() == content);
    CHECK(mapped.complete());
    CHECK(files::mark_of(folder / "f") != file.mark());
  };
  same_after([&] { fs::remove(folder / "f"); });
  same_after([&] {
    write(folder / "g", std::string(long_enough, 'y'));
    fs::rename(folder / "g", folder / "f");
  });
}

TEST_CASE("zeros are read instead of what was cut off") {
  const TemporaryFolder folder;
  for (const std::size_t left : std::initializer_list<std::size_t>{0, 5000, long_enough / 2}) {
    CAPTURE(left);
    write(folder / "f", std::string(long_enough, 'x'));
    write(folder / "g", std::string(long_enough, 'y'));
    const files::OpenFile first(folder / "f"), second(folder / "g");
    const files::Mapped cut(first), whole(second);
    fs::resize_file(folder / "f", left);
    // Many threads find it at once.
    std::vector<std::string> read(4);
    std::vector<std::thread> threads;
    for (std::string& copy : read) threads.emplace_back([&] { copy = cut.bytes(); });
    for (std::thread& thread : threads) thread.join();
    for (const std::string& copy : read) {
      CHECK(copy.size() == long_enough);
      CHECK(copy.substr(0, left) == std::string(left, 'x'));
      CHECK(std::ranges::all_of(copy.substr(left), [](char c) { return c == '\0'; }));
    }
    CHECK_FALSE(cut.complete());
    CHECK(whole.bytes() == std::string(long_enough, 'y'));
    CHECK(whole.complete());
  }
  // The next mapping may get the place of one that was closed.
  const files::OpenFile file(folder / "g");
  const files::Mapped whole(file);
  CHECK(whole.complete());
}

// Whether a copy of this process comes to the end of what it is to do.
template <typename Do>
bool survives(Do what) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit none{};
    ::setrlimit(RLIMIT_CORE, &none);
    what();
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_CASE("memory that nobody asks about, and a signal that somebody sends, end the program as before") {
  const TemporaryFolder folder;
  write(folder / "f", std::string(long_enough, 'x'));
  const files::OpenFile file(folder / "f");
  const files::Mapped asked(file), unasked(folder / "f");
  fs::resize_file(folder / "f", 0);
  const auto read_end_of = [](const files::Mapped& mapped) {
    volatile char last = mapped.bytes().back();
    (void)last;
  };
  CHECK(survives([&] { read_end_of(asked); }));
  CHECK(asked.complete());  // only the copy of this process has read it
  CHECK_FALSE(survives([&] { read_end_of(unasked); }));
  CHECK_FALSE(survives([] { ::raise(SIGBUS); }));
}

TEST_CASE("the range of an address is found as long as it is mapped") {
  const std::string memory(100, 'x');
  const auto at = [&](std::size_t place) { return reinterpret_cast<std::uintptr_t>(memory.data()) + place; };
  CHECK(files::MappedRange::of(at(0)) == nullptr);
  files::MappedRange* const range = files::MappedRange::add(memory.data(), memory.size());
  CHECK(files::MappedRange::of(at(0)) == range);
  CHECK(files::MappedRange::of(at(99)) == range);
  CHECK(files::MappedRange::of(at(100)) == nullptr);
  CHECK(range->complete());
  range->note_missing();
  CHECK_FALSE(range->complete());
  files::MappedRange::remove(range);
  CHECK(files::MappedRange::of(at(0)) == nullptr);
}

#endif

TEST_CASE("a mapping outlives the object") {
  const TemporaryFolder folder;
  write(folder / "f", "content");
  std::optional<files::OpenFile> file(folder / "f");
  const files::OpenFile moved(std::move(*file));
  CHECK(moved.unchanged());
  std::optional<files::Mapped> mapped(moved);
  file.reset();
  const files::Mapped last(std::move(*mapped));
  mapped.reset();
  CHECK(last.bytes() == "content");
  CHECK(last.complete());
}

TEST_CASE("what cannot be opened") {
  const TemporaryFolder folder;
  write(folder / "f", "x");
  CHECK(error_of([&] { files::OpenFile(folder / "none"); }) == ErrorCode::not_found);
  CHECK(error_of([&] { files::OpenFile(folder / "f" / "in a file"); }) == ErrorCode::not_found);
#ifndef _WIN32
  CHECK(error_of([&] { files::OpenFile(folder.path()); }) == ErrorCode::bad_input);
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

#include "app/seal.h"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>

#include "support/error.h"
#include "support/files.h"
#include "testing.h"

namespace fs = std::filesystem;

namespace kalima::app {
namespace {

std::optional<ErrorCode> error_with(const fs::path& folder, const files::OpenFile& part) {
  return testing::error_of([&] { require_sealed(folder, {{"part", part}}, Verification::of_everything); });
}

TEST_CASE("A part that is touched while it is read is not a damaged one") {
  const testing::TemporaryFolder folder;
  const fs::path part = folder / "part";
  files::write_durably(part, "bytes");
  seal(folder.path(), {"part"});
  const files::OpenFile before(part);
  CHECK(error_with(folder.path(), before) == std::nullopt);

  // The clock of the file system moves on by some milliseconds at a time.
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  fs::last_write_time(part, fs::last_write_time(part) + std::chrono::seconds(5));
  CHECK(error_with(folder.path(), before) == ErrorCode::conflict);
  CHECK(error_with(folder.path(), files::OpenFile(part)) == std::nullopt);

  files::write_durably(part, "other");
  CHECK(error_with(folder.path(), files::OpenFile(part)) == ErrorCode::bad_input);
}

}  // namespace
}  // namespace kalima::app

#include "support/folder_lock.h"

#include <chrono>
#include <system_error>
#include <thread>

#include "support/stop.h"
#include "support/system_file.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

namespace kalima::files {
namespace fs = std::filesystem;
namespace {

constexpr std::chrono::seconds max_wait(30);

}  // namespace

#ifdef _WIN32
FolderLock::FolderLock(const fs::path& folder)
    : mutex_(CreateMutexW(nullptr, FALSE, L"Local\\kalima-folder")) {
  if (mutex_ == nullptr) fail("cannot lock", folder, last_error());
  // A mutex abandoned by a process that ended (WAIT_ABANDONED) is ours too.
  if (const DWORD waited =
          WaitForSingleObject(mutex_, static_cast<DWORD>(std::chrono::milliseconds(max_wait).count()));
      waited != WAIT_FAILED && waited != WAIT_TIMEOUT)
    return;
  const std::error_code why = last_error();
  CloseHandle(mutex_);
  fail("cannot lock", folder, why);
}

FolderLock::~FolderLock() {
  ReleaseMutex(mutex_);
  CloseHandle(mutex_);
}
#else
FolderLock::FolderLock(const fs::path& folder)
    : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) fail("cannot lock", folder, last_error());
  // Each of ours is short; whoever holds one for longer is another program.
  const auto end = std::chrono::steady_clock::now() + max_wait;
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const std::error_code why = last_error();
    if ((why == std::errc::interrupted || why == std::errc::resource_unavailable_try_again) &&
        std::chrono::steady_clock::now() < end && stop::requested() == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      continue;
    }
    ::close(descriptor_);
    stop::check();
    fail("cannot lock", folder, why);
  }
}

FolderLock::~FolderLock() { ::close(descriptor_); }
#endif

}  // namespace kalima::files

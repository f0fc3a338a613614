#include "app/browser.h"

#include <fmt/format.h>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
// After windows.h.
#include <shellapi.h>
#else
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <string_view>

extern char** environ;
#endif

namespace kalima::app {

#ifdef _WIN32
bool open_browser(const std::string& url) {
  const std::wstring wide(url.begin(), url.end());  // an address is ASCII
  const HINSTANCE answer = ShellExecuteW(nullptr, L"open", wide.c_str(), nullptr, nullptr, SW_SHOWNORMAL);
  return reinterpret_cast<INT_PTR>(answer) > 32;  // the documented sign of success
}
#else
namespace {

// The path of the program that opens an address; empty if there is none.
std::string opener() {
#ifdef __APPLE__
  return "/usr/bin/open";
#else
  const auto is_set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  if ((!is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY")) || !is_set("PATH")) return {};
  std::string_view folders = std::getenv("PATH");
  while (!folders.empty()) {
    const std::size_t end = folders.find(':');
    const std::string_view folder = folders.substr(0, end);
    folders = end == std::string_view::npos ? std::string_view{} : folders.substr(end + 1);
    // A relative folder would depend on where the program was started.
    if (!folder.starts_with('/')) continue;
    std::string program = fmt::format("{}/xdg-open", folder);
    if (::access(program.c_str(), X_OK) == 0) return program;
  }
  return {};
#endif
}

// How the child starts: silent, and without the server's signal settings and process group, so that Ctrl-C
// ends only the server.
class SpawnSettings {
 public:
  SpawnSettings() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes_);
    sigset_t none, ignored;
    sigemptyset(&none);
    sigemptyset(&ignored);
    for (const int signal : {SIGCHLD, SIGPIPE, SIGXFSZ}) sigaddset(&ignored, signal);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &ignored);
    posix_spawnattr_setpgroup(&attributes_, 0);
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
    // Files that libraries (Xapian) open without close-on-exec are not inherited.
#if defined(__APPLE__)
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#elif defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 34)
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
#endif
#endif
    posix_spawnattr_setflags(&attributes_, flags);
  }
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

bool open_browser(const std::string& url) {
  std::string program = opener(), address = url;
  if (program.empty()) return false;
  std::signal(SIGCHLD, SIG_IGN);  // the system then removes ended children by itself
  const SpawnSettings settings;
  const std::array<char*, 3> arguments{program.data(), address.data(), nullptr};
  pid_t child = 0;
  return posix_spawn(&child, program.c_str(), settings.actions(), settings.attributes(), arguments.data(),
                     environ) == 0;
}
#endif

std::string server_address(const std::string& host, int port) {
  const bool bare_ipv6 = host.find(':') != std::string::npos && !host.starts_with('[');
  return fmt::format("http://{}{}{}:{}/", bare_ipv6 ? "[" : "", host, bare_ipv6 ? "]" : "", port);
}

std::string browser_address(const std::string& host, int port) {
  if (host == "0.0.0.0") return server_address("127.0.0.1", port);
  return server_address(host == "::" || host == "[::]" ? "::1" : host, port);
}

}  // namespace kalima::app

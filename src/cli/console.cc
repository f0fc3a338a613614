#include "cli/console.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <cstdio>
#else
#include <fcntl.h>
#include <unistd.h>

#include <initializer_list>
#endif

namespace kalima::cli {

#ifdef _WIN32
void open_closed_streams() {}

namespace {

void allow_sequences(DWORD which) {
  const HANDLE console = GetStdHandle(which);
  DWORD mode = 0;
  if (GetConsoleMode(console, &mode)) SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

// In a shell's window the shell is a second process.
bool window_of_its_own() {
  DWORD processes[2];
  DWORD mode = 0;
  return GetConsoleProcessList(processes, 2) == 1 && GetConsoleMode(GetStdHandle(STD_INPUT_HANDLE), &mode) &&
         GetConsoleMode(GetStdHandle(STD_ERROR_HANDLE), &mode);
}

}  // namespace

Console::Console() : former_code_page_(GetConsoleOutputCP()) {
  SetConsoleOutputCP(CP_UTF8);
  allow_sequences(STD_OUTPUT_HANDLE);
  allow_sequences(STD_ERROR_HANDLE);
}

Console::~Console() {
  if (former_code_page_ != 0) SetConsoleOutputCP(former_code_page_);
}

void Console::finish(int exit_code) const {
  if (exit_code == 0 || !window_of_its_own()) return;
  std::fputs("\nPress Enter to close this window.", stderr);
  std::fflush(stderr);
  std::getchar();
}
#else
void open_closed_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) >= 0) continue;
    // open() returns the lowest free number, which is this one. Messages may be lost, output may not.
    const int opened = open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY);
    if (opened >= 0 && opened != stream) close(opened);
  }
}

Console::Console() = default;
Console::~Console() = default;
void Console::finish(int) const {}
#endif

}  // namespace kalima::cli

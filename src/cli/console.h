// The window that the program is shown in.
#pragma once

namespace kalima::cli {

// Gives the program a place for each of the three standard streams that it was started without, so that no file that it
// opens becomes one of them. A write to standard output fails then. Call first in main().
void open_closed_streams();

// While one lives, text is readable on a Windows console: UTF-8, and the sequences that change a line. A window that a
// double click opened for this program alone stays open after an error until Enter, so that the message can be read.
// Nothing of this is needed elsewhere. One at a time, on the main thread.
class Console {
 public:
  Console();
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // Before the program ends with this exit code.
  void finish(int exit_code) const;

#ifdef _WIN32
 private:
  unsigned former_code_page_ = 0;
#endif
};

}  // namespace kalima::cli

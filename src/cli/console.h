// The console window of the program.
#pragma once

namespace kalima::cli {

// Gives the program a place for each of the three standard streams that it was started without, so that no file that it
// opens becomes one of them. A write to standard output fails then. Call first in main().
void open_closed_streams();

// While this object lives, text is readable on a Windows console: UTF-8, and sequences that change a line. A
// window that a double click opened only for this program stays open after an error until Enter, so that the
// message can be read. Other systems do not need this. One at a time, on the main thread.
class Console {
 public:
  Console();
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // Call before the program ends with this exit code.
  void finish(int exit_code) const;

#ifdef _WIN32
 private:
  unsigned former_code_page_ = 0;
#endif
};

}  // namespace kalima::cli

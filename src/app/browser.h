// The user's browser.
#pragma once

#include <string>

namespace kalima::app {

// Has the desktop open `url` in its browser: `open` on macOS, the shell's handler on Windows, elsewhere
// `xdg-open` when there is a display (DISPLAY or WAYLAND_DISPLAY). False when there is no desktop or nothing
// that opens it; whether a window appears is not known. Does not wait. From then on the process is not told
// of children that end, so that none stays behind; it must wait for no other.
bool open_browser(const std::string& url);

// Where a server that listens on `host` is: "http://127.0.0.1:8080/", "http://[::1]:8080/".
std::string server_address(const std::string& host, int port);
// What to open for a server that listens on `host`: "http://127.0.0.1:8080/" for 0.0.0.0 and for 127.0.0.1.
std::string browser_address(const std::string& host, int port);

}  // namespace kalima::app

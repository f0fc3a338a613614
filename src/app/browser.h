// The user's browser.
#pragma once

#include <string>

namespace kalima::app {

// Asks the desktop to open `url` in its browser: `open` on macOS, the shell's handler on Windows, elsewhere
// `xdg-open` if there is a display (DISPLAY or WAYLAND_DISPLAY). False if there is no desktop or no such
// program; it cannot know whether a window appears. Does not wait. Afterwards the process ignores SIGCHLD, so
// that ended children leave no zombies; it must not wait for other children.
bool open_browser(const std::string& url);

// The address of a server that listens on `host`: "http://127.0.0.1:8080/", "http://[::1]:8080/".
std::string server_address(const std::string& host, int port);
// The address to open for a server that listens on `host`: "http://127.0.0.1:8080/" for 0.0.0.0 and for
// 127.0.0.1.
std::string browser_address(const std::string& host, int port);

}  // namespace kalima::app

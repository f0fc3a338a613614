// Ctrl-C and the service manager's request to stop.
#pragma once

namespace kalima::app {

// Makes a full file or a reader that went away an error of the write, which is handled, not the end of the process. Call
// first in main().
void ignore_write_signals();

// From then on Ctrl-C, SIGTERM and SIGHUP (as far as they were not ignored) are requests that support/stop.h tells, and do
// not end the process. For commands that end by themselves. Call before any thread is started.
void catch_stop_requests();
// How a user knows the signal that such a request came by.
const char* name_of_stop(int signal);

// For the server. Call before any thread is started: from then on these requests do not end the process by
// themselves but are seen by wait_for_stop().
void catch_stop_signals();
// Returns when a stop was requested, by the user or by request_stop(). One thread.
void wait_for_stop();
// Makes wait_for_stop() return. Any thread.
void request_stop();

}  // namespace kalima::app

// Ctrl-C and the service manager's request to stop.
#pragma once

namespace kalima::app {

// Turns a full disk or a reader that has gone into an error of the write, which is handled, instead of the
// end of the process. Call first in main().
void ignore_write_signals();

// From then on Ctrl-C, SIGTERM and SIGHUP (if they were not ignored) are requests that support/stop.h tells, and do
// not end the process. For commands that end by themselves. Call before any thread is started.
void catch_stop_requests();
// How a user knows the signal that such a request came by.
const char* name_of_stop(int signal);

// For the server. Call before any thread is started: from then on these requests do not end the process by
// themselves; wait_for_stop() receives them.
void catch_stop_signals();
// Returns when a stop was requested, by the user or by request_stop(). Threads: one.
void wait_for_stop();
// Makes wait_for_stop() return. Threads: any.
void request_stop();

}  // namespace kalima::app

#include "app/stop_signal.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <condition_variable>
#include <mutex>
#else
#include <pthread.h>
#include <unistd.h>
#endif

#include <csignal>
#include <initializer_list>

#include "support/stop.h"

namespace kalima::app {

#ifdef _WIN32
namespace {

std::mutex mutex;
std::condition_variable changed;
bool stopping = false;

BOOL WINAPI on_console_event(DWORD event) {
  stop::request(event == CTRL_C_EVENT ? SIGINT : SIGTERM);
  request_stop();
  // After Ctrl-C and Ctrl-Break the program continues and ends by itself. When the window is closed or the
  // user logs off, the system ends it as soon as this returns; until then there are a few seconds to end in
  // order.
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) Sleep(INFINITE);
  return TRUE;
}

}  // namespace

void ignore_write_signals() {}

void catch_stop_requests() { SetConsoleCtrlHandler(on_console_event, TRUE); }

void catch_stop_signals() { SetConsoleCtrlHandler(on_console_event, TRUE); }

void wait_for_stop() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [] { return stopping; });
}

void request_stop() {
  {
    const std::lock_guard lock(mutex);
    stopping = true;
  }
  changed.notify_all();
}
#else
namespace {

bool ignored(int signal) {
  struct sigaction now {};
  return sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  // Under nohup the program outlives its terminal.
  if (!ignored(SIGHUP)) sigaddset(&set, SIGHUP);
  return set;
}

extern "C" void on_stop_signal(int signal) { stop::request(signal); }

}  // namespace

void ignore_write_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void catch_stop_requests() {
  struct sigaction action {};
  action.sa_handler = on_stop_signal;
  sigemptyset(&action.sa_mask);
  // Without SA_RESTART, so that a write that waits for a reader ends.
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    if (!ignored(signal)) sigaction(signal, &action, nullptr);
  }
}

void catch_stop_signals() {
  // Blocked here, the signals stay blocked in every thread started later; only sigwait receives them.
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void wait_for_stop() {
  const sigset_t set = stop_signals();
  int signal = 0;
  while (sigwait(&set, &signal) != 0) {
  }
}

void request_stop() { kill(getpid(), SIGTERM); }
#endif

const char* name_of_stop(int signal) {
  if (signal == SIGINT) return "Ctrl-C";
  return signal == SIGTERM ? "SIGTERM" : "SIGHUP";
}

}  // namespace kalima::app

#include "support/mapped_ranges.h"

#include <mutex>

#ifndef _WIN32
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#ifdef __linux__
#include <sys/syscall.h>
#endif
#endif

namespace kalima::files {
namespace {

// All ranges that there have ever been; none is freed, because the handler may be looking at it.
std::atomic<MappedRange*> first_range;
std::mutex changing_ranges;

#ifndef _WIN32

static_assert(std::atomic<std::uintptr_t>::is_always_lock_free && std::atomic<bool>::is_always_lock_free &&
              std::atomic<MappedRange*>::is_always_lock_free);

struct sigaction former_action;
std::uintptr_t page_size;

bool put_zeros_at(std::uintptr_t page) {
  void* const address = reinterpret_cast<void*>(page);
#ifdef __linux__
  // Sanitizers replace mmap() by a function that a handler may not call.
  const long got =
      ::syscall(SYS_mmap, address, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  return got == static_cast<long>(page);
#else
  return ::mmap(address, page_size, PROT_READ, MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0) == address;
#endif
}

// Calls only what a handler may call.
extern "C" void on_bus_error(int signal, siginfo_t* about, void*) {
  const bool sent = about->si_code <= 0;  // by a process, not by the memory
  const int error = errno;
  const auto address = reinterpret_cast<std::uintptr_t>(about->si_addr);
  MappedRange* const range = sent ? nullptr : MappedRange::of(address);
  // Noted before anybody can read the zeros.
  if (range != nullptr) range->note_missing();
  if (range != nullptr && put_zeros_at(address & ~(page_size - 1))) {
    // The read is tried again.
  } else if (!sent || former_action.sa_handler != SIG_IGN) {
    // The same instruction is tried again, and has its former effect.
    ::sigaction(signal, &former_action, nullptr);
    if (sent) ::raise(signal);
  }
  errno = error;
}

void handle_bus_errors() {
  static std::once_flag once;
  std::call_once(once, [] {
    page_size = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    struct sigaction action {};
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    ::sigaction(SIGBUS, &action, &former_action);
  });
}

#else

void handle_bus_errors() {}

#endif

}  // namespace

MappedRange* MappedRange::add(const void* data, std::size_t size) {
  handle_bus_errors();
  const std::lock_guard lock(changing_ranges);
  MappedRange* range = first_range.load();
  while (range != nullptr && range->begin_.load() != 0) range = range->next_;
  const bool is_new = range == nullptr;
  if (is_new) {
    range = new MappedRange;
    range->next_ = first_range.load();
  }
  const auto begin = reinterpret_cast<std::uintptr_t>(data);
  range->complete_.store(true);
  range->end_.store(begin + size);
  range->begin_.store(begin);
  if (is_new) first_range.store(range);
  return range;
}

void MappedRange::remove(MappedRange* range) {
  const std::lock_guard lock(changing_ranges);
  range->end_.store(0);
  range->begin_.store(0);
}

MappedRange* MappedRange::of(std::uintptr_t address) {
  for (MappedRange* range = first_range.load(); range != nullptr; range = range->next_) {
    const std::uintptr_t begin = range->begin_.load();
    if (begin == 0 || address < begin || address >= range->end_.load()) continue;
    // If it was given to another mapping in between, the end may be of that one.
    if (range->begin_.load() == begin) return range;
  }
  return nullptr;
}

}  // namespace kalima::files

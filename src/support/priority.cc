#include "support/priority.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#elif defined(__APPLE__)
#include <pthread.h>
#include <sys/qos.h>
#elif defined(__linux__)
#include <sys/resource.h>
#endif

namespace kalima {

void lower_priority_of_this_thread() noexcept {
#ifdef _WIN32
  SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_BELOW_NORMAL);
#elif defined(__APPLE__)
  pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0);
#elif defined(__linux__)
  // On Linux, 0 is the calling thread.
  constexpr int lower = 10;
  setpriority(PRIO_PROCESS, 0, lower);
#endif
}

}  // namespace kalima

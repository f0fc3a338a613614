#include "support/memory.h"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace kalima {

void return_freed_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace kalima

// What the allocator keeps of the memory that was freed.
#pragma once

namespace kalima {

// Gives freed memory back to the system, where the allocator does not do so by itself (glibc). It looks at all that
// was allocated, which takes milliseconds: after work that needed much, not after each request.
// Threads: any. Nothing throws.
void return_freed_memory();

}  // namespace kalima

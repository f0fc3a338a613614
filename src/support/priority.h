// Lets long work give way to what somebody waits for.
#pragma once

namespace kalima {

// The system gives this thread the processor after others that want it. Where it cannot, nothing changes. Threads: its own.
void lower_priority_of_this_thread() noexcept;

}  // namespace kalima

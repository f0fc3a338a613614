// A test case that cannot run here says so, and is counted.
#pragma once

#include <string>

namespace kalima::testing {

// Reports the running test case as skipped: a line "SKIPPED: REASON" that tests/summary.py counts. The case returns
// after it, and calls it at most once.
void skip(const std::string& reason);

}  // namespace kalima::testing

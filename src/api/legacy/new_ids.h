// New ids in the format of the old server: "hyp-20261121-072519", "a-20261121-072519-001-YA". The old server
// gave two documents of the same second the same id; here the later one gets a number appended. Threads: use
// under the writer's lock.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace kalima::api::legacy {

class NewIds {
 public:
  std::string next(std::string_view prefix, std::chrono::system_clock::time_point now);

 private:
  struct Last {
    std::string stamp;
    int number = 0;
  };
  std::map<std::string, Last, std::less<>> last_;  // by prefix
};

}  // namespace kalima::api::legacy

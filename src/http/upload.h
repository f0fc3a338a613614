// The body of a request that goes to its receiver while it comes, instead of being kept in memory: multipart/form-data.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "http/message.h"

namespace kalima::http {

// Threads: one at a time.
class Upload {
 public:
  virtual ~Upload() = default;
  // The next bytes of the body. Must not throw: what is wrong is kept, and said by the answer to the whole request.
  virtual void add(std::string_view bytes) = 0;
};

// What becomes of a request whose head is here.
struct Admission {
  std::optional<Response> refusal;  // it will be refused whatever its body is
  std::shared_ptr<Upload>
      upload;  // what takes its body, if that is multipart/form-data and it is not refused
};

}  // namespace kalima::http

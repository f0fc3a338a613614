// Where a proxy shows the server: /quran for https://example.org/quran/. A request may come with this path before its own or,
// from a proxy that takes it away, without it. Every address that an answer names has it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace kalima::app {

// Why a text cannot be a base path, and what to write instead; empty if it can.
std::string problem_of_base_path(std::string_view text);

// Threads: any may use all of it.
class BasePath {
 public:
  // Of "quran", "/quran", "quran/" or "/quran/", or of an empty text: the server is shown at the root. Throws
  // Error(bad_input).
  explicit BasePath(std::string_view text);

  // "/quran", or empty.
  const std::string& text() const { return text_; }
  // The request without the base path; nullopt if it comes without it.
  std::optional<http::Request> without(const http::Request& request) const;
  // Puts it before the address to which the answer leads.
  void complete(http::Response& response) const;

 private:
  std::string text_;
};

}  // namespace kalima::app

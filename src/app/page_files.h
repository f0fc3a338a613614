#pragma once

#include <span>
#include <string_view>

namespace kalima::app {

// A file of the web page. Its bytes are a gzip file, except for a font's.
struct PageFile {
  std::string_view name;  // "ui/main.3f2a9c.js"
  std::string_view bytes;
};

// All of them; cmake/EmbedPage.cmake writes the function when the program is built.
std::span<const PageFile> page_files();

}  // namespace kalima::app

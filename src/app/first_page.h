// The page at `/` of a server without a frontend: what this is, requests to try, how to get the whole Quran
// in.
#pragma once

#include <cstddef>
#include <string>

namespace kalima::app {

// The command that imports a full corpus, with the names that its sources give their files. One place, for the page and
// for what the first start says.
std::string import_command();

// HTML, complete in itself. `starter`: the database is the starter corpus.
std::string first_page(std::size_t verses, bool starter);

}  // namespace kalima::app

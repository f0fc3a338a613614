// The page at `/` of a server without a frontend: what this is, requests to try, how to import the whole
// Quran.
#pragma once

#include <cstddef>
#include <string>

namespace kalima::app {

// The command that imports a full corpus, with the usual names of the published files. The page and the
// message of the first start use it.
std::string import_command();

// A complete HTML page. `starter`: the database is the starter corpus.
std::string first_page(std::size_t verses, bool starter);

}  // namespace kalima::app

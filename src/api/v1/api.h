// Kalima's own HTTP API, under /api/v1. Each file of this folder declares a group of routes (http/route.h) and answers
// them; the description that clients read, openapi.json, is made from these declarations.
#pragma once

#include <span>
#include <string_view>

#include "corpus/columns/core_file.h"
#include "http/route.h"
#include "http/router.h"
#include "research/desk.h"
#include "search/turns.h"
#include "search/word_file.h"
#include "store/corpus_reader.h"
#include "store/pool.h"

namespace kalima::api::v1 {

class ImportDesk;

inline constexpr std::string_view prefix = "/api/v1/";

// All members must outlive the routes.
struct Context {
  const columns::CoreFile& core;
  const search::WordFile& words;
  research::Desk& desk;
  search::Turns& turns;  // of searches
  // For what is read at once, however long searches take.
  store::Pool<store::CorpusReader>& readers;
  ImportDesk& imports;
  bool starter;                // the corpus is that which comes with the program
  std::string_view base_path;  // what comes before the addresses that answers name: "/quran", or empty
  // Routes of others that openapi.json describes too.
  std::span<const http::Operation> others;
};

void add_routes(http::Router& router, const Context& context);

}  // namespace kalima::api::v1

// A worker has what a search in terms needs: a Xapian database, which belongs to one thread at a time. As many of
// these searches run at once as there are workers; more wait. They are short, and take no turn (turns.h): nobody waits for long.
#pragma once

#include <cstddef>
#include <memory>

#include "index/term_index.h"
#include "store/pool.h"

namespace kalima::search {

struct Worker {
  explicit Worker(const index::TermFile& file) : terms(file.open()) {}

  std::unique_ptr<index::TermIndex> terms;
};

class WorkerPool : public store::Pool<Worker> {
 public:
  // Both outlive the pool.
  WorkerPool(store::DatabaseFile& file, const index::TermFile& terms, std::size_t size);
};

}  // namespace kalima::search

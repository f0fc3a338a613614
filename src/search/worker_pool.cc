#include "search/worker_pool.h"

namespace kalima::search {

WorkerPool::WorkerPool(store::DatabaseFile& file, const index::TermFile& terms, std::size_t size)
    : Pool(file, size, [&terms] { return std::make_unique<Worker>(terms); }) {}

}  // namespace kalima::search

// Whose turn it is to search: search/turns.h.
#include "search/turns.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "testing.h"

using namespace kalima;
using search::Turns;

namespace {

// Takes a turn on a thread of its own; once constructed, it waits in the queue, or has its turn.
class Waiting {
 public:
  template <typename Then>
  Waiting(Turns& turns, Then then)
      : thread_([this, &turns, then] {
          const Turns::Turn turn = turns.take([this] {
            waits_ = true;
            return given_up_.load();
          });
          then();
          waits_ = true;
        }) {
    while (!waits_) std::this_thread::yield();
  }
  ~Waiting() { thread_.join(); }

  void give_up() { given_up_ = true; }

 private:
  std::atomic<bool> waits_ = false, given_up_ = false;
  std::thread thread_;
};

bool never() { return false; }

}  // namespace

TEST_CASE("turns come in the order in which they were asked for") {
  constexpr int waiters = 8;
  Turns turns(1);
  std::vector<int> order;  // of whoever has the turn
  std::vector<std::unique_ptr<Waiting>> waiting;
  {
    const Turns::Turn mine = turns.take(never);
    for (int i = 0; i < waiters; ++i)
      waiting.push_back(std::make_unique<Waiting>(turns, [&order, i] { order.push_back(i); }));
  }
  waiting.clear();
  CHECK(order == std::vector{0, 1, 2, 3, 4, 5, 6, 7});
}

TEST_CASE("whoever asks again at once comes after those who wait") {
  constexpr int rounds = 200;
  int overtaken = 0;
  for (int round = 0; round < rounds; ++round) {
    Turns turns(1);
    bool was_called = false;
    {
      std::unique_ptr<Waiting> waiting;
      {
        const Turns::Turn first = turns.take(never);
        waiting = std::make_unique<Waiting>(turns, [&] { was_called = true; });
      }
      const Turns::Turn second = turns.take(never);
      if (!was_called) ++overtaken;
    }
  }
  CHECK(overtaken == 0);
}

TEST_CASE("who gives up leaves the queue to the others") {
  Turns turns(1);
  std::atomic<bool> second_ran = false;
  {
    std::unique_ptr<Waiting> gone, second;
    const Turns::Turn mine = turns.take(never);
    gone = std::make_unique<Waiting>(turns, [] {});
    second = std::make_unique<Waiting>(turns, [&] { second_ran = true; });
    gone->give_up();
    gone.reset();  // returns without a turn
    CHECK(!second_ran);
  }
  CHECK(second_ran);
  CHECK_NOTHROW(turns.take(never));
}

TEST_CASE("as many have a turn at once as there are turns") {
  Turns turns(3);
  std::vector<Turns::Turn> mine;
  for (int i = 0; i < 3; ++i) mine.push_back(turns.take(never));
  bool asked = false;
  turns.take([&] { return asked = true; });
  CHECK(asked);
  mine.pop_back();
  asked = false;
  turns.take([&] { return asked = true; });
  CHECK(!asked);
}

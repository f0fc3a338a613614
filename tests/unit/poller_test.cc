#include "http/poller.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <vector>

using namespace kalima::http;
using namespace std::chrono_literals;

namespace {

std::vector<std::uint64_t> events_of(Poller& poller, std::chrono::milliseconds time) {
  std::vector<std::uint64_t> keys;
  poller.wait(keys, time);
  std::ranges::sort(keys);
  return keys;
}

}  // namespace

TEST_CASE("poller: an armed socket gives one event") {
  for (const bool portable : {false, true}) {
    CAPTURE(portable);
    const std::unique_ptr<Poller> poller = portable ? Poller::make_portable() : Poller::make();
    using Keys = std::vector<std::uint64_t>;
    Bell first, second;
    REQUIRE(poller->add(first.listening_end(), 7));
    REQUIRE(poller->add(second.listening_end(), 8));
    first.ring();
    CHECK(events_of(*poller, 0ms).empty());  // not armed
    poller->arm(first.listening_end(), 7, Poller::Until::readable);
    poller->arm(second.listening_end(), 8, Poller::Until::readable);
    CHECK(events_of(*poller, 10s) == Keys{7});
    CHECK(events_of(*poller, 0ms).empty());  // once
    second.ring();
    poller->arm(first.listening_end(), 7, Poller::Until::readable);  // still readable
    Keys both = events_of(*poller, 10s);
    if (both.size() == 1) both.push_back(events_of(*poller, 10s).at(0));
    std::ranges::sort(both);
    CHECK(both == Keys{7, 8});
    first.silence();
    poller->arm(first.listening_end(), 7, Poller::Until::readable);
    CHECK(events_of(*poller, 0ms).empty());
    poller->arm(first.listening_end(), 7, Poller::Until::writable);
    CHECK(events_of(*poller, 10s) == Keys{7});
    poller->remove(first.listening_end());
    poller->arm(second.listening_end(), 8, Poller::Until::readable);
    CHECK(events_of(*poller, 10s) == Keys{8});
    poller->remove(second.listening_end());
  }
}

#ifndef _WIN32
TEST_CASE("socket: errors of accept that pass do not end the server") {
  for (const int error : {ECONNABORTED, EPROTO, EINTR, ENETDOWN, EHOSTUNREACH})
    CHECK(accept_problem(error) == AcceptProblem::passing);
  for (const int error : {EMFILE, ENFILE, ENOBUFS, ENOMEM})
    CHECK(accept_problem(error) == AcceptProblem::exhausted);
  CHECK(accept_problem(EAGAIN) == AcceptProblem::empty);
  for (const int error : {EBADF, EINVAL, ENOTSOCK}) CHECK(accept_problem(error) == AcceptProblem::broken);
}
#endif

#include "http/poller.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "support/error.h"

#if defined(__linux__)
#include <sys/epoll.h>
#include <unistd.h>
#elif defined(__APPLE__) || defined(__FreeBSD__) || defined(__OpenBSD__) || defined(__NetBSD__)
#define KALIMA_KQUEUE
#include <sys/event.h>
#include <unistd.h>
#endif
#ifdef _WIN32
#include <winsock2.h>
#else
#include <poll.h>
#endif

namespace kalima::http {
namespace {

#ifdef _WIN32
using PollEntry = WSAPOLLFD;
#else
using PollEntry = pollfd;
#endif

int milliseconds_of(std::optional<std::chrono::milliseconds> time) {
  return time ? static_cast<int>(std::clamp<std::int64_t>(time->count(), 0, 3'600'000)) : -1;
}

class PortablePoller final : public Poller {
 public:
  bool add(SocketId socket, std::uint64_t key) override {
    places_[socket] = entries_.size();
    PollEntry entry{};
    entry.fd = socket;
    entries_.push_back(entry);
    keys_.push_back({key, false});
    return true;
  }

  void arm(SocketId socket, std::uint64_t key, Until until) override {
    const std::size_t at = places_.at(socket);
    entries_[at].events = until == Until::readable ? POLLIN : POLLOUT;
    keys_[at] = {key, true};
  }

  void remove(SocketId socket) override {
    const auto found = places_.find(socket);
    if (found == places_.end()) return;
    const std::size_t at = found->second;
    places_.erase(found);
    if (at + 1 < entries_.size()) {
      entries_[at] = entries_.back();
      keys_[at] = keys_.back();
      places_[entries_[at].fd] = at;
    }
    entries_.pop_back();
    keys_.pop_back();
  }

  void wait(std::vector<std::uint64_t>& keys, std::optional<std::chrono::milliseconds> time) override {
    // Sockets that are not armed must not be in the list: an ended connection would be reported again and again.
    waiting_.clear();
    from_.clear();
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!keys_[i].armed) continue;
      waiting_.push_back(entries_[i]);
      from_.push_back(i);
    }
#ifdef _WIN32
    const int count = WSAPoll(waiting_.data(), static_cast<ULONG>(waiting_.size()), milliseconds_of(time));
#else
    const int count = ::poll(waiting_.data(), static_cast<nfds_t>(waiting_.size()), milliseconds_of(time));
#endif
    if (count <= 0) return;
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      if (waiting_[i].revents == 0) continue;
      keys_[from_[i]].armed = false;
      keys.push_back(keys_[from_[i]].key);
    }
  }

 private:
  struct Key {
    std::uint64_t key;
    bool armed;
  };
  std::vector<PollEntry> entries_, waiting_;
  std::vector<Key> keys_;  // as many as entries_
  std::vector<std::size_t> from_;
  std::unordered_map<SocketId, std::size_t> places_;
};

#if defined(__linux__)

class EpollPoller final : public Poller {
 public:
  EpollPoller() : set_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (set_ < 0) throw Error(ErrorCode::unavailable, "cannot make an epoll set");
  }
  EpollPoller(const EpollPoller&) = delete;
  EpollPoller& operator=(const EpollPoller&) = delete;
  ~EpollPoller() override { ::close(set_); }

  bool add(SocketId socket, std::uint64_t key) override { return control(EPOLL_CTL_ADD, socket, key, 0); }

  void arm(SocketId socket, std::uint64_t key, Until until) override {
    control(EPOLL_CTL_MOD, socket, key, until == Until::readable ? EPOLLIN : EPOLLOUT);
  }

  void remove(SocketId socket) override { control(EPOLL_CTL_DEL, socket, 0, 0); }

  void wait(std::vector<std::uint64_t>& keys, std::optional<std::chrono::milliseconds> time) override {
    const int count =
        ::epoll_wait(set_, events_.data(), static_cast<int>(events_.size()), milliseconds_of(time));
    for (int i = 0; i < count; ++i) keys.push_back(events_[static_cast<std::size_t>(i)].data.u64);
  }

 private:
  bool control(int operation, SocketId socket, std::uint64_t key, std::uint32_t events) const {
    epoll_event event{};
    event.events = events | EPOLLONESHOT;
    event.data.u64 = key;
    return ::epoll_ctl(set_, operation, socket, &event) == 0;
  }

  int set_;
  std::array<epoll_event, 256> events_;
};

using SystemPoller = EpollPoller;

#elif defined(KALIMA_KQUEUE)

class KqueuePoller final : public Poller {
 public:
  KqueuePoller() : queue_(::kqueue()) {
    if (queue_ < 0) throw Error(ErrorCode::unavailable, "cannot make a kqueue");
  }
  KqueuePoller(const KqueuePoller&) = delete;
  KqueuePoller& operator=(const KqueuePoller&) = delete;
  ~KqueuePoller() override { ::close(queue_); }

  bool add(SocketId, std::uint64_t) override { return true; }

  void arm(SocketId socket, std::uint64_t key, Until until) override {
    change(socket, key, until == Until::readable ? EVFILT_READ : EVFILT_WRITE, EV_ADD | EV_ONESHOT);
  }

  void remove(SocketId socket) override {
    change(socket, 0, EVFILT_READ, EV_DELETE);
    change(socket, 0, EVFILT_WRITE, EV_DELETE);
  }

  void wait(std::vector<std::uint64_t>& keys, std::optional<std::chrono::milliseconds> time) override {
    timespec limit{};
    if (time) {
      limit.tv_sec = static_cast<time_t>(milliseconds_of(time) / 1000);
      limit.tv_nsec = static_cast<long>(milliseconds_of(time) % 1000) * 1'000'000;
    }
    const int count = ::kevent(queue_, nullptr, 0, events_.data(), static_cast<int>(events_.size()),
                               time ? &limit : nullptr);
    for (int i = 0; i < count; ++i) {
      keys.push_back(reinterpret_cast<std::uintptr_t>(events_[static_cast<std::size_t>(i)].udata));
    }
  }

 private:
  void change(SocketId socket, std::uint64_t key, std::int16_t filter, std::uint16_t flags) const {
    struct kevent event;
    EV_SET(&event, static_cast<std::uintptr_t>(socket), filter, flags, 0, 0,
           reinterpret_cast<void*>(static_cast<std::uintptr_t>(key)));
    ::kevent(queue_, &event, 1, nullptr, 0, nullptr);
  }

  int queue_;
  std::array<struct kevent, 256> events_;
};

using SystemPoller = KqueuePoller;

#else

using SystemPoller = PortablePoller;

#endif

}  // namespace

std::unique_ptr<Poller> Poller::make() { return std::make_unique<SystemPoller>(); }

std::unique_ptr<Poller> Poller::make_portable() { return std::make_unique<PortablePoller>(); }

}  // namespace kalima::http

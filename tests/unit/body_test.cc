#include "http/body.h"

#include <deque>
#include <memory>

#include "testing.h"

using namespace kalima;
using http::Body;
using testing::Random;

TEST_CASE("a body is its pieces in their order") {
  Random random(81);
  for (int round = 0; round < 500; ++round) {
    std::deque<std::string> elsewhere;  // stays where it is
    std::string expected;
    Body body;
    for (std::size_t left = random.between(0, 12); left > 0; --left) {
      const std::string text(random.one_in(5) ? random.between(0, 5'000) : random.between(0, 6),
                             static_cast<char>('a' + left));
      expected += text;
      switch (random.below(3)) {
        case 0:
          body.append(text);
          break;
        case 1:
          body.splice(elsewhere.emplace_back(text));
          break;
        default:
          for (const char c : text) body.append(c);
      }
    }
    CHECK(body.size() == expected.size());
    CHECK(body.flattened() == expected);
    // A reader gives the same bytes whatever the size of its buffer.
    const std::size_t buffer_size = random.pick(std::vector<std::size_t>{1, 2, 7, 4'096, 100'000});
    std::vector<char> buffer(buffer_size);
    std::string read;
    Body::Reader reader(body);
    while (const std::size_t count = reader.read(buffer.data(), buffer_size)) {
      CHECK((count == buffer_size || read.size() + count == expected.size()));
      read.append(buffer.data(), count);
    }
    CHECK(read == expected);
    CHECK(reader.read(buffer.data(), buffer_size) == 0);
    // So do looks at what is next, however much of it is taken.
    std::string seen;
    Body::Reader looker(body);
    std::vector<std::string_view> runs(random.pick(std::vector<std::size_t>{1, 2, 128}));
    while (const std::size_t count = looker.look(runs)) {
      std::string shown;
      for (std::size_t i = 0; i < count; ++i) shown += runs[i];
      shown.resize(std::min(shown.size(), buffer_size));
      REQUIRE(!shown.empty());
      looker.skip(shown.size());
      seen += shown;
    }
    CHECK(seen == expected);
    // A copy and a body that shares are the same bytes, also once the first is gone.
    auto shared = std::make_shared<const Body>(std::move(body));
    const Body sharing = Body::sharing(shared);
    shared.reset();
    CHECK(sharing.size() == expected.size());
    CHECK(sharing.flattened() == expected);
    const Body copy = sharing;
    CHECK(copy.flattened() == expected);
  }
}

TEST_CASE("what was given to keep lives as long as the body") {
  auto owner = std::make_shared<std::string>("spliced");
  const std::weak_ptr<std::string> watch = owner;
  auto body = std::make_unique<Body>();
  body->splice(*owner);
  body->keep(owner);
  owner.reset();
  CHECK(body->flattened() == "spliced");
  auto sharing = std::make_unique<Body>(Body::sharing(std::make_shared<const Body>(std::move(*body))));
  body.reset();
  CHECK(sharing->flattened() == "spliced");
  sharing.reset();
  CHECK(watch.expired());
}

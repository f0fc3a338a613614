#include "http/body.h"

#include <algorithm>
#include <deque>
#include <memory>

#include "http/connection.h"
#include "support/error.h"
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

TEST_CASE("a body borrows what was not copied") {
  Body body("own");
  CHECK_FALSE(body.borrows());
  body.splice("");
  CHECK_FALSE(body.borrows());
  body.splice("borrowed");
  CHECK(body.borrows());
  CHECK_FALSE(Body(body.flattened()).borrows());
}

TEST_CASE("a body that is verified is sent from copies, each verified after it was made") {
  for (const std::size_t size : {1u, 1'000u, 262'144u, 262'145u, 1'000'000u}) {
    CAPTURE(size);
    std::string text(size, 'x'), sent;
    Body body;
    body.splice(text);
    std::size_t verified = 0;
    http::Outgoing outgoing(std::move(body), [&] { ++verified; });
    std::string_view run;
    while (outgoing.look({&run, 1}) == 1) {
      CHECK(verified > 0);
      // What comes later is not what is sent.
      const char* const place = run.data();
      CHECK((place < text.data() || place >= text.data() + text.size()));
      const std::size_t part = std::min<std::size_t>(run.size(), 100'000);
      sent += run.substr(0, part);
      outgoing.skip(part);
    }
    CHECK(sent == text);
    CHECK(verified == (size + 262'143) / 262'144);
  }
  Body body;
  body.splice("wrong");
  http::Outgoing outgoing(std::move(body), [] { throw Error(ErrorCode::unavailable, "changed"); });
  std::string_view run;
  CHECK(testing::error_of([&] { outgoing.look({&run, 1}); }) == ErrorCode::unavailable);
}

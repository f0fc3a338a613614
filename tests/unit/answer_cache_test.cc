#include "http/answer_cache.h"

#include <atomic>
#include <thread>

#include "testing.h"

using namespace kalima;
using http::AnswerCache;
using http::Body;
using http::Request;
using http::Response;
using testing::Random;

namespace {

Request request(const std::string& target, std::string_view body = {}) {
  Request made;
  http::parse_target(target, made);
  made.body = body;
  return made;
}

// Asks the cache and counts how often the answer had to be made.
struct Client {
  AnswerCache& cache;
  int made = 0;

  std::string get(const std::string& target, std::string_view body = {}, const std::string& answer = "",
                  int status = 200) {
    return cache
        .get(request(target, body),
             [&] {
               ++made;
               Response response;
               response.status = status;
               response.body.append(answer.empty() ? target + "|" + std::string(body) : answer);
               return response;
             })
        .body.flattened();
  }
};

}  // namespace

TEST_CASE("an answer is made once for equal requests") {
  AnswerCache cache(1'000'000);
  Client client{cache};
  for (int round = 0; round < 3; ++round) {
    CHECK(client.get("/a?q=1") == "/a?q=1|");
    CHECK(client.get("/a?q=2") == "/a?q=2|");
    CHECK(client.get("/a", "body") == "/a|body");
    CHECK(client.get("/a", "other") == "/a|other");
  }
  CHECK(client.made == 4);
}

TEST_CASE("answers are forgotten that show what was replaced") {
  AnswerCache cache(1'000'000);
  const std::string first = "first verse", second = "second verse", run = first + ',' + second;
  int made = 0;
  const auto get = [&](const std::string& target, std::initializer_list<std::string_view> texts) {
    std::string expected;
    for (const std::string_view text : texts) expected += text;
    CHECK(cache
              .get(request(target),
                   [&] {
                     ++made;
                     Response response;
                     for (const std::string_view text : texts) response.body.splice(text);
                     response.body.append("end");
                     return response;
                   })
              .body.flattened() == expected + "end");
  };
  const auto get_all = [&] {
    get("/none", {});
    get("/one", {first});
    get("/other", {second});
    get("/both", {first, second});
    get("/run", {run});
  };
  const auto made_anew = [&] {
    const int before = made;
    get_all();
    return made - before;
  };
  CHECK(made_anew() == 5);
  CHECK(made_anew() == 0);
  cache.forget(first);
  CHECK(made_anew() == 2);
  cache.forget(second);
  CHECK(made_anew() == 2);
  // A verse within a run of verses.
  cache.forget(std::string_view(run).substr(first.size() + 1));
  CHECK(made_anew() == 1);
  cache.forget(std::string(first));
  CHECK(made_anew() == 0);
}

TEST_CASE("requests that differ anywhere have their own answers") {
  AnswerCache cache(10'000'000);
  Client client{cache};
  using namespace std::string_literals;
  const std::vector<std::pair<std::string, std::string>> all = {
      {"/a", ""},           {"/a?", "x"},
      {"/a?q", ""},         {"/a?q&q", ""},
      {"/a?q=1&x=2", ""},   {"/a?x=2&q=1", ""},
      {"/a?q=1%26x=2", ""}, {"/a?q=1x=2", ""},
      {"/a?q1=x=2", ""},    {"/a?q=%0A1", ""},
      {"/a?q=%00", ""},     {"/a?q=", "\0"s},
      {"/b", ""},           {"/a%0A1%20%31%20qx", ""},
      {"/a?aa=b", ""},      {"/a?a=ab", ""},
      {"/a?a=&b=", ""},     {"/a?ab=", ""},
      {"/a?q=1", "{}"},     {"/a?q=1", "{ }"},
      {"/a?q=+", ""},       {"/a?q=%2B", ""}};
  for (std::size_t i = 0; i < all.size(); ++i) client.get(all[i].first, all[i].second, std::to_string(i));
  const int made = client.made;
  CHECK(made == static_cast<int>(all.size()));
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(all[i].first);
    CHECK(client.get(all[i].first, all[i].second) == std::to_string(i));
  }
  CHECK(client.made == made);
}

TEST_CASE("only good answers are cached") {
  AnswerCache cache(1'000'000);
  Client client{cache};
  CHECK(client.get("/a", "", "first", 404) == "first");
  CHECK(client.get("/a", "", "second", 503) == "second");
  CHECK(client.get("/a", "", "third") == "third");
  CHECK(client.get("/a", "", "fourth") == "third");
  CHECK_THROWS_AS(cache.get(request("/b"), []() -> Response { throw Error(ErrorCode::bad_input, "no"); }),
                  Error);
  CHECK(client.get("/b", "", "made") == "made");
}

TEST_CASE("the latest answers stay, within the bound") {
  AnswerCache cache(100'000);
  Client client{cache};
  const std::string large(5'000, 'x');
  client.get("/kept", "", "kept");
  for (int i = 0; i < 100; ++i) {
    client.get("/" + std::to_string(i), "", large);
    client.get("/kept");  // used again and again
  }
  const int made = client.made;
  CHECK(made == 101);
  client.get("/99");
  CHECK(client.made == made);
  client.get("/0", "", large);
  CHECK(client.made == made + 1);
  // An answer that alone would fill the cache is not cached.
  client.get("/huge", "", std::string(90'000, 'x'));
  client.get("/huge", "", std::string(90'000, 'x'));
  CHECK(client.made == made + 3);
  AnswerCache none(0);
  Client without{none};
  CHECK(without.get("/a") == "/a|");
  without.get("/a");
  CHECK(without.made == 2);
}

TEST_CASE("an answer that is not cacheable is made again") {
  AnswerCache cache(1'000'000);
  int made = 0;
  const auto get = [&](bool cacheable) {
    return cache
        .get(request("/a"),
             [&] {
               Response response;
               response.body.append(std::to_string(++made));
               response.cacheable = cacheable;
               return response;
             })
        .body.flattened();
  };
  CHECK(get(false) == "1");
  CHECK(get(false) == "2");
  CHECK(get(true) == "3");
  CHECK(get(false) == "3");
}

TEST_CASE("an answer made from old data is not cached") {
  AnswerCache cache(1'000'000);
  const auto answer = [&](const char* text, bool replaced) {
    return cache
        .get(request("/a"),
             [&] {
               if (replaced) cache.forget("something that it does not show yet");
               Response response;
               response.body.append(text);
               return response;
             })
        .body.flattened();
  };
  CHECK(answer("old", true) == "old");
  CHECK(answer("new", false) == "new");
  CHECK(answer("later", false) == "new");
}

TEST_CASE("many threads get right answers") {
  AnswerCache cache(20'000);
  const std::string shown = "a verse that all of them show";
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    threads.emplace_back([&cache, &wrong, &shown, seed] {
      Random random(seed);
      for (int round = 0; round < 3'000; ++round) {
        const std::string target = "/" + std::to_string(random.below(60));
        const std::string expected = target + std::string(500, 'x') + shown;
        const Response response = cache.get(request(target), [&] {
          Response made;
          made.body.append(target + std::string(500, 'x'));
          made.body.splice(shown);
          return made;
        });
        if (response.body.flattened() != expected) ++wrong;
        if (random.one_in(50)) cache.forget(shown);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

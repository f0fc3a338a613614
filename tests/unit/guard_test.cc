#include "http/guard.h"

#include "http/socket.h"

#include "testing.h"

using namespace kalima;

TEST_CASE("loopback is a whole address of 127.0.0.0/8, or a name for it") {
  for (const char* host :
       {"127.0.0.1", "127.0.0.0", "127.255.255.255", "127.1.2.3", "localhost", "::1", "[::1]"}) {
    CAPTURE(host);
    CHECK(http::is_loopback(host));
  }
  for (const char* host :
       {"", "127", "127.0.0", "127.0.0.1.", ".127.0.0.1", "127.0.0.1.1", "127.0.0.256", "128.0.0.1",
        "0.0.0.0", "127.0.0.1.example.org", "127.0.0.x", "127..0.1", "localhost.example.org", "::", "::1 "}) {
    CAPTURE(host);
    CHECK_FALSE(http::is_loopback(host));
  }
}

TEST_CASE("an IPv6 address is one however it is written") {
  for (const char* host : {"::1", "[::1]", "0::1", "[0:0:0:0:0:0:0:1]", "0000:0000::0001"}) {
    CAPTURE(host);
    CHECK(http::plain_host(host) == "::1");
  }
  for (const char* host :
       {"", "[]", "[localhost]", "localhost", "127.0.0.1", "[127.0.0.1]", "[::1", "::1]", "1::2::3"}) {
    CAPTURE(host);
    CHECK(http::plain_host(host) == host);
  }
  CHECK(http::plain_host("[2001:DB8::0:1]") == "2001:db8::1");
}

TEST_CASE("parts of an address are plain digits") {
  for (const char* host :
       {"127.0.0.-0", "127.-0.0.1", "127.0.0.+1", "127.0.0.01", "127.00.0.1", "127.0.0. 1", "0127.0.0.1"}) {
    CAPTURE(host);
    CHECK_FALSE(http::is_loopback(host));
  }
}

// Answers in fewer bytes, for clients that ask for it.
#pragma once

#include "http/message.h"

namespace kalima::http {

// Whether the request's Accept-Encoding has gzip.
bool takes_gzip(const Request& request);

// Compresses the body of a good answer while it is sent, if the client takes gzip, the answer is not small, and the client
// is on another machine: here the time would be more than what is saved. A request with a loopback name as its Host, that no proxy
// passed on, is from here.
void compress(const Request& request, Response& response);

}  // namespace kalima::http

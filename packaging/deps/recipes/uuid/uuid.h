/* The part of libuuid's interface that Xapian uses; see uuid.c. */
#ifndef KALIMA_DEPS_UUID_H
#define KALIMA_DEPS_UUID_H

#ifdef __cplusplus
extern "C" {
#endif

typedef unsigned char uuid_t[16];

void uuid_generate(uuid_t out);

#ifdef __cplusplus
}
#endif

#endif

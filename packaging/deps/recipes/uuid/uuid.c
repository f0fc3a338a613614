/* uuid_generate(), the one function of libuuid that Xapian calls.
 *
 * Xapian names every database that it makes with a UUID. Without libuuid it
 * reads /proc/sys/kernel/random/uuid, and then no database can be made in a
 * plain chroot or under systemd's ProcSubset=pid. With libuuid a static build
 * needs the distribution's archive, unpinned and once for each target. Random
 * bytes are all there is to it, so they come from the kernel's own call, which
 * needs no file system.
 */
#include "uuid.h"

#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/random.h>
#elif defined(__APPLE__)
#include <sys/random.h>
#endif

/* A kernel older than the call (Linux before 3.17) leaves the clock and the
 * process. The UUID tells databases apart; nothing relies on it as a secret. */
static void fill_from_clock(unsigned char *out, size_t size)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t state = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    state ^= (uint64_t)getpid() << 40;
    for (size_t i = 0; i < size; ++i) {
        /* One step of SplitMix64. */
        state += 0x9e3779b97f4a7c15u;
        uint64_t z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        out[i] = (unsigned char)(z >> 56);
    }
}

void uuid_generate(uuid_t out)
{
    if (getentropy(out, sizeof(uuid_t)) != 0)
        fill_from_clock(out, sizeof(uuid_t));
    out[6] = (unsigned char)((out[6] & 0x0f) | 0x40); /* version 4: random */
    out[8] = (unsigned char)((out[8] & 0x3f) | 0x80); /* variant of RFC 9562 */
}

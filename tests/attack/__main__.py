"""Try to break the program: see README.md."""
import argparse
import sys
import time
import traceback

from tests.attack import connections, files, kills, requests, soak

PARTS = {'kills': kills.attack, 'requests': requests.attack, 'connections': connections.attack, 'files': files.attack, 'soak': soak.attack}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('parts', nargs='*', metavar='PART', help=', '.join(PARTS))
    parser.add_argument('--long', action='store_true')
    parser.add_argument('--seed', type=int, default=1)
    args = parser.parse_args()
    unknown = set(args.parts) - set(PARTS)
    if unknown:
        parser.error('unknown part: %s' % ', '.join(sorted(unknown)))
    broken = 0
    for name in args.parts or PARTS:
        begin = time.monotonic()
        try:
            figures = PARTS[name](args.long, args.seed)
        except Exception:  # noqa: B902 (the other parts go on)
            broken += 1
            traceback.print_exc()
            figures = 'BROKEN'
        print('%s: %s (%.0f s)' % (name, figures, time.monotonic() - begin), flush=True)
    sys.exit(1 if broken else 0)


if __name__ == '__main__':
    main()

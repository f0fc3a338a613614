"""Makes the operating system refuse what it refuses only on bad days. For preexec_fn; Linux on x86-64 and ARM only."""
import ctypes
import platform
import struct

ACCEPT4 = {'x86_64': 288, 'aarch64': 242}
ARCHITECTURES = {'x86_64': 0xC000003E, 'aarch64': 0xC00000B7}


def available():
    return platform.system() == 'Linux' and platform.machine() in ACCEPT4


def failing_accept(error):
    """A function that makes every accept4() of the process fail with this errno from now on (seccomp)."""
    machine = platform.machine()
    load, jump_if, ret = 0x20, 0x15, 0x06
    errno_of, allow = 0x00050000, 0x7fff0000
    rules = [(load, 0, 0, 4),  # the architecture
             (jump_if, 0, 3, ARCHITECTURES[machine]),
             (load, 0, 0, 0),  # the number of the call
             (jump_if, 0, 1, ACCEPT4[machine]),
             (ret, 0, 0, errno_of | error),
             (ret, 0, 0, allow)]

    def install():
        program = b''.join(struct.pack('HBBI', *rule) for rule in rules)
        buffer = ctypes.create_string_buffer(program)
        filter_program = struct.pack('HxxxxxxP', len(rules), ctypes.addressof(buffer))
        libc = ctypes.CDLL(None, use_errno=True)
        no_new_privileges, set_seccomp, by_filter = 38, 22, 2
        if libc.prctl(no_new_privileges, 1, 0, 0, 0) != 0 or libc.prctl(set_seccomp, by_filter, filter_program, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), 'seccomp')

    return install

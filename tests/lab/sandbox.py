"""Runs a program in which socket(2) fails for one family, as under systemd's RestrictAddressFamilies= (seccomp).

    /usr/bin/python3 sandbox.py FAMILY ERRNO PROGRAM [ARGUMENT…]

FAMILY is inet or inet6; ERRNO a name of errno(3). Sockets for streams alone are refused with EMFILE, all of the family
with any other error.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

SOCKET = {"x86_64": 41, "aarch64": 198}
FAMILIES = {"inet": 2, "inet6": 10}
STREAM, TYPE_MASK = 1, 0xF
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, ERROR = 0x7FFF0000, 0x00050000
LOAD, AND, EQUAL, RETURN = 0x20, 0x54, 0x15, 0x06  # BPF_LD|W|ABS, BPF_ALU|AND|K, BPF_JMP|JEQ|K, BPF_RET|K
NUMBER, FIRST_ARGUMENT, SECOND_ARGUMENT = 0, 16, 24  # offsets in struct seccomp_data, low words


def program(family, error, streams_only):
    """Of four or seven instructions: each comparison jumps to ALLOW, the one before the last, when it does not hold."""
    tests = [(NUMBER, SOCKET[platform.machine()], None), (FIRST_ARGUMENT, family, None)]
    if streams_only:
        tests.append((SECOND_ARGUMENT, STREAM, TYPE_MASK))
    steps = []
    for offset, wanted, mask in tests:
        steps.append((LOAD, offset))
        if mask:
            steps.append((AND, mask))
        steps.append((EQUAL, wanted))
    allow = len(steps) + 1
    code = [(op, 0, allow - at - 1 if op == EQUAL else 0, value) for at, (op, value) in enumerate(steps)]
    code += [(RETURN, 0, 0, ERROR | error), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *each) for each in code), len(code)


def confine(family, error):
    code, length = program(family, error, error == errno.EMFILE)
    buffer = ctypes.create_string_buffer(code)
    filter_ = struct.pack("HP", length, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in ((PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter_, 0, 0)):
        if libc.prctl(*arguments) != 0:
            sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")


if __name__ == "__main__":
    confine(FAMILIES[sys.argv[1]], getattr(errno, sys.argv[2]))
    os.execvp(sys.argv[3], sys.argv[3:])

#!/usr/bin/env python3
"""Holds the built program and library to what the linker and the compiler were asked for.

usage: check_hardening.py LEVY_PROGRAM LEVY_LIBRARY

Read from the ELF files themselves: position independent, every table that the loader fills
read-only before the program starts (full RELRO), no stack that can be run, canaries on the stack and
checked copies (the C library's functions that do it are asked for). Exit status 1: one is not so.
"""
import struct
import sys
from pathlib import Path

ET_DYN, PT_DYNAMIC, PT_GNU_STACK, PT_GNU_RELRO = 3, 2, 0x6474E551, 0x6474E552
DT_FLAGS, DT_FLAGS_1, DT_STRTAB, DT_STRSZ = 30, 0x6FFFFFFB, 5, 10
BIND_NOW, NOW, PIE, EXECUTABLE = 8, 1, 0x08000000, 1


class Elf:
    """Of 64 bits, little-endian."""

    def __init__(self, path):
        self.bytes = Path(path).read_bytes()
        if self.bytes[:6] != b"\x7fELF\x02\x01":
            raise SystemExit(f"{path} is no ELF file of 64 bits")
        self.type = self.at("<H", 16)[0]
        offset, = self.at("<Q", 32)
        size, count = self.at("<HH", 54)
        self.parts = [self.at("<IIQQQQ", offset + i * size) for i in range(count)]
        self.dynamic = dict(self.entries())

    def at(self, form, offset):
        return struct.unpack_from(form, self.bytes, offset)

    def flags_of(self, kind):
        return next((part[1] for part in self.parts if part[0] == kind), None)

    def entries(self):
        _, _, offset, _, _, size = next(part for part in self.parts if part[0] == PT_DYNAMIC)
        for i in range(offset, offset + size, 16):
            yield self.at("<qQ", i)

    def names(self):
        """The dynamic symbols' names. The first part of a file is where its addresses begin."""
        begin = self.dynamic[DT_STRTAB]
        for kind, _, offset, address, _, size in self.parts:
            if kind == 1 and address <= begin < address + size:
                begin += offset - address
                break
        return self.bytes[begin:begin + self.dynamic[DT_STRSZ]].split(b"\0")


def faults_of(path, is_program):
    elf = Elf(path)
    names = elf.names()
    checks = {
        "is position independent": elf.type == ET_DYN and
        (not is_program or elf.dynamic.get(DT_FLAGS_1, 0) & PIE),
        "has tables that are read-only": elf.flags_of(PT_GNU_RELRO) is not None,
        "binds all names before it starts": elf.dynamic.get(DT_FLAGS, 0) & BIND_NOW or
        elf.dynamic.get(DT_FLAGS_1, 0) & NOW,
        "has no stack that can be run": elf.flags_of(PT_GNU_STACK) is not None and
        not elf.flags_of(PT_GNU_STACK) & EXECUTABLE,
        "has canaries on its stack": b"__stack_chk_fail" in names,
        "has checked copies": any(name.endswith(b"_chk") for name in names),
    }
    return len(checks), [f"{path}: not so: it {what}" for what, good in checks.items() if not good]


def main(program, library):
    count, faults = 0, []
    for path, is_program in ((program, True), (library, False)):
        more, found = faults_of(path, is_program)
        count += more
        faults += found
    print("\n".join(faults + [f"{count - len(faults)} passed, {len(faults)} failed"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

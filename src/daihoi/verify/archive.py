"""A zip of unknown origin: its names, its members in bounded memory, its bytes that belong to nobody.

Bounds: 200,000 members, 256 MiB for a member that is parsed, 1 GiB for one that is only hashed, 32 GiB in all. Nothing
is ever written to disk, so a name that climbs out of a folder harms nobody here; it is a finding all the same.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import IO

from daihoi.verify.errors import MalformedError, PackageNotOpenedError
from daihoi.verify.terms import Finding

MOST_MEMBERS = 200_000
LARGEST_PARSED = 256 * 2**20
LARGEST_HASHED = 2**30
LARGEST_IN_ALL = 32 * 2**30

_LOCAL = struct.Struct("<4s5H3I2H")
_STREAMED = 0x08
_DESCRIPTORS = (12, 16, 20, 24)
_CHUNK = 2**20
# All that zipfile and zlib raise for bytes that are not what they claim to be.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error, OverflowError,
    IndexError, MemoryError,
)  # fmt: skip


class Archive:
    """An open zip; `findings` are those of the zip as such."""

    def __init__(self, path: Path, name: str) -> None:
        """Open; raises PackageNotOpenedError when there is no file to open, MalformedError when it is no zip."""
        self.name = name
        try:
            self._file: IO[bytes] = path.open("rb")
        except OSError as error:
            raise PackageNotOpenedError(file=name, found=error.strerror or str(error)) from None
        try:
            self._zip = zipfile.ZipFile(self._file)
        except _DAMAGE:
            self._file.close()
            raise MalformedError(member=name, path="$", expected="a zip", found="something else") from None
        # Of members that stand twice the last is read, as every unpacker does; that there are two is a finding.
        self._members = {info.filename: info for info in self._zip.infolist()}
        self.findings = self._look()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._file.close()

    @property
    def names(self) -> frozenset[str]:
        """The names of all members."""
        return frozenset(self._members)

    def read(self, member: str) -> bytes:
        """A member that is to be parsed; raises MalformedError when it is missing, damaged or too large."""
        info = self._members.get(member)
        if info is None:
            raise MalformedError(member=member, path="$", expected="a member of the package", found="nothing")
        if info.file_size > LARGEST_PARSED:
            raise self._damaged(member, f"at most {LARGEST_PARSED} bytes", str(info.file_size))
        try:
            with self._zip.open(info) as file:
                # The size that a zip claims need not be true.
                data = file.read(LARGEST_PARSED + 1)
        except (*_DAMAGE, NotImplementedError) as error:
            raise self._damaged(member, "a member that can be read", str(error)[:100]) from None
        return data

    def digest(self, member: str) -> tuple[str, int]:
        """SHA-256 and length of a member; raises MalformedError as `read` does."""
        info = self._members[member]
        if info.file_size > LARGEST_HASHED:
            raise self._damaged(member, f"at most {LARGEST_HASHED} bytes", str(info.file_size))
        state, length = hashlib.sha256(), 0
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(_CHUNK):
                    state.update(chunk)
                    length += len(chunk)
        except (*_DAMAGE, NotImplementedError) as error:
            raise self._damaged(member, "a member that can be read", str(error)[:100]) from None
        return state.hexdigest(), length

    def digest_of_whole(self) -> tuple[str, int]:
        """SHA-256 and length of the zip itself."""
        state, length = hashlib.sha256(), 0
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            state.update(chunk)
            length += len(chunk)
        return state.hexdigest(), length

    @staticmethod
    def _damaged(member: str, expected: str, found: str) -> MalformedError:
        return MalformedError(member=member, path="$", expected=expected, found=found)

    def _look(self) -> tuple[Finding, ...]:
        found: list[Finding] = []
        infos = self._zip.infolist()
        if len(infos) > MOST_MEMBERS:
            found.append(Finding("verify.too_large", self.name, f"{MOST_MEMBERS}", f"{len(infos)}"))
        if (total := sum(info.file_size for info in infos)) > LARGEST_IN_ALL:
            found.append(Finding("verify.too_large", self.name, f"{LARGEST_IN_ALL}", f"{total}"))
        for name, times in Counter(info.filename for info in infos).items():
            if times > 1:
                found.append(Finding("verify.member_twice", name, "1", str(times)))
            if not _is_plain(name):
                found.append(Finding("verify.bad_name", name))
        return (*found, *self._strangers(infos))

    def _strangers(self, infos: list[zipfile.ZipInfo]) -> list[Finding]:
        """Bytes before, between and after the members: a file can hide there from every listing."""
        end = 0
        try:
            for info in sorted(infos, key=lambda info: info.header_offset):
                gap = info.header_offset - end
                if gap:
                    return [Finding("verify.hidden_bytes", info.filename, "0", str(gap))]
                self._file.seek(info.header_offset)
                parts = _LOCAL.unpack(self._file.read(_LOCAL.size))
                flags, name, extra = parts[2], parts[9], parts[10]
                # The central directory does not tell how long the local header is: it may have other extra fields.
                end = info.header_offset + _LOCAL.size + name + extra + info.compress_size
                if flags & _STREAMED:
                    end = self._after_descriptor(end, infos)
            gap = self._zip.start_dir - end
        except (struct.error, OSError, ValueError):
            return [Finding("verify.hidden_bytes", self.name)]
        if gap or self._zip.comment:
            return [Finding("verify.hidden_bytes", self.name, "0", str(gap + len(self._zip.comment)))]
        return []

    # A zip that was written to a pipe has a descriptor of four possible lengths after each member.
    def _after_descriptor(self, end: int, infos: list[zipfile.ZipInfo]) -> int:
        starts = {info.header_offset for info in infos} | {self._zip.start_dir}
        return next((end + length for length in _DESCRIPTORS if end + length in starts), end)


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    # A backslash or a colon is a path of its own on Windows.
    return bool(name) and not any(part in ("", ".", "..") for part in parts) and not set(name) & set('\\:\0*?"<>|')

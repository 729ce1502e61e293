"""Which files of a watched folder are whole, while scanners and copying programs still write there.

Only looking again and again works everywhere: network shares and Windows send no word of what another machine writes.
A file is whole when it has not changed for a moment and what it holds reaches its own end. JPEG and PNG carry a mark at
their end. A TIFF or a PDF may look whole and still grow page by page; so it must also be closed by whoever writes it,
and where that cannot be known (network shares, macOS) it must lie still for longer. What never becomes whole is taken
after a while as it is: the count refuses it and a person deals with it.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from daihoi.counts.errors import NoScans
from daihoi.counts.scan_order import Listing, list_scans, natural_key
from daihoi.reading.load import kind_of, pages_in

POLL_SECONDS = 0.1
QUIET_SECONDS = 0.15
"""A file with its end in place must lie still so long."""
GROWING_SECONDS = 2.0
"""A TIFF or PDF of which nobody can say whether it is still written must lie still so long."""
STALE_SECONDS = 10.0
"""A file without its end that lies still so long is taken as it is."""
UNFINISHED = frozenset({".tmp", ".temp", ".part", ".partial", ".crdownload", ".filepart", ".download"})
"""Suffixes of programs that write first and rename when they are done."""
_TAIL = 2048


@dataclass
class _Seen:
    """A file as it lay: length and time of change, and since when (seconds of the clock) it has lain so."""

    signature: tuple[int, int]
    since: float
    has_end: bool | None = None
    """None: not looked into yet."""
    taken: bool = False


class Arrivals:
    """The files below a folder that became whole since the last look; `clock` in monotonic seconds.

    `in_order`: a file waits while one before it in its folder is not whole, as long as that one has not lain still for
    `STALE_SECONDS`. Sheets of two sides need it: a back must not come after the front of the next sheet.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic, *, in_order: bool = False) -> None:
        """Nothing has been looked at yet."""
        self._folder = folder
        self.clock = clock
        self._in_order = in_order
        self._seen: dict[str, _Seen] = {}
        self._pause = POLL_SECONDS
        self.listing = Listing((), ())

    @property
    def pause(self) -> float:
        """Seconds to wait before the next look: more on a share where looking takes long."""
        return self._pause

    @property
    def waiting(self) -> tuple[str, ...]:
        """Files that lie there and are not whole."""
        return tuple(sorted((name for name, seen in self._seen.items() if not seen.taken), key=natural_key))

    def whole(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of each file that has become whole, in the order of names; one that changes comes again."""
        began = time.monotonic()
        try:
            self.listing = list_scans(self._folder)
        except (OSError, NoScans):
            # A share that is gone for a moment comes back; what lay there is looked at anew then.
            return
        now = self.clock()
        self._forget_lost()
        quiet = {name for name in self.listing.scans if self._is_quiet(name, now)}
        self._pause = max(POLL_SECONDS, 5 * (time.monotonic() - began))
        late: set[str] = set()
        for name in self.listing.scans:
            seen = self._seen.get(name)
            if seen is None or seen.taken:
                continue
            pile = name.rpartition("/")[0]
            data = self._whole(name) if name in quiet and pile not in late else None
            if data is not None:
                seen.taken = True
                yield name, data
            elif self._in_order and self.clock() - seen.since < STALE_SECONDS:
                late.add(pile)

    def _forget_lost(self) -> None:
        for name in self._seen.keys() - set(self.listing.scans):
            del self._seen[name]

    def _is_quiet(self, name: str, now: float) -> bool:
        try:
            # Not a path: of a thousand files that lie there, making one for each took most of the time.
            status = os.stat(f"{self._folder}{os.sep}{name}")  # noqa: PTH116
        except OSError:
            self._seen.pop(name, None)
            return False
        signature = (status.st_size, status.st_mtime_ns)
        seen = self._seen.get(name)
        if seen is None or seen.signature != signature:
            self._seen[name] = _Seen(signature, now)
            return False
        return not seen.taken and now - seen.since >= QUIET_SECONDS

    def _whole(self, name: str) -> bytes | None:
        path, seen = self._folder / name, self._seen[name]
        still = self.clock() - seen.since
        # A large file that grows is not read anew at every look.
        if path.suffix.lower() in UNFINISHED or (seen.has_end is False and still < STALE_SECONDS):
            return None
        try:
            data = path.read_bytes()
        except OSError:
            # Gone again, or held by its writer: Windows lets nobody read it then.
            return None
        if len(data) != seen.signature[0]:
            return None
        seen.has_end = has_end(data, name)
        return data if _is_done(path, data, seen.has_end, still) else None


def _is_done(path: Path, data: bytes, ended: bool, still: float) -> bool:
    if ended and kind_of(data) in {"jpeg", "png"}:
        return True
    if still >= (GROWING_SECONDS if ended else STALE_SECONDS):
        return being_written(path) is not True
    return ended and being_written(path) is False


def has_end(data: bytes, name: str) -> bool:
    """Whether the bytes reach the end of what they begin; False for what is no scan."""
    match kind_of(data):
        case "jpeg":
            # Nothing but padding may follow: the small picture inside many JPEGs has an end of its own.
            return data.rstrip(b"\0\r\n ").endswith(b"\xff\xd9")
        case "png":
            return b"IEND\xaeB`\x82" in data[-64:]
        case "tiff":
            return isinstance(pages_in(data, name), int) and _tiff_is_whole(data)
        case "pdf":
            return b"%%EOF" in data[-_TAIL:] and isinstance(pages_in(data, name), int)
    return False


def _tiff_is_whole(data: bytes) -> bool:
    """Whether every strip or tile of every page lies within the file."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            for frame in range(int(getattr(picture, "n_frames", 1))):
                picture.seek(frame)
                tags = getattr(picture, "tag_v2", {})
                # StripOffsets and StripByteCounts, or TileOffsets and TileByteCounts. [TIFF 6.0]
                for offsets, lengths in ((273, 279), (324, 325)):
                    places = zip(_numbers(tags.get(offsets)), _numbers(tags.get(lengths)), strict=False)
                    if any(place + length > len(data) for place, length in places):
                        return False
    except Exception:  # whatever a decoder says, the file cannot be read to its end
        return False
    return True


def _numbers(value: object) -> tuple[int, ...]:
    if isinstance(value, int):
        return (value,)
    return tuple(int(number) for number in value) if isinstance(value, tuple | list) else ()


if sys.platform == "win32":

    def being_written(path: Path) -> bool | None:
        """Whether another program holds the file; None where the system cannot say."""
        try:
            # A file that somebody writes cannot be renamed there, not even to its own name.
            os.rename(path, path)  # noqa: PTH104 -- pathlib refuses the same name on some versions
        except PermissionError:
            return True
        except OSError:
            return None
        return False

elif sys.platform == "linux":
    import fcntl
    import signal
    import threading

    def being_written(path: Path) -> bool | None:
        """Whether another program holds the file for writing; None where the system cannot say (network shares)."""
        if threading.current_thread() is not threading.main_thread():
            return None
        # A lease is refused while anybody writes. Whoever opens the file in that instant makes the system send SIGIO.
        before = signal.signal(signal.SIGIO, signal.SIG_IGN)
        try:
            with path.open("rb") as file:
                fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
                fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except BlockingIOError:
            return True
        except OSError:
            return None
        finally:
            signal.signal(signal.SIGIO, before)
        return False

else:

    def being_written(path: Path) -> bool | None:  # noqa: ARG001 -- the same call everywhere
        """Unknown on this system."""
        return None

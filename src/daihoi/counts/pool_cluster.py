"""Items answered on other machines, through Dask distributed: the same interface as `pool_processes`.

What every answer needs (the printed form) is handed to the scheduler once; items travel in small batches with all their
bytes, because workers share no disk. Whatever happens to a worker, its batches are answered by another, and a batch
that ends one worker after another is answered by a process on this machine, item by item. So no answer hangs on
who gave it. Import it through `pool_remote`: Dask is an extra.

Dask hands pickled programs to whoever is asked: a cluster is for machines that trust each other, or for TLS with
certificates on both sides (docs/cluster.md).
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import socket
import ssl
import threading
import time
import warnings
import zlib
from collections.abc import Callable
from concurrent.futures import CancelledError
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import cv2
import numpy as np
from distributed import Client, Future, KilledWorker
from distributed.security import Security

import daihoi
from daihoi.counts.errors import ClusterDiffers, ClusterEmpty, ClusterLost, ClusterUnreachable
from daihoi.counts.pool_processes import Processes
from daihoi.counts.pool_worker import Answered

if TYPE_CHECKING:
    from daihoi.counts.cluster_address import ClusterAddress

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 4
"""Items that travel together: the scheduler's work a batch is then small beside the reading."""
BATCH_BYTES = 4_000_000
CONNECT_SECONDS = 10.0
EMPTY_SECONDS = 30.0
"""So long may a cluster be without a worker before the count says so and stops."""
ROOMS = ("reading", "learning", "sheet", "rules", "counts")
"""What a reading hangs on."""
RESENT = 3
"""How often a batch is sent again that the scheduler lost sight of."""


@cache
def software_here() -> str:
    """The program and the libraries that a reading hangs on: two machines that say the same read the same."""
    digest = hashlib.sha256()
    root = Path(daihoi.__file__).parent
    files = (path for room in ROOMS for path in (root / room).rglob("*.py"))
    for path in sorted(files, key=lambda path: path.relative_to(root).as_posix()):
        # A checkout on Windows ends its lines otherwise.
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    code = digest.hexdigest()[:12]
    return f"daihoi {daihoi.__version__} ({code}), numpy {np.__version__}, OpenCV {cv2.__version__}"


_mine = threading.local()


def keep(blob: bytes) -> bytes:
    """Runs on a worker: holds what every answer needs. The scheduler can ask any other worker for the same."""
    return blob


def answer_batch(
    blob: bytes, token: str, software: str, items: bytes, attachment: bytes | None = None
) -> str | list[Answered]:
    """Runs on a worker: the answers to pickled `items`, or what this machine has when it is not `software`.

    With an `attachment` the items are made whole by it first.
    """
    if software_here() != software:
        return software_here()
    if getattr(_mine, "token", "") != token:
        # One thread of OpenCV, so that no sum is taken in another order.
        cv2.setNumThreads(1)
        make, shared = pickle.loads(zlib.decompress(blob))  # noqa: S301 -- Dask itself lives by pickles
        _mine.answer, _mine.token = make(shared), token
    given = pickle.loads(items)  # noqa: S301
    return [_answered(_mine.answer, item if attachment is None else item.whole(attachment)) for item in given]


def _answered(answer: Callable[[Any], Any], item: Any) -> Answered:
    try:
        return True, answer(item)
    except Exception as error:  # the caller's to judge
        return False, error


class _Batch(Generic[Item, Result]):
    """Items that travel together, and what came of them."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.bytes = 0
        self.attachment: bytes | None = None
        self.attached: Future | None = None
        self.sent: Future | None = None
        self.there = threading.Event()
        self.answers: list[Answered] | None = None


class Place(Generic[Item, Result]):
    """The answer to come of one item."""

    def __init__(self, cluster: Cluster[Item, Result], batch: _Batch[Item, Result], place: int) -> None:
        self._cluster = cluster
        self._batch = batch
        self._place = place

    def done(self) -> bool:
        """Whether `result` need not wait."""
        return self._batch.there.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; whether the answer is there. Raises ClusterEmpty, ClusterLost."""
        return self._cluster.wait_for(self._batch, seconds)

    def result(self) -> Result:
        """The answer. Raises what answering raised, ClusterDiffers, ClusterEmpty, ClusterLost."""
        good, value = self._cluster.answers_of(self._batch)[self._place]
        if not good:
            raise value
        answer: Result = value
        return answer


class Cluster(Generic[Item, Result]):
    """`make(shared)` on each worker of a Dask cluster answers items; all of them must be picklable.

    `lost(item, exit)` is the answer for an item that no process survives.
    """

    def __init__(
        self,
        make: Callable[[Any], Callable[[Item], Result]],
        shared: object,
        where: ClusterAddress,
        *,
        lost: Callable[[Item, int], Result],
    ) -> None:
        """Connect. Raises ClusterUnreachable, ClusterEmpty, ClusterDiffers, OSError for a PEM file."""
        self._where = where
        self._given = (make, shared)
        self._lost = lost
        self._here: Processes[Item, Result] | None = None
        self._open: _Batch[Item, Result] = _Batch()
        self._client = _connected(where)
        self._require_same_software()
        self._heard = time.monotonic()
        blob = zlib.compress(pickle.dumps((make, shared)), 1)
        self._token = hashlib.sha256(blob).hexdigest()
        # As a task, not as scattered data: whoever loses it, the scheduler has it made again.
        self._kept = self._client.submit(keep, blob, pure=False)
        self.width = 2 * max(1, sum(self._client.nthreads().values()))

    def submit(self, item: Item, size: int = 0, attachment: bytes | None = None) -> Place[Item, Result]:
        """The answer to come; `size` in bytes of what travels.

        An `attachment` (one object for many items) travels once to each worker; `item.whole(attachment)` is answered.
        """
        if attachment is not self._open.attachment:
            self._attach(attachment)
        batch = self._open
        place: Place[Item, Result] = Place(self, batch, len(batch.items))
        batch.items.append(item)
        batch.bytes += size
        if len(batch.items) >= BATCH or batch.bytes >= BATCH_BYTES:
            self._send()
        return place

    def close(self) -> None:
        """Let the cluster go; answers that are not there yet never come."""
        self._client.close(timeout=2)
        if self._here is not None:
            self._here.close()

    def wait_for(self, batch: _Batch[Item, Result], seconds: float) -> bool:
        """As `Place.wait`. Who waits wants everything sent."""
        if self._open.items:
            self._send()
        if batch.there.wait(seconds):
            self._heard = time.monotonic()
            return True
        if self._client.status not in {"running", "connecting"}:
            raise ClusterLost(address=self._where.address)
        if time.monotonic() - self._heard > EMPTY_SECONDS:
            self._require_workers()
        return False

    def answers_of(self, batch: _Batch[Item, Result]) -> list[Answered]:
        """The answers of a batch, in the order of its items."""
        for _ in range(RESENT):
            if batch.answers is None:
                while not self.wait_for(batch, 1.0):
                    pass
                batch.answers = self._collect(batch)
        if batch.answers is None:
            raise ClusterLost(address=self._where.address)
        return batch.answers

    def _attach(self, attachment: bytes | None) -> None:
        if self._open.items:
            self._send()
        self._open.attachment, self._open.attached = attachment, None
        if attachment is not None:
            with warnings.catch_warnings():
                # It warns of large things in a task; whoever loses this one can be given it again.
                warnings.simplefilter("ignore")
                self._open.attached = self._client.submit(keep, attachment, pure=False)

    def _send(self) -> None:
        batch, self._open = self._open, _Batch()
        # What comes next may belong to the same file.
        self._open.attachment, self._open.attached = batch.attachment, batch.attached
        self._dispatch(batch)

    def _dispatch(self, batch: _Batch[Item, Result]) -> None:
        batch.there.clear()
        try:
            items = pickle.dumps(batch.items)
            given = (self._kept, self._token, software_here(), items, batch.attached)
            batch.sent = self._client.submit(answer_batch, *given, pure=False)
            batch.sent.add_done_callback(lambda _future: batch.there.set())
        except Exception:  # distributed has many words for a scheduler that is gone
            raise ClusterLost(address=self._where.address) from None

    def _collect(self, batch: _Batch[Item, Result]) -> list[Answered] | None:
        """What came back; None when the batch had to be sent once more."""
        assert batch.sent is not None  # noqa: S101 -- it was waited for
        try:
            answers = batch.sent.result()
        except KilledWorker:
            return [self._answered_here(batch, item) for item in batch.items]
        except (CancelledError, OSError, TimeoutError):
            if self._client.status != "running":
                raise ClusterLost(address=self._where.address) from None
            self._dispatch(batch)
            return None
        except Exception as error:  # what answering raises comes as a value: this worker has another program
            raise self._differs(error) from None
        batch.sent.release()
        if isinstance(answers, str):
            raise self._differs(answers)
        batch.attached = None
        # Want of memory on one machine is no verdict on an item.
        return [
            self._answered_here(batch, item) if getattr(value, "code", "") == "counts.reader_died" else (good, value)
            for (good, value), item in zip(answers, batch.items, strict=True)
        ]

    def _answered_here(self, batch: _Batch[Item, Result], item: Any) -> Answered:
        """An item that ended one worker after another, in a process of ours that may end as well."""
        if self._here is None:
            self._here = Processes(*self._given, 1, lost=self._lost)
        try:
            whole = item if batch.attachment is None else item.whole(batch.attachment)
            return True, self._here.submit(whole).result()
        except Exception as error:
            return False, error

    def _require_same_software(self) -> None:
        """Those who join later are asked with every batch."""
        for there in self._client.run(software_here, on_error="return").values():
            if there != software_here():
                self._client.close(timeout=2)
                raise self._differs(there)

    def _differs(self, there: object) -> ClusterDiffers:
        words = there if isinstance(there, str) else f"{type(there).__name__}: {there}"
        return ClusterDiffers(address=self._where.address, here=software_here(), there=words)

    def _require_workers(self) -> None:
        try:
            workers = self._client.nthreads()
        except Exception:  # as above
            raise ClusterLost(address=self._where.address) from None
        self._heard = time.monotonic()
        if not workers:
            raise ClusterEmpty(address=self._where.address)


def _connected(where: ClusterAddress) -> Client:
    _silence()
    files = {"tls_ca_file": where.ca, "tls_client_cert": where.certificate, "tls_client_key": where.key}
    given = {name: str(path) for name, path in files.items() if path is not None}
    for path in given.values():
        with Path(path).open("rb"):
            pass
    try:
        security = Security(**given)
        encrypted = where.address.startswith("tls://")
        # Its client leaves a traceback behind when it finds out by itself.
        if encrypted and security.get_connection_args("client")["ssl_context"] is None:
            raise ClusterUnreachable(address=where.address, problem="--tls-ca, --tls-cert and --tls-key are missing")
        with warnings.catch_warnings():
            # It compares all libraries; `software_here` compares those that a reading hangs on.
            warnings.simplefilter("ignore")
            client = Client(where.address, security=security, timeout=CONNECT_SECONDS, set_as_default=False)
    except ClusterUnreachable:
        raise
    except Exception as error:  # a wrong address, nobody there, another protocol, a certificate that is not trusted
        raise ClusterUnreachable(address=where.address, problem=_problem(error)) from None
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError:
        client.close(timeout=2)
        raise ClusterEmpty(address=where.address) from None
    return client


def _problem(error: BaseException) -> str:
    """What went wrong as a phrase that can be said in any language; libraries and systems speak their own."""
    told: BaseException | None = error
    while told is not None:
        if isinstance(told, ssl.SSLError):
            return "its certificates were not accepted, or these are not the files"
        if isinstance(told, TimeoutError | ConnectionRefusedError | socket.gaierror):
            return "nobody answers there"
        told = told.__cause__ or told.__context__
    return "the connection failed"


def _silence() -> None:
    """What its loggers say of lost connections, the count says in one sentence."""
    for name in ("distributed", "tornado", "asyncio", *logging.root.manager.loggerDict):
        if name.split(".")[0] in {"distributed", "tornado", "asyncio"}:
            logger = logging.getLogger(name)
            logger.handlers[:] = [logging.NullHandler()]
            logger.propagate = False

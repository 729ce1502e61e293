"""Pages to readers on other machines, and work of any kind to processes here or there; Dask only when asked for."""

from __future__ import annotations

import hashlib
import importlib
from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from daihoi.counts.cluster_address import ClusterAddress
from daihoi.counts.errors import ClusterMissing, ImageChanged, ReaderDied
from daihoi.counts.pool import AHEAD, Answer, Desk, PageResult, PageTask, Readers, Work, bytes_of, ended_twice
from daihoi.counts.pool_processes import Processes

if TYPE_CHECKING:
    from daihoi.counts.pool_cluster import Cluster

LARGE = 2_000_000
"""Bytes of a file that travels by itself; a page of a scanner has a quarter of that."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


@dataclass(frozen=True)
class SentPage:
    """A page with the bytes of its file: workers share no disk."""

    task: PageTask
    data: bytes = b""

    def whole(self, data: bytes) -> SentPage:
        """The page with the bytes of a file of many pages, which travelled by themselves."""
        return SentPage(self.task, data)


class RemoteDesk:
    """Reads what was sent; made once on every worker."""

    def __init__(self, work: Work) -> None:
        """Make the reader."""
        self._desk = Desk(work)
        self._sound = b""

    def __call__(self, page: SentPage) -> PageResult:
        """One page. Raises ImageChanged for bytes that are not those that were sent, ReaderDied."""
        # A file of a thousand pages is one object that comes again and again.
        if page.data is not self._sound and hashlib.sha256(page.data).hexdigest() != page.task.sha256:
            raise ImageChanged(path=page.task.path)
        self._sound = page.data
        return self._desk.read(page.data, page.task)


class ClusterReaders:
    """Readers on a Dask cluster; as `Readers`. Connects when the first page comes, or `at_once`."""

    def __init__(self, work: Callable[[], Work], where: ClusterAddress, *, at_once: bool = False) -> None:
        """Raises, now or at the first page, ClusterMissing, ClusterUnreachable, ClusterEmpty."""
        self.width = 1
        self._work = work
        self._where = where
        self._cluster: Cluster[SentPage, PageResult] | None = None
        self._path = ""
        self._data = b""
        if at_once:
            self._connected()

    def submit(self, task: PageTask) -> Answer:
        """As `Readers`. Raises ImageChanged, and all that the cluster may raise."""
        if task.path != self._path:
            self._data, self._path = bytes_of(task), task.path
        # The first page of a file takes its bytes along; those after it would take them again and again.
        if task.index or len(self._data) > LARGE:
            return self._connected().submit(SentPage(task), 0, self._data)
        return self._connected().submit(SentPage(task, self._data), len(self._data))

    def close(self) -> None:
        """As `Readers`."""
        if self._cluster is not None:
            self._cluster.close()

    def _connected(self) -> Cluster[SentPage, PageResult]:
        if self._cluster is None:
            cluster = open_cluster(RemoteDesk, self._work(), self._where, lost=_page_lost)
            self._cluster, self.width = cluster, cluster.width
        return self._cluster


def _page_lost(page: SentPage, code: int) -> PageResult:
    return ended_twice(page.task, code)


def open_cluster(
    make: Callable[[Any], Callable[[Item], Result]],
    shared: object,
    where: ClusterAddress,
    *,
    lost: Callable[[Item, int], Result],
) -> Cluster[Item, Result]:
    """A cluster that answers items. Raises ClusterMissing without Dask, ClusterUnreachable, ClusterEmpty."""
    try:
        module = importlib.import_module("daihoi.counts.pool_cluster")
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in {"distributed", "dask"}:
            raise
        raise ClusterMissing() from None
    cluster: Cluster[Item, Result] = module.Cluster(make, shared, where, lost=lost)
    return cluster


class _Coming(Protocol[Result_co]):
    def result(self) -> Result_co: ...


def answered(
    make: Callable[[Any], Callable[[Item], Result]],
    shared: object,
    items: Iterable[Item],
    *,
    lost: Callable[[Item, int], Result],
    workers: int = 1,
    cluster: ClusterAddress | None = None,
) -> Generator[Result, None, None]:
    """`make(shared)(item)` for each item, in order, in processes here or on a cluster; items are drawn when needed.

    `make`, `shared`, items and results must be picklable; `lost(item, exit)` answers for an item that ends two
    processes. Raises what answering raises, ReaderDied when no process can be started, and what a cluster may raise.

        for result in answered(make_drawer, job, range(1000), lost=nothing, cluster=ClusterAddress("tcp://...:8786")):
    """
    pool: Processes[Item, Result] | Cluster[Item, Result]
    if cluster is None:
        pool = Processes(make, shared, workers, lost=lost)
    else:
        pool = open_cluster(make, shared, cluster, lost=lost)
    coming: deque[_Coming[Result]] = deque()
    try:
        for item in items:
            coming.append(pool.submit(item))
            if len(coming) >= AHEAD * pool.width:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
    except ChildProcessError:
        raise ReaderDied(file="") from None
    finally:
        pool.close()


def remote_readers(where: ClusterAddress, *, at_once: bool = False) -> Callable[[Callable[[], Work]], Readers]:
    """What `count` opens its readers with, for a cluster."""
    return lambda work: ClusterReaders(work, where, at_once=at_once)

"""Where a cluster is reached, and by which certificates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ClusterAddress:
    """Where the scheduler is (tcp://HOST:PORT or tls://HOST:PORT), and the PEM files of a tls address.

    Without files Dask's own configuration holds.
    """

    address: str
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

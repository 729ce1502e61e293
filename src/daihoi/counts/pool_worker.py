"""What runs inside a reading process: it is given work once, then answers items one after the other until it is let go.

It imports no more than it must: every process pays for that in time and in memory.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

import cv2

from daihoi.counts.page_bounds import PageBounds

Answered = tuple[bool, Any]
"""(True, the answer) or (False, the exception that it ended in)."""


def serve(connection: Connection) -> None:
    """Make the answerer of what comes first, say so, then answer what comes after it, in order."""
    # Ctrl-C reaches every process of the terminal; the parent alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # One thread, so that no sum is taken in another order and no worker takes the core of another.
    cv2.setNumThreads(1)
    end_with_parent()
    try:
        make, shared = pickle.loads(connection.recv_bytes())  # noqa: S301 -- the parent wrote it a moment ago
        answer = make(shared)
        bounds = PageBounds()
        connection.send((True, None))
        while True:
            item = connection.recv()
            with bounds.page():
                answered = _answered(answer, item)
            connection.send_bytes(_packed(answered))
    except (EOFError, OSError):
        return
    except Exception as error:  # told to the parent: a traceback in a hall helps nobody
        connection.send_bytes(_packed((False, error)))


def _answered(answer: Callable[[Any], Any], item: Any) -> Answered:
    try:
        return True, answer(item)
    except Exception as error:  # whatever it is, it is the caller's to judge, and the next item is to be answered
        return False, error


def _packed(answered: Answered) -> bytes:
    """An answer as bytes; an exception that does not travel is named by one that does."""
    try:
        data = pickle.dumps(answered)
        if not answered[0]:
            # Some exceptions are written and cannot be read again: their class wants other arguments.
            pickle.loads(data)  # noqa: S301 -- our own bytes
    except Exception:
        return pickle.dumps((False, RuntimeError(f"{type(answered[1]).__name__}: {answered[1]}")))
    return data


def end_with_parent() -> None:
    """From now on this process ends when the one that started it does, even when that one was killed."""
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)

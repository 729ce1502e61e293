"""Ctrl-C between two steps of a long work and not in the midst of one, and never in the processes that help with it."""

from __future__ import annotations

import signal
import threading
from multiprocessing import resource_tracker
from types import FrameType, TracebackType

# Windows has no masks; there a helping process turns Ctrl-C away as soon as it imports this package.
_MASKS = hasattr(signal, "pthread_sigmask")


class StopBetweenSteps:
    """A context within which Ctrl-C waits for the next `check`. Outside the main thread it does nothing."""

    def __init__(self) -> None:
        """Nothing is held yet."""
        self._asked = False
        self._holds = False

    def __enter__(self) -> StopBetweenSteps:
        """Hold Ctrl-C back."""
        if threading.current_thread() is threading.main_thread():
            self._holds = True
            self._before = signal.signal(signal.SIGINT, self._note)
            if _MASKS:
                # Python's tracker of shared resources unblocks SIGINT when it is started with the first process.
                resource_tracker.ensure_running()
                # Processes that are started now inherit the mask. One that died of Ctrl-C while it is being started
                # would leave a traceback, and us waiting for ever to tell it what to do.
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        return self

    def check(self) -> None:
        """Raise KeyboardInterrupt here if somebody has asked to stop."""
        if self._holds and (self._asked or (_MASKS and signal.SIGINT in signal.sigpending())):
            self._asked = True
            raise KeyboardInterrupt

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let Ctrl-C through again; one that came after the last step has nothing to stop any more."""
        if self._holds:
            if _MASKS:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            signal.signal(signal.SIGINT, self._before)
            self._holds = False

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True

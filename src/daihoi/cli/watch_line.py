"""What is told while scans arrive: one line on a terminal, a line for each result in a log."""

from __future__ import annotations

from daihoi.cli.progress import Progress
from daihoi.counts.session import Far
from daihoi.words.language import _
from daihoi.words.shown import shown

SHOWN = 3
"""So many unfinished files are named."""


class WatchLine:
    """Tells of a watch; raises KeyboardInterrupt when somebody wants to stop."""

    def __init__(self, progress: Progress) -> None:
        """Nothing is told yet."""
        self._progress = progress
        self._logged: tuple[object, ...] = ()

    def __call__(self, far: Far) -> None:
        """Tell how far it has come."""
        words = watch_words(far)
        self._progress.say(words)
        state = (far.pages, far.ballots)
        if far.settled and far.ballots is not None and state != self._logged:
            self._logged = state
            self._progress.log(words)


def watch_words(far: Far) -> str:
    """Pages, ballots, doubts, refusals, the batch, and what still waits."""
    words = [
        _("Watching: {pages} page(s) read, {ballots} ballot(s), {doubtful} doubtful mark(s), {refused} refused").format(
            pages=far.pages, ballots=far.ballots or 0, doubtful=far.doubtful, refused=far.refused
        )
    ]
    if far.batch:
        words.append(_("batch {batch}").format(batch=shown(far.batch)))
    if far.unread:
        words.append(_("{pages} being read").format(pages=far.unread))
    if far.waiting:
        words.append(_("waiting for the end of {files}").format(files=named(far.waiting)))
    return "; ".join(words)


def named(files: tuple[str, ...]) -> str:
    """The first files by name, and how many more."""
    more = len(files) - SHOWN
    return ", ".join(shown(file) for file in files[:SHOWN]) + (f" +{more}" if more > 0 else "")

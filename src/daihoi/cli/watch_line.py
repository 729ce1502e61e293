"""What is told while scans arrive: one line on a terminal, a line for each result in a log."""

from __future__ import annotations

from daihoi.cli.progress import Progress
from daihoi.counts.watching import Watched
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

    def __call__(self, watched: Watched) -> None:
        """Tell how far it has come."""
        words = watch_words(watched)
        self._progress.say(words)
        state = (watched.pages, watched.ballots)
        if watched.settled and watched.ballots is not None and state != self._logged:
            self._logged = state
            self._progress.log(words)


def watch_words(watched: Watched) -> str:
    """Pages, ballots, doubts, refusals, the batch, and what still waits."""
    words = [
        _("Watching: {pages} page(s) read, {ballots} ballot(s), {doubtful} doubtful mark(s), {refused} refused").format(
            pages=watched.pages, ballots=watched.ballots or 0, doubtful=watched.doubtful, refused=watched.refused
        )
    ]
    if watched.batch:
        words.append(_("batch {batch}").format(batch=shown(watched.batch)))
    if watched.unread:
        words.append(_("{pages} being read").format(pages=watched.unread))
    if watched.waiting:
        words.append(_("waiting for the end of {files}").format(files=named(watched.waiting)))
    return "; ".join(words)


def named(files: tuple[str, ...]) -> str:
    """The first files by name, and how many more."""
    more = len(files) - SHOWN
    return ", ".join(shown(file) for file in files[:SHOWN]) + (f" +{more}" if more > 0 else "")

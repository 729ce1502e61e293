"""What the board takes back: an answer, or a whole batch. Each is an event more; nothing in the ledger is altered."""

from __future__ import annotations

from collections.abc import Iterable, Set

from daihoi.counts.adopting import Said
from daihoi.counts.answers import WITHDRAWN, answers_in, answers_of, place_in
from daihoi.counts.batches import Key, scans_of
from daihoi.counts.count_folder import CountFolder
from daihoi.counts.errors import BatchUnknown, NameMissing, ReasonMissing
from daihoi.counts.outputs import Place, derive, write_review
from daihoi.counts.page_events import pages_seen
from daihoi.counts.removals import REMOVED
from daihoi.interchange.decisions import PAGE
from daihoi.ledger import canonical


def withdraw(folder: CountFolder, places: Iterable[Place], said: Said) -> tuple[Place, ...]:
    """Take back the answers that hold on these places, on disk when this returns; which these were.

    The rows are then open as if they had never been answered; a sheet that the answer closed to further pages stays
    closed. The same given again (place, name, moment) is nothing new, whatever was answered since. Raises NameMissing.
    """
    if not said.name:
        raise NameMissing()
    held = answers_in(folder.journal.entries)
    done = _withdrawn(folder, said)
    gone = tuple(dict.fromkeys(place for place in places if place in held.words and place not in done))
    if not gone:
        return ()
    words = {place: word for place, word in held.words.items() if place not in gone}
    # review.csv goes first: killed between the two, a word that still stood there would be taken for one typed anew.
    write_review(folder, derive(folder, answers_of(words, held.scanned)), gone)
    for place in gone:
        facts = {"ballot": place[0], "candidate": place[1], "decision": held.words[place]}
        folder.journal.append(WITHDRAWN, facts, at=said.moment, by=said.name)
    folder.journal.sync()
    return gone


def _withdrawn(folder: CountFolder, said: Said) -> Set[Place]:
    """What this person took back at this moment: given again after a kill, it must not undo what was said since."""
    who = canonical.text(said.name), said.moment
    entries = (entry for entry in folder.journal.entries if entry.kind == WITHDRAWN)
    return {place_in(entry) for entry in entries if (entry.by, entry.at) == who}


def remove(folder: CountFolder, batch: Key | str, said: Said, why: str) -> None:
    """Take a batch out of the count: by the key of its slip, or by its folder of scans (empty: the topmost).

    The same removal given again (batch, name, moment, reason) is nothing new, whatever has come to the folder since.
    Raises NameMissing, ReasonMissing, BatchUnknown.
    """
    if not said.name:
        raise NameMissing()
    name = f"folder:{batch}" if isinstance(batch, str) else f"slip:{'/'.join(map(str, batch))}"
    if not why.strip():
        raise ReasonMissing(batch=name)
    reason = " ".join(why.split())
    if _is_known(folder, name, reason, said):
        return
    scans = scans_of(pages_seen(folder.journal.entries, folder.grounds.candidates, folder.known), batch)
    if not scans:
        raise BatchUnknown(path=str(folder.path), batch=name)
    pages = [scan.ref.removeprefix(PAGE) for scan in scans]
    facts = {"batch": name, "pages": pages, "reason": reason}
    folder.journal.append(REMOVED, facts, at=said.moment, by=said.name)
    folder.journal.sync()


def _is_known(folder: CountFolder, batch: str, reason: str, said: Said) -> bool:
    """Whether this very removal stands in the ledger: whoever was killed before noting that it was done asks again."""
    asked = canonical.text(batch), canonical.text(reason), canonical.text(said.name), said.moment
    return any(
        asked == (entry.facts["batch"], entry.facts["reason"], entry.by, entry.at)
        for entry in folder.journal.entries
        if entry.kind == REMOVED
    )

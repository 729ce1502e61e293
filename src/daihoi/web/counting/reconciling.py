"""The reconciliation sheet: every figure beside the one that it must equal, and what to do where it does not.

The checks are those of `daihoi.rules`, as the count of record has them; beside them what only the room knows: whether
everything is read and decided, whether hand and scanner agree pile by pile, whether the witnesses agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.rules import reconciliation as rules
from daihoi.web.counting import comparing, keying, queries, sampling, standing
from daihoi.web.counting.choices import Way
from daihoi.web.counting.models import Count, Progress
from daihoi.web.elections import making
from daihoi.web.elections.models import Contest
from daihoi.web.elections.saying import Speech
from daihoi.words.errors.findings import reconciliation_check

TODO = {
    rules.PRINTED_ACCOUNTED: gettext_lazy(
        "Count the unused and the spoiled ballots again; every printed paper is accounted for, the unused are sealed."
    ),
    rules.VALID_AND_INVALID_ARE_COLLECTED: gettext_lazy(
        "Decide what is open; then look for papers that were not scanned, and count the pile again by hand."
    ),
    rules.VOTES_WITHIN_VALID: gettext_lazy("Do not announce; count again by another reader and compare."),
    rules.SUM_OF_VOTES: gettext_lazy("Do not announce; count again by another reader and compare."),
    rules.SCANNED_IS_COLLECTED: gettext_lazy(
        "Look for papers that lie in the scanner or went through together; scan what is missing, or remove a pile that "
        "was scanned twice. Count the pile again by hand."
    ),
}
SPOKEN = {
    rules.ISSUED_WITHIN_PRESENT: "more_issued",
    rules.COLLECTED_WITHIN_ISSUED: "more_collected",
}
"""Stops for which the rules have a sentence for the chair. [rules section 9.5, question A8]"""


@dataclass(frozen=True)
class Line:
    """One line; `holds` None while it cannot be known. `stops`: nothing is confirmed while it stands so."""

    code: str
    words: str
    holds: bool | None
    detail: str = ""
    todo: str = ""

    @property
    def stops(self) -> bool:
        """A line that is not known holds nothing up only when it can never be known."""
        return self.holds is not True


def lines(contest: Contest) -> list[Line]:
    """All lines of a contest, in the order of the sheet."""
    count = queries.count_of_record(contest)
    if count is None:
        return [Line("begun", _("A count was begun"), False, todo=_("Begin the count, and scan or key the ballots."))]
    progress = standing.progress_of(count)
    return [
        *_of_rules(contest, progress), *_of_reader(count, progress), *_of_board(count), *_of_witnesses(contest),
        *_of_samples(contest),
    ]  # fmt: skip


def lines_without_digest(contest: Contest, count: Count) -> list[Line]:
    """The lines of the sheet that may cease to hold while the digest of `count`, the one of record, stays as it is."""
    return [*_of_board(count), *_of_samples(contest)]


def _of_rules(contest: Contest, progress: Progress) -> Iterator[Line]:
    result = progress.result
    if result is None:
        words = _("The ballots were read")
        yield Line("read", words, False, todo=_("Scan or key the ballots; the figures come by themselves."))
        return
    for check in result["reconciliation"]:
        code, holds = str(check["check"]), check["holds"]
        words, _colon, detail = reconciliation_check(code, str(check["detail"])).partition(": ")
        if code == rules.VOTES_WITHIN_VALID:
            detail = _with_names(contest, detail)
        yield Line(code, words, holds, detail, "" if holds else _todo(contest, code))


def _with_names(contest: Contest, detail: str) -> str:
    """People by their names: the codes of the record say nothing to a board."""
    names = {one.candidate: one.name for one in making.listed(contest)}
    return " ".join(names.get(word, word) for word in detail.split(" "))


def _todo(contest: Contest, code: str) -> str:
    if code in SPOKEN:
        speech = Speech(contest, making.body_of(contest.sitting), making.listed(contest))
        spoken = speech.say(SPOKEN[code])
        return f"{spoken.text} [{spoken.clause}]" if spoken.clause else spoken.text
    return str(TODO.get(code, ""))


def _of_reader(count: Count, progress: Progress) -> Iterator[Line]:
    if count.way == Way.KEYED:
        whole = keying.is_whole(count)
        todo = "" if whole else _("Key every pile; papers that differ come back to those who keyed them.")
        yield Line("all_keyed", _("Every paper is keyed alike by two people"), whole, todo=todo)
        return
    waiting = progress.unread + len(progress.waiting)
    idle = progress.settled and not waiting and not queries.waits_for_reader(count)
    yield Line(
        "all_read", _("Every scan is read and every decision is in the count"), idle,
        "" if idle else _("%(n)d wait") % {"n": waiting},
        "" if idle else _("Wait a moment; where it stays so, look at the files that wait and at the reader."),
    )  # fmt: skip
    differs = [
        f"{batch.number}: {batch.papers} / {progress.piles.get(batch.folder, {}).get('ballots', 0)}"
        for batch in count.batches.filter(removed_at__isnull=True)
        if batch.papers != progress.piles.get(batch.folder, {}).get("ballots", 0)
    ]
    yield Line(
        "batches", _("Each pile has as many ballots as were counted by hand"), not differs, "; ".join(differs),
        _("Count the pile again by hand; where papers stuck together, remove it and scan it again.") if differs else "",
    )  # fmt: skip


def _of_board(count: Count) -> Iterator[Line]:
    waiting = queries.open_questions(count).count()
    yield Line(
        "decided", _("Everything that was doubtful is decided"), not waiting,
        _("%(n)d open") % {"n": waiting} if waiting else "",
        _("The board decides what is open, at the table.") if waiting else "",
    )  # fmt: skip
    refused = count.decisions.filter(undone_at__isnull=True, problem__isnull=False).count()
    if refused:
        yield Line(
            "taken", _("The count took every decision"), False, _("%(n)d not taken") % {"n": refused},
            _("Take these decisions back in the list of decisions, and decide anew."),
        )  # fmt: skip
    if count.every_ballot:
        missing = queries.unseen(count)
        differ = queries.differing(count)
        yield Line(
            "seen", _("A person has confirmed every ballot"), not missing and not differ,
            _("%(n)d not seen, %(differ)d not as they were read") % {"n": missing, "differ": differ}
            if missing or differ else "",
            _("Go on with the ballots at the table; what is not as it was read, the head of the board decides.")
            if missing or differ else "",
        )  # fmt: skip


def _of_witnesses(contest: Contest) -> Iterator[Line]:
    held = queries.witnesses(contest)
    if len(held) < 2:
        return
    found = comparing.standing(contest)
    yield Line(
        "witnesses", _("The independent counts agree"), found.agrees, found.words,
        "" if found.agrees else _("Open the comparison; find the ballot on paper; the board decides it in each count."),
    )  # fmt: skip


def _of_samples(contest: Contest) -> Iterator[Line]:
    """A sample that was drawn is read to its end: who stops when it begins to differ has looked at nothing."""
    for count in queries.witnesses(contest):
        sample = sampling.held(count)
        if sample is None:
            continue
        found = sampling.witnesses(sample)
        agree, apart = sum(one.agrees for one in found), sum(one.stands_apart for one in found)
        moved = sampling.has_moved(sample, found)
        if moved:
            todo = _("The count has other ballots than when the sample was drawn: set it aside and throw another seed.")
        elif apart:
            todo = _(
                "Open the sample: the papers that differ stand there with their rows; the board looks at the paper."
            )
        else:
            todo = _("Key the drawn papers that nobody has read yet.")
        detail = _("%(agree)d of %(all)d agree") % {"agree": agree, "all": len(found)}
        words = _("The hand sample of count %(label)s agrees") % {"label": count.label}
        holds = agree == len(found) and not moved
        yield Line("sample", words, holds, "" if holds else detail, "" if holds else todo)

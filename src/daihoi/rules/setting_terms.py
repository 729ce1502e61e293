"""What each setting is: the question a text leaves open, its default, its clause and how that clause is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from daihoi.rules.clauses import Edition, Tag, Topic
from daihoi.rules.editions import qd_190_tw_2024

SettingValue = bool | int | str
HIGH_TO_LOW: Final = "votes_high_to_low"
CONGRESS_DECIDES: Final = "congress_decides"


@dataclass(frozen=True)
class SettingTerm:
    """What a setting is: `allowed` are the words of a text setting, `low` and `high` the ends of a number's range.

    `source` is a subject that every edition has a clause for, or the text itself where it stands in another document.
    `tag` is that of the edition in force; `unconfirmed_244` says whether nobody read it in 244-QĐ/TW,
    where that differs. `question` is the open question that it answers.
    """

    name: str
    default: SettingValue
    source: Topic | str
    tag: Tag
    meaning_en: str
    allowed: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    question: str = ""
    unconfirmed_244: bool | None = None

    @property
    def clause(self) -> str:
        """The clause in the edition in force, in the short form of findings; empty where no text has one."""
        return self.clause_under(qd_190_tw_2024.EDITION)

    def clause_under(self, edition: Edition) -> str:
        """The clause to print for a congress under that edition: an older one never cites a later regulation."""
        return edition.clause(self.source) if isinstance(self.source, Topic) else self.source

    @property
    def unconfirmed(self) -> bool:
        """Whether nobody read the clause in the edition in force: second-hand, remembered or inferred."""
        return self.tag not in (Tag.F, Tag.P)

    def unconfirmed_under(self, edition: Edition | None) -> bool:
        """Whether the value is unconfirmed under that edition, or under any when none is given."""
        older = self.unconfirmed if self.unconfirmed_244 is None else self.unconfirmed_244
        if edition is None:
            return self.unconfirmed or older
        return older if edition.number == "244-QĐ/TW" else self.unconfirmed


SETTINGS: Final[tuple[SettingTerm, ...]] = (
    SettingTerm(
        "surplus_limit_percent",
        30,
        Topic.SURPLUS,
        Tag.F,
        "Largest surplus of a list with obligatory surplus, in percent of the seats; the congress may fix less.",
        low=1,
        high=30,
        unconfirmed_244=True,
    ),
    SettingTerm(
        "surplus_floor_one",
        True,
        Topic.SURPLUS,
        Tag.N,
        "A surplus of one person is allowed however small the number of seats (read for committees of 3 to 5).",
        question="A13",
    ),
    SettingTerm(
        "prepared_low_percent",
        10,
        Topic.SURPLUS,
        Tag.F,
        "Smallest surplus of the prepared list, in percent of the seats; a warning only.",
        high=100,
        unconfirmed_244=True,
    ),
    SettingTerm(
        "prepared_high_percent",
        15,
        Topic.SURPLUS,
        Tag.F,
        "Largest surplus of the prepared list, in percent of the seats; a warning only.",
        high=100,
        unconfirmed_244=True,
    ),
    SettingTerm(
        "support_percent",
        30,
        Topic.SUPPORT,
        Tag.F,
        "Support that a person not on the prepared list must EXCEED, in percent of those attending.",
        high=100,
        question="A12",
    ),
    SettingTerm(
        "branch_minimum",
        3,
        "Điều lệ Đ24 k1",
        Tag.N,
        "Fewest official members with which a branch can hold a congress.",
        low=1,
        high=9,
    ),
    SettingTerm(
        "name_order",
        "given_family_middle",
        Topic.NAME_ORDER,
        Tag.M,
        "Which part of a name is compared after the given name; then older party age, then birth.",
        allowed=("given_family_middle", "given_middle_family"),
        question="A17",
    ),
    SettingTerm(
        "delegates_list",
        "common",
        Topic.DELEGATES,
        Tag.P,
        "Official delegates and alternates stand on one common list (under 244-QĐ/TW two lists were also possible).",
        allowed=("common",),
        unconfirmed_244=True,
    ),
    SettingTerm(
        "strike_instruction",
        "",
        Topic.BALLOT_PAPER,
        Tag.M,
        "How to vote, printed on a ballot with surplus; empty for the wording of this program.",
    ),
    SettingTerm(
        "agree_instruction",
        "",
        Topic.BALLOT_PAPER,
        Tag.M,
        "How to vote, printed on a ballot without surplus; empty for the wording of this program.",
    ),
    SettingTerm(
        "over_vote_limit",
        "official",
        Topic.DELEGATES,
        Tag.I,
        "More names than this make an over-vote on a delegates' list: the official seats, or alternates added.",
        allowed=("official", "official_and_alternates"),
        question="A7",
    ),
    SettingTerm(
        "blank_single_ballot",
        "invalid",
        Topic.BALLOT_VALIDITY,
        Tag.M,
        "A ballot with one name and no mark in either box.",
        allowed=("invalid", "valid"),
        question="A2",
    ),
    SettingTerm(
        "no_agree_ballot",
        "propose_by_disagree",
        Topic.BALLOT_VALIDITY,
        Tag.M,
        "What is proposed to the board for several names without surplus and nobody agreed to: valid if somebody is "
        "disagreed with, always invalid, or always valid.",
        allowed=("propose_by_disagree", "propose_invalid", "propose_valid"),
        question="A3",
    ),
    SettingTerm(
        "delegates_deduct_absent_throughout",
        True,
        Topic.BASE_DELEGATES,
        Tag.M,
        "At a delegate congress, convening members and unreplaced delegates absent throughout leave the base.",
        question="A1",
        unconfirmed_244=False,
    ),
    SettingTerm(
        "meeting_deducts_suspended",
        True,
        Topic.BASE_MEETING,
        Tag.M,
        "At a meeting, members suspended, charged, prosecuted or in custody leave the base.",
    ),
    SettingTerm(
        "meeting_deducts_on_leave",
        True,
        Topic.BASE_MEETING,
        Tag.M,
        "At a meeting, members absent throughout with leave leave the base.",
    ),
    SettingTerm(
        "temporary_transfer_counted_when_present",
        True,
        "HD 01-HD/TW 2016 mục 13.2",
        Tag.N,
        "Members in temporary activity elsewhere count when they come; the deduction holds the absent alone.",
        question="A16",
    ),
    SettingTerm(
        "show_of_hands_deducts",
        "elsewhere_and_exempt",
        "294-QĐ/TW Đ9 điểm 9.3.2",
        Tag.N,
        "What leaves the base of votes by show of hands at a members' congress; never used for ballots.",
        allowed=("elsewhere_and_exempt", "nobody"),
    ),
    SettingTerm(
        "ranking",
        HIGH_TO_LOW,
        Topic.RANKING,
        Tag.M,
        "Where more have passed half than there are seats, the seats go from the highest vote down.",
        allowed=(HIGH_TO_LOW,),
    ),
    SettingTerm(
        "tie_reballot_plurality",
        True,
        Topic.TIES,
        Tag.M,
        "In a re-ballot of the tied the higher vote wins, more than half or not; the presidium must confirm.",
        question="A10",
    ),
    SettingTerm(
        "second_tie",
        CONGRESS_DECIDES,
        Topic.TIES,
        Tag.M,
        "A tie in the re-ballot: the congress decides whether to vote again; no lot and no age.",
        allowed=(CONGRESS_DECIDES,),
        question="A11",
    ),
    SettingTerm(
        "alternates_order",
        HIGH_TO_LOW,
        Topic.DELEGATES,
        Tag.M,
        "Alternates are taken from the highest vote down among those left after the official delegates.",
        allowed=(HIGH_TO_LOW,),
    ),
    SettingTerm(
        "alternates_need_majority",
        True,
        Topic.DELEGATES,
        Tag.M,
        "An alternate too must have more than half of the base.",
    ),
    SettingTerm(
        "alternates_short",
        CONGRESS_DECIDES,
        Topic.DELEGATES,
        Tag.M,
        "Too few alternates: the congress decides whether to vote again.",
        allowed=(CONGRESS_DECIDES,),
    ),
    SettingTerm(
        "shortfall",
        CONGRESS_DECIDES,
        Topic.SHORTFALL,
        Tag.M,
        "Too few elected: the congress decides whether to go on voting and whether names may be added, or for "
        "delegates a further vote is held first and the congress decides after it.",
        allowed=(CONGRESS_DECIDES, "vote_again_then_congress_decides"),
    ),
    SettingTerm(
        "complaint_working_days",
        15,
        Topic.COMPLAINTS,
        Tag.F,
        "Working days after closing in which complaints are taken.",
        low=1,
        high=60,
        unconfirmed_244=True,
    ),
    SettingTerm(
        "archive_months",
        6,
        Topic.ARCHIVE,
        Tag.F,
        "Months for which the sealed ballots are kept.",
        low=1,
        high=120,
        unconfirmed_244=True,
    ),
    SettingTerm(
        "minutes_copies",
        3,
        "",
        Tag.I,
        "Copies of the minutes where [minutes] copies does not say; no text gives a number.",
        low=1,
        high=20,
        question="A19",
    ),
    SettingTerm(
        "layout_profile_from",
        "2026-05-27",
        "HD 05-HD/VPTW 2026",
        Tag.N,
        "First day of the layout profile HD05-2026 of official papers, as YYYY-MM-DD.",
    ),
)

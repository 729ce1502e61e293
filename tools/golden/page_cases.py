"""Golden sheets of paper and scanner: the same marks under folds, stamps, coffee, dust, skew and scale."""

from __future__ import annotations

from golden import papers
from golden.case import EITHER, HARDLY, STRUCK, Answer, Case, Draw, many
from golden.glass import Glass
from golden.leaf import AGREE, BLACK, BLUE, DISAGREE, FELT, PENCIL, RED, Leaf
from golden.square_cases import FOUR, PERHAPS

THREE: dict[str, Answer] = many("2 5 8", STRUCK)
JPEG = Glass(kind="jpeg", noise=1.5, quality=60)
COLOUR = Glass(kind="colour", quality=65)
BIT = Glass(kind="bit")


def marked(leaf: Leaf) -> Leaf:
    """Three strikes, or four squares: what stands on every sheet of this file."""
    if leaf.targets(AGREE):
        leaf.using(BLUE).cross(0, AGREE).tick(2, AGREE).slash(4, AGREE)
        return leaf.cross(6, DISAGREE)
    return leaf.using(BLUE).strike(1).strike(4, rise=2.0).wave(7, 0.6, 7.0)


def then(*spoil: Draw) -> Draw:
    """The marks, and what befalls the paper after the voter."""

    def draw(leaf: Leaf) -> None:
        marked(leaf)
        for each in spoil:
            each(leaf)

    return draw


def before(*spoil: Draw) -> Draw:
    """What befell the paper before the voter had it, and the marks on top."""

    def draw(leaf: Leaf) -> None:
        for each in spoil:
            each(leaf)
        marked(leaf)

    return draw


def name_height(leaf: Leaf, row: int) -> float:
    """The middle of the small letters of a name."""
    return leaf.box(row).y + 0.6 * leaf.box(row).h


def folded_names(leaf: Leaf) -> None:
    """Folds through an unmarked and a struck name, and an upright one through all names."""
    papers.lying(leaf, name_height(leaf, 2))
    papers.lying(leaf, name_height(leaf, 7) - 0.4, 0.4)


def folded_squares(leaf: Leaf) -> None:
    """Folds through the column of squares and through one row of them."""
    papers.upright(leaf, leaf.box(0, AGREE).x + 3, 0.3)
    papers.lying(leaf, leaf.middle(4, AGREE)[1] + 0.5, 0.4)


def stamped_rows(light: tuple[float, float, float]) -> Draw:
    """The stamp pressed so low that it lies over the first names."""
    return lambda leaf: papers.stamp(leaf, 64, leaf.box(0).y - 4, light)


def stamped_squares(light: tuple[float, float, float]) -> Draw:
    """The stamp pressed over the first squares."""
    return lambda leaf: papers.stamp(leaf, 148, leaf.box(0, AGREE).y - 5, light)


def soaked_through(leaf: Leaf) -> None:
    """Felt-pen strikes on another ballot's face, pressed against this one's back, come through."""
    other = Leaf(leaf.ballot)
    other.paper[:] = 255
    papers.soaked(leaf, other.using(FELT).strike(3).strike(9).line([(150, 60), (60, 220)]).paper, 0.16)


def soaked_back(leaf: Leaf) -> None:
    """What is printed and struck on the front shines through to the back, mirrored."""
    front = Leaf(leaf.ballot, 1).using(FELT).strike(0, 3, 5, 20, 22)
    papers.soaked(leaf, front.paper, 0.10)


def copied_ballot(leaf: Leaf) -> None:
    """Marks on a photocopy of the ballot."""
    papers.copied(leaf)
    marked(leaf)


def copied_after(leaf: Leaf) -> None:
    """A photocopy of a marked ballot."""
    marked(leaf.using(BLACK))
    papers.copied(leaf)


def hidden_corner(leaf: Leaf) -> None:
    """A dog-ear that lies over a corner mark."""
    papers.dog_ear(leaf, right=True, lower=True, size=26)


def streaks(leaf: Leaf) -> None:
    """Two dark streaks through names and a light one."""
    papers.streak(leaf, 63, 0.25)
    papers.streak(leaf, 71, 0.15, 0.8)
    papers.streak(leaf, 78, 0.2, 0.8, light=True)


def square_streak(leaf: Leaf) -> None:
    """A thin dark streak through the column of squares."""
    papers.streak(leaf, leaf.box(0, AGREE).x + 1.8, 0.2, 0.7)


CLOUDED: dict[str, Answer] = many("1 3 4 6 7 9 10 11 12", HARDLY)
WORN: dict[str, Answer] = many("2 5 8", EITHER)
NO_FRAME, UNKNOWN = ("corners_not_found",), ("corners_not_found", "code_unreadable", "codes_disagree")
SCALES = (0.95, 0.96, 0.97, 0.985, 1.015, 1.03, 1.04, 1.06)
PAGES: dict[str, Case] = {
    "fold-through-names": Case(
        then(folded_names), {**THREE, "c03": HARDLY, "c08": EITHER}, refused=("streaks",), how=JPEG
    ),
    "fold-upright-through-names": Case(then(lambda p: papers.upright(p, 66)), THREE),
    "folds-in-four": Case(then(lambda p: papers.upright(p, 105), lambda p: papers.lying(p, 148.5)), THREE),
    "fold-light": Case(then(lambda p: papers.lying(p, name_height(p, 2), 0.3, 0.08)), {**THREE, "c03": HARDLY}),
    "stamp-red-over-first-row": Case(
        then(stamped_rows(papers.RED_STAMP)), {**WORN, "c08": STRUCK, "c05": STRUCK, "c01": HARDLY}, how=COLOUR
    ),
    "stamp-red-over-first-row-grey": Case(
        then(stamped_rows(papers.RED_STAMP)), {**WORN, "c08": STRUCK, "c05": STRUCK, "c01": HARDLY}
    ),
    "stamp-violet-over-first-row": Case(
        then(stamped_rows(papers.VIOLET_STAMP)), {**WORN, "c08": STRUCK, "c05": STRUCK, "c01": HARDLY}
    ),
    "stamp-in-its-field": Case(then(lambda p: papers.stamp(p, 43.5, 31)), THREE, how=COLOUR),
    "coffee": Case(then(lambda p: papers.coffee(p, 70, 170)), {**WORN, **many("3 4 6 7 9 10 11 12", HARDLY)}, how=JPEG),
    "torn-corner-small": Case(then(lambda p: papers.torn(p, True, False, 12, 9)), THREE),
    "torn-corner-mark-gone": Case(then(lambda p: papers.torn(p, True, True, 34, 30)), refused=NO_FRAME),
    "torn-corner-at-the-stamp": Case(then(lambda p: papers.torn(p, False, False, 30, 28)), THREE, refused=NO_FRAME),
    "torn-light-lid": Case(then(lambda p: papers.torn(p, True, True, 34, 30, 250)), refused=NO_FRAME),
    "dog-ear-small": Case(then(lambda p: papers.dog_ear(p, True, True, 9)), THREE),
    "dog-ear-over-a-mark": Case(then(hidden_corner), refused=NO_FRAME),
    "punched-holes": Case(then(papers.punched), THREE),
    # A black disc lies in these two rows; that it is a hole is for a person to see.
    "punched-holes-in-the-list": Case(then(lambda p: papers.punched(p, 36)), {**THREE, "c01": HARDLY, "c08": EITHER}),
    "staple-shadow": Case(then(lambda p: papers.stapled(p, 24, 22)), THREE),
    "low-toner": Case(before(papers.weak_toner), THREE),
    "photocopied-ballot": Case(copied_ballot, THREE, how=Glass(size=1.006, skew=0.7)),
    "photocopy-of-a-marked-ballot": Case(copied_after, WORN, how=Glass(size=1.006, skew=-0.6)),
    "paper-pink": Case(then(lambda p: papers.tinted(p, (1.0, 0.80, 0.84))), THREE, how=COLOUR),
    "paper-yellow": Case(then(lambda p: papers.tinted(p, (1.0, 0.96, 0.60))), THREE, how=COLOUR),
    "paper-green": Case(then(lambda p: papers.tinted(p, (0.72, 0.93, 0.74))), THREE, how=COLOUR),
    "paper-blue-dark": Case(then(lambda p: papers.tinted(p, (0.60, 0.74, 0.92))), THREE, how=COLOUR),
    "paper-grey": Case(before(lambda p: papers.grey_paper(p, 0.25, 0.9)), THREE, how=JPEG),
    # Clouds of 7 % of the contrast look as what an eraser leaves.
    "paper-grey-cloudy": Case(before(papers.grey_paper), {**CLOUDED, **THREE}, how=JPEG),
    "streaks": Case(then(streaks), WORN),
    "dust": Case(then(papers.dusty), THREE),
    "dark-borders": Case(then(), THREE, how=Glass(edge=16, lid=20, shift=(4, 3), kind="jpeg", quality=55)),
    "dark-lid-skewed": Case(then(), THREE, how=Glass(lid=20, skew=2.5, kind="bit")),
    "uneven-light": Case(then(), THREE, how=Glass(shade=0.35, kind="jpeg", quality=55)),
    "skew-1": Case(then(), THREE, how=Glass(skew=1)),
    "skew-3": Case(then(), THREE, how=Glass(skew=-3)),
    "skew-5-grey": Case(then(), THREE, how=Glass(skew=5)),
    "skew-5-upside-down": Case(then(), THREE, how=Glass(skew=-5, turn=2)),
    "sideways": Case(then(), THREE, how=Glass(turn=3)),
    "mirrored": Case(then(), THREE, refused=UNKNOWN, how=Glass(mirror=True)),
    "mirrored-upside-down": Case(then(), THREE, refused=UNKNOWN, how=Glass(mirror=True, turn=2)),
    "dpi-150": Case(then(), THREE, how=Glass(dpi=150)),
    "dpi-240": Case(then(), THREE, how=Glass(dpi=240)),
    "dpi-300": Case(then(), THREE, how=Glass(dpi=300, kind="bit")),
    "dpi-400": Case(then(), THREE, how=Glass(dpi=400, kind="g4")),
    "jpeg-50": Case(then(), THREE, how=Glass(kind="jpeg", quality=50, noise=2.0)),
    "jpeg-50-150-dpi": Case(then(), THREE, how=Glass(dpi=150, kind="jpeg", quality=50, noise=2.0)),
    "jpeg-25": Case(then(), WORN, how=Glass(kind="jpeg", quality=25)),
    "jpeg-50-colour": Case(
        then(lambda p: p.using(RED).strike(9)), {**THREE, "c10": STRUCK}, how=Glass(kind="colour", quality=50)
    ),
    "g4": Case(then(), THREE, how=Glass(kind="g4")),
    "g4-150-dpi": Case(then(), THREE, how=Glass(dpi=150, kind="g4")),
    "g4-pale-setting": Case(then(), WORN, how=Glass(kind="g4", cut=0.48)),
    "g4-dark-setting": Case(then(papers.dusty), THREE, how=Glass(kind="g4", cut=0.82)),
    "stretch-of-the-feeder": Case(then(), THREE, how=Glass(stretch=0.8)),
    "feeder-slips": Case(then(), {**THREE, "c05": EITHER, "c06": HARDLY, "c04": HARDLY}, how=Glass(jolt=0.7)),
    "ink-from-the-back": Case(then(soaked_through), {**THREE, **many("4 10", HARDLY)}),
    "pencil-on-grey-paper": Case(
        lambda p: papers.grey_paper(p.using(PENCIL).strike(1).strike(4)), many("2 5", EITHER), how=JPEG
    ),
    "copy-fold-and-skew": Case(
        then(papers.copied, lambda p: papers.lying(p, 140)), WORN, how=Glass(skew=2, kind="bit")
    ),
    **{f"scale-{round(size * 1000)}": Case(then(), THREE, how=Glass(size=size, kind="bit")) for size in SCALES},
    "scale-990-by-1010": Case(then(), THREE, how=Glass(size=0.99, stretch=0.5)),
    "scale-900": Case(then(), refused=("wrong_scale",), how=Glass(size=0.90, kind="bit")),
}
SQUARE_PAGES: dict[str, Case] = {
    "fold-through-squares": Case(
        then(folded_squares), {**FOUR, "c05": PERHAPS, **many("2 4 6 8", ("none", "doubtful"))}, refused=("streaks",)
    ),
    "stamp-red-over-first-row": Case(
        then(stamped_squares(papers.RED_STAMP)), {**FOUR, "c01": PERHAPS, "c02": ("none", "doubtful")}, how=COLOUR
    ),
    "stamp-violet-over-first-row": Case(
        then(stamped_squares(papers.VIOLET_STAMP)), {**FOUR, "c01": PERHAPS, "c02": ("none", "doubtful")}
    ),
    "coffee": Case(
        # The ring runs through these squares as dark as a pencil.
        then(lambda p: papers.coffee(p, 150, 150)),
        {"c07": ("disagree", "doubtful"), **many("1 3 5", PERHAPS), **many("2 4 6 8", ("none", "doubtful"))},
        how=JPEG,
    ),
    "low-toner": Case(before(papers.weak_toner), FOUR),
    "photocopied-ballot": Case(copied_ballot, FOUR, how=Glass(size=1.006)),
    "paper-yellow": Case(then(lambda p: papers.tinted(p, (1.0, 0.96, 0.60))), FOUR, how=COLOUR),
    "paper-grey": Case(before(papers.grey_paper), FOUR, how=JPEG),
    "streak-through-squares": Case(then(square_streak), {**FOUR, **many("2 4 6 8", ("none", "doubtful"))}),
    "dust": Case(then(papers.dusty), FOUR),
    "skew-5": Case(then(), FOUR, how=Glass(skew=5)),
    "skew-minus-5-upside-down": Case(then(), FOUR, how=Glass(skew=-5, turn=2)),
    "mirrored": Case(then(), FOUR, refused=UNKNOWN, how=Glass(mirror=True)),
    "dpi-150": Case(then(), FOUR, how=Glass(dpi=150)),
    "dpi-400": Case(then(), FOUR, how=Glass(dpi=400, kind="g4")),
    "jpeg-50": Case(then(), FOUR, how=Glass(kind="jpeg", quality=50, noise=2.0)),
    "g4": Case(then(), FOUR, how=Glass(kind="g4")),
    "scale-970": Case(then(), FOUR, how=Glass(size=0.97, kind="bit")),
    "scale-1030": Case(then(), FOUR, how=Glass(size=1.03, kind="bit")),
    "stretch-of-the-feeder": Case(then(), FOUR, how=Glass(stretch=0.8)),
}


def back(*rows: int) -> Draw:
    """Strikes on the back."""
    return lambda p: p.using(BLUE).strike(*rows)


BACKS: dict[str, Case] = {
    "mirrored": Case(back(0, 20), many("35 55", STRUCK), refused=UNKNOWN, how=Glass(mirror=True, kind="bit"), page=2),
    "mirrored-upside-down": Case(
        back(0, 20), many("35 55", STRUCK), refused=UNKNOWN, how=Glass(mirror=True, turn=2, kind="bit"), page=2
    ),
    "shines-through": Case(
        # Where a felt pen's strike on the front lies behind a name, some would ask.
        lambda p: (soaked_back(p), back(0, 20)(p)),
        {**many("53 56 57 59 61", HARDLY), **many("35 55", STRUCK)},
        how=Glass(kind="jpeg", quality=50),
        page=2,
    ),
    "line-over-both-columns": Case(lambda p: p.across(28, 170, 4), many("39 57", EITHER), how=BIT, page=2),
    "skew-5": Case(back(1, 21), many("36 56", STRUCK), how=Glass(skew=5, kind="g4"), page=2),
    "big-cross-over-a-column": Case(
        lambda p: p.line([(28, p.box(2).y), (58, p.box(6).bottom)], [(58, p.box(2).y), (28, p.box(6).bottom)]),
        many("37 38 39 40 41", "doubtful"),
        how=BIT,
        page=2,
    ),
}

"""What stands beside the drawing of right and wrong marks."""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.words.language import N_

TITLE = N_("HOW TO MARK THE BALLOT")
FACTS = N_("To elect: {seats} · Names on the ballot: {candidates}")
RIGHT = N_("RIGHT")
WRONG = N_("WRONG")

RIGHT_STRIKE = N_(
    "Strike through the whole name, family name and given name, of each person you do not vote for. The names left "
    "standing are your votes: at most {seats}, and you may leave fewer."
)
RIGHT_AGREE = N_(
    "Beside each name put an X into one of the two squares. X under “Agree” is a vote for that person; X under "
    "“Disagree” is not."
)
RIGHT_ONE = N_("Put an X into one of the two squares: “Agree” or “Disagree”. Both are valid ballots.")

WRONGS: Mapping[str, str] = {
    "part": N_("Only part of the name is struck: nobody can be sure. The counting board has to look at it."),
    "tick": N_("A tick is not a strike. The counting board has to look at it."),
    "circle": N_("A ring around the name is not a strike. The counting board has to look at it."),
    "colours": N_("Two inks on one ballot: the counting board may hold it to be not valid."),
    "writing": N_("Signing or writing anything: the ballot is not valid."),
    "too_many": N_("More than {seats} names left standing, or nothing struck at all: the ballot is not valid."),
    "all_struck": N_("Every name struck: the ballot votes for nobody and is not valid."),
    "both": N_("X in both squares: no vote for that person; the rest of the ballot counts."),
    "none": N_("No X in either square: no vote for that person; the rest of the ballot counts."),
    "both_one": N_("X in both squares: the ballot is not valid."),
    "none_one": N_("No X in either square: the ballot is not valid."),
    "beside": N_("The mark stands beside the squares: it may not be counted."),
}

MISTAKE = N_("Made a mistake? Do not put the ballot into the box: return it to the counting board and take another.")
SECRET = N_("One pen, one colour. Do not sign, do not write, do not add a name.")

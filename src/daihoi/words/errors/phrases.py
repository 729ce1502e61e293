"""Words that errors carry in their fields ("a whole number", "nothing") and that a sentence must not leave in English.

Only phrases that no id, file name or word of a file format could be: the words of the formats stay as they are spelled.
"""

from __future__ import annotations

from daihoi.words.language import N_

PHRASES = frozenset(
    {
        N_("a whole number"),
        N_("a whole number from 0"),
        N_("a number with a fraction"),
        N_("the congress"),
        N_("the contest"),
        N_("the round"),
        N_("the number of seats"),
        N_("the list of candidates"),
        N_("rehearsal or not"),
        N_("the printed sheet"),
        N_("a text"),
        N_("a text that is not empty"),
        N_("a text, a whole number, true or false"),
        N_("a table"),
        N_("a list"),
        N_("a list of tables"),
        N_("a list of texts"),
        N_("a date or time"),
        N_("a value"),
        N_("a key that stands twice"),
        N_("a character that is not Unicode text"),
        N_("a zip"),
        N_("a JSON object"),
        N_("a JSON list"),
        N_("a mark for every candidate of the contest"),
        N_("a candidate who is not on the list"),
        N_("a line feed at the end"),
        N_("a member of the package"),
        N_("a ground of this form"),
        N_("an unknown key"),
        N_("an object with file, index and sha256"),
        N_("a time with its offset from UTC, and a name"),
        N_("candidates, each with an id of its own, and seats from 1"),
        N_("canonical JSON"),
        N_("damaged PEM"),
        N_("more than is deducted"),
        N_("neither time nor name"),
        N_("no PRIVATE KEY in PEM"),
        N_("no such fact"),
        N_("nothing"),
        N_("one or two pages with the candidates of the contest"),
        N_("other JSON"),
        N_("something else"),
        N_("the id of another contest"),
        N_("the line"),
        N_("the name of a file beside the package"),
        N_("true or false"),
        N_("64 hexadecimal digits"),
        N_("64 hexadecimal digits in lower case"),
        N_("1 or 2"),
    }
)

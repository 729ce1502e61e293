"""Names of files as they may be shown: what a name does to a console or to the line it stands in is written out."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, directions and joiners, halves of letters, private and unassigned letters, ends of lines and paragraphs."""


def shown(text: str) -> str:
    """`text` with every letter that does not show as itself as \\xNN, \\uNNNN or \\UNNNNNNNN; the backslash stays.

    A file may be called so that its name turns the line about (U+202E), clears the screen or pretends to be two lines.
    """
    return "".join(
        letter.encode("unicode_escape").decode("ascii") if unicodedata.category(letter) in _UNSEEN else letter
        for letter in text
    )

"""The introduction ballot of a congress that elects its secretary itself."""

from __future__ import annotations

from daihoi.words.language import N_

KIND = N_("INTRODUCTION BALLOT")
ABOUT = N_("to introduce a comrade for the election of {title}")
MARK = N_(
    "Put an X into the box of ONE comrade, or write ONE name on the line. This ballot asks your opinion and elects "
    "nobody. Do not sign it."
)
WRITE = N_("Write ONE name on the line. This ballot asks your opinion and elects nobody. Do not sign it.")
STAMP = N_("(stamp of the convening committee)")
NAME = N_("Family and given name of the comrade introduced:")
POST = N_("Post, unit:")

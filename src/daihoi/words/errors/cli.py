"""What the command line itself refuses."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "cli.key_exists": N_("{path} already exists and is not overwritten; choose another name with --out."),
    "cli.no_terminal_for_passphrase": N_(
        "--passphrase asks for the words on a terminal and there is none; set {variable} or run it in a terminal."
    ),
    "cli.key_locked": N_(
        "The key is locked with a passphrase and there is no terminal to ask for it; set {variable} to the passphrase "
        "or give the command in a terminal."
    ),
    "cli.no_terminal_for_pin": N_(
        "The PIN of the token {token} is typed at a terminal and taken from nowhere else; give the command in one."
    ),
    "cli.scan_unreadable": N_(
        "{file} cannot be looked at: {reason}. Give a JPEG, PNG, TIFF or PDF of the scanned sheet."
    ),
    "cli.folder_not_ours": N_(
        "{path} is not empty and was not made by this command; nothing was changed. Choose another folder with --out."
    ),
}

"""Sentences for what the files that other programs see are refused for."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "interchange.error": N_("{file} cannot be used."),
    "interchange.not_utf8": N_(
        "{file}, line {line}: this is not UTF-8 text. Save the file again with the encoding UTF-8."
    ),
    "interchange.election_file": N_("{file}: {path} cannot be used."),
    "interchange.toml_syntax": N_(
        "{file}, line {line}, column {column}: this is not TOML ({detail}). Text stands between double quotes, a list "
        "of people under [[contests.candidates]]."
    ),
    "interchange.unknown_key": N_(
        "{file}: {path} is not a key that Daihoi knows. The keys of this table are: {known}."
    ),
    "interchange.missing_key": N_("{file}: {path} is missing."),
    "interchange.wrong_type": N_("{file}: {path} should be {expected}, but is {found}."),
    "interchange.out_of_range": N_("{file}: {path} is {found}, but must be from {least} to {most}."),
    "interchange.not_a_choice": N_('{file}: {path} is "{found}", but must be one of: {allowed}.'),
    "interchange.bad_text": N_(
        "{file}: {path} is empty, too long or holds a character that cannot be printed: {found}. Write it as one line "
        "of plain text."
    ),
    "interchange.bad_date": N_(
        '{file}: {path} is "{found}", which is not a date. Write it as day/month/year, for example 19/05/2025.'
    ),
    "interchange.bad_id": N_(
        '{file}: {path} is "{found}". An id has 1 to 40 letters without accents, digits, dots, underscores or hyphens, '
        "and begins with a letter or a digit."
    ),
    "interchange.repeated_id": N_('{file}: {path} is "{found}", which stands already higher up. Each id stands once.'),
    "interchange.closes_before_opens": N_("{file}: congress.closes is {closes}, before congress.opens, {opens}."),
    "interchange.secret_file": N_(
        "{file} is not a form secret (64 hexadecimal digits). Take it back from the copy that the ballots were printed "
        "with; without it these ballots cannot be recognised."
    ),
    "interchange.lines": N_("{file}, line {line} cannot be used."),
    "interchange.bad_line": N_("{file}, line {line}: {field} should be {expected}, but is {found}."),
    "interchange.repeated_ballot": N_(
        "{file}, line {line}: ballot {ballot} stands already on line {first}. Each ballot stands once."
    ),
    "interchange.review": N_("{file} cannot be used."),
    "interchange.review_unreadable": N_(
        "{file} cannot be read as a table: {found}. Save it from the spreadsheet as CSV UTF-8."
    ),
    "interchange.review_columns": N_(
        "{file}: the first row should name the columns {expected}, but {found} was found. Keep the first row as it was "
        "written."
    ),
    "interchange.bad_decision": N_(
        '{file}, row {row}, column {column}: "{found}" is not an answer here. Write one of: {allowed}.'
    ),
    "interchange.conflicting_decisions": N_(
        "{file}, rows {other} and {row} decide differently on ballot {ballot}, candidate {candidate}. Leave one answer."
    ),
    "interchange.keyed": N_("{file} cannot be used."),
    "interchange.keyed_unreadable": N_(
        "{file} cannot be read as a table: {found}. Save it from the spreadsheet as CSV UTF-8."
    ),
    "interchange.keyed_columns": N_(
        '{file}, row {row}: "{found}" is neither a candidate nor one of issued, collected, valid, invalid. Candidates '
        "are called by their name, their number on the ballot, or their id: {expected}."
    ),
    "interchange.keyed_missing": N_(
        "{file} has nothing about: {missing}. Give every candidate a column (marks of each ballot) or a row (totals, "
        "in the columns candidate and votes)."
    ),
    "interchange.keyed_twice": N_('{file}, rows {other} and {row}: "{found}" stands twice. Leave it once.'),
    "interchange.keyed_answer": N_(
        '{file}, row {row}, column {column}: "{found}" is not an answer here. Write one of: {allowed}.'
    ),
    "interchange.keyed_figure": N_('{file}, row {row}: "{found}" is not a number of votes. Write a whole number.'),
}

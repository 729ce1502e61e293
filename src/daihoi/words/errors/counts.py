"""What the COUNT folder refuses."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "counts.not_a_count": N_("{path} holds no count; make one with `daihoi count`."),
    "counts.folder_not_empty": N_(
        "{path} holds other files ({found}) and no count; nothing was changed. Choose another folder with --out."
    ),
    "counts.count_is_open": N_(
        "Another daihoi (process {pid}) works on {path}. Wait until it ends, or stop it, and give the command again."
    ),
    "counts.ledger_broken": N_(
        "Line {line} of {path} is not as it was written ({problem}): the ledger was changed. Nothing is counted from "
        "it. Take the folder back from a copy, or count into a new folder."
    ),
    "counts.election_changed": N_(
        "{path} is not the file that the ledger names. Give `daihoi count` again with the right election file."
    ),
    "counts.another_form": N_(
        "{path} was begun for {begun}; this is {given}. Count it into a folder of its own with --out."
    ),
    "counts.backs_decided": N_(
        "{path} holds answers of the board, and its sheets were put together with --backs {begun}: --backs {given} "
        "would put other sides together under them. Count again into a new folder."
    ),
    "counts.image_changed": N_(
        "{path} is not the scan that was taken: its bytes have changed or it is gone. Put the right file back."
    ),
    "counts.crop_missing": N_("{path} is gone; it belongs to the record of the count. Put it back from a copy."),
    "counts.write_failed": N_(
        "{path} could not be written ({problem}). Close it in other programs, check the disk and its permissions, and "
        "give the same command again; nothing that was counted is lost."
    ),
    "counts.disk_full": N_(
        "The disk is full: {path} could not be written. Free some space and give the same command again; nothing that "
        "was counted is lost."
    ),
    "counts.unknown_contest": N_("The election has no contest {contest}; it has: {known}."),
    "counts.secret_missing": N_(
        "{path} is missing. It is made with the ballots and proves that a page is ours; bring it from the computer "
        "that printed them and keep it beside the election file."
    ),
    "counts.figures_missing": N_(
        "The election file lacks {keys} for the contest {contest}. Fill in what the board counted by hand, and give "
        "the command again."
    ),
    "counts.list_refused": N_("The list of {contest} breaks the regulation: {findings}."),
    "counts.no_scans": N_("{path} is not a folder; give the folder that holds the scans with --scans."),
    "counts.no_scan_found": N_(
        "{path} holds no scan (JPEG, PNG, TIFF, PDF); nothing was counted. Give the folder that holds the scans with "
        "--scans."
    ),
    "counts.scans_in_count": N_(
        "{scans} and {path} lie one within the other; the count would take its own copies for scans. Choose another "
        "folder with --out."
    ),
    "counts.reader_died": N_(
        "A reading process ended at {file}, perhaps for want of memory. Give the same command again, with fewer "
        "--workers; what was read is kept."
    ),
    "counts.cluster_missing": N_(
        "Reading on other machines needs Dask distributed, which is not installed: pip install 'daihoi[cluster]'."
    ),
    "counts.cluster_unreachable": N_(
        "No scheduler answers at {address} ({problem}). Check the address and the certificates, or count on this "
        "machine without --cluster."
    ),
    "counts.cluster_empty": N_(
        "The cluster at {address} has no worker. Start workers (docs/cluster.md) and give the same command again; what "
        "was read is kept."
    ),
    "counts.cluster_lost": N_(
        "The scheduler at {address} went away. What was read is kept: start it again, or leave --cluster away, and "
        "give the same command."
    ),
    "counts.cluster_differs": N_(
        "A worker of {address} has {there}, this machine has {here}; it might read otherwise. Install the same version "
        "everywhere."
    ),
    "counts.name_missing": N_("Decisions need the name of who made them: give it with --by."),
    "counts.unknown_row": N_(
        "The row {ballot} {candidate} of {path} is about a ballot, candidate or page that this count does not have. "
        "Nothing was decided; take the row out or use the review file of this count."
    ),
    "counts.wrong_answer": N_(
        "{found} does not answer for {ballot} in {path}: its marks do not give that ground. Nothing was decided; "
        "answer one of {expected}."
    ),
    "counts.sample_impossible": N_(
        'No sample of {size} of {ballots} ballots can be drawn by the seed "{seed}": give a seed that was thrown '
        "before everybody, and a size from 1 to the number of ballots."
    ),
    "counts.reason_missing": N_("The batch {batch} was not removed: say why, the reason goes into the ledger."),
    "counts.batch_unknown": N_(
        "The count in {path} holds no page of the batch {batch}, or it was removed already. Nothing was removed; "
        "choose one of the batches that are in the count."
    ),
    "counts.keyed_rehearsal": N_(
        "The marks of {ballot} in {path} cannot be keyed: the page was refused as {reason}, and rehearsal and real "
        "ballots are never counted together. Nothing was decided; answer NOT_ISSUED, not_a_ballot or rescanned."
    ),
    "counts.keyed_incomplete": N_(
        "The marks keyed for {ballot} leave out {missing}. Nothing was decided; key every candidate of the ballot."
    ),
    "counts.not_final": N_(
        "The count in {path} waits for the counting board: {open} answer(s) are open. Write a decision in each row of "
        '{review}, then run `daihoi decide {path} {review} --by "..."`.'
    ),
    "counts.stopped": N_(
        "The count in {path} is stopped: the figures do not agree ({failed}). Look for the missing or surplus papers, "
        "correct the figures in the election file and run `daihoi count` again; answers of the board that are open "
        "({open}) are adopted with `daihoi decide`."
    ),
    "counts.answers_not_adopted": N_(
        "review.csv in {path} holds answers that were not adopted: {rows}. Adopt them with `daihoi decide`, or "
        "take them out."
    ),
    "counts.confirmation_missing": N_(
        "This re-ballot is decided by the higher number of votes without more than half, which the presidium must "
        'confirm: add [[overrides]] with check = "{check}", by, reason and document to the election file and give '
        "`daihoi count` again."
    ),
    "counts.minutes_missing": N_("{path} has no minutes yet; write them with `daihoi minutes`."),
    "counts.package_exists": N_("{path} already exists and is not overwritten; choose another name with --out."),
    "counts.signed_stands": N_(
        "{path} bears signatures by key, and the minutes of this count are others now. Nothing was written over it: "
        "move it away, then write the minutes and have them signed again."
    ),
    "counts.sample_behind_signed": N_(
        "{path} bears signatures by key and tells nothing of the hand sample, which was therefore not noted. Move it "
        "away, then write the minutes, which tell the sample, and have them signed again."
    ),
    "counts.sample_not_told": N_(
        "The minutes in {path} do not tell the hand sample that was noted after them. Write them again, which adds its "
        "annex, and have them signed again where they were signed."
    ),
    "counts.signed_changed": N_(
        "{path} is not the file that was signed here. Put that file back, or sign once more, or write the minutes anew "
        "after moving it away."
    ),
    "counts.minutes_stale": N_(
        "The minutes in {path} are not those of this count: it, or they, changed since. Write them again with "
        "`daihoi minutes`."
    ),
    "counts.no_count_given": N_(
        "None of these is the folder of a count ({path} is a file). Give at least one COUNT folder: what was keyed is "
        "read by its list of candidates."
    ),
    "counts.another_count": N_(
        "{path} and {first} cannot be compared: they differ in {what}. Compare counts of the same ballots."
    ),
    "counts.count_unfinished": N_(
        "The count in {path} was stopped before it was whole. Give the same `daihoi count` again, then compare."
    ),
    "counts.out_not_ours": N_(
        "{path} holds {found}, which no comparison wrote. Give --out a new folder, or that of a former comparison."
    ),
}

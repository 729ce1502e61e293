"""The pages of an import, the same for every list: send a file, say which column is what, look, confirm.

A room's view stands behind its own gate and hands over: `return import_page(request, MyImporter(...), upload)`. It has
two addresses, `name` for sending and `name_file` with the key of the upload.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from daihoi.web.audit.services import record
from daihoi.web.lists.imports import files
from daihoi.web.lists.imports.grid import Grid
from daihoi.web.lists.imports.mapping import Columns, chosen
from daihoi.web.lists.imports.plan import Importer, Row, State
from daihoi.web.lists.imports.preview import Preview, preview, sentence
from daihoi.web.lists.imports.reading import LARGEST
from daihoi.web.lists.imports.storage import columns_of, grid_of, keep, of_owner, packed, sweep, unpacked
from daihoi.web.lists.imports.values import shown
from daihoi.web.lists.models import Upload

PER_PAGE = 100
STATES = {
    State.NEW: gettext_lazy("new"),
    State.CHANGED: gettext_lazy("changed"),
    State.UNCHANGED: gettext_lazy("unchanged"),
    State.WARNING: gettext_lazy("to be looked at"),
    State.ERROR: gettext_lazy("at fault"),
}


def import_page(request: HttpRequest, importer: Importer, upload: str = "") -> HttpResponse:
    """The whole of an import behind one view. Another person's upload is as if it were not there (404)."""
    if not upload:
        return _start(request, importer)
    kept = of_owner(importer).filter(key=upload).first()
    if kept is None:
        raise Http404
    if request.method == "POST":
        acts = {"map": _map, "sheet": _other_sheet, "confirm": _confirm, "discard": _discard}
        act = acts.get(request.POST.get("act", ""))
        return act(request, importer, kept) if act else redirect(_address(importer, kept))
    if request.GET.get("bad"):
        grid, made = _made(importer, kept)
        return files.bad_rows(grid, made, importer, importer.name)
    return _look(request, importer, kept)


def _address(importer: Importer, upload: Upload) -> str:
    return importer.file_at(upload.key)


def _start(request: HttpRequest, importer: Importer) -> HttpResponse:
    """The page that takes a file."""
    if request.GET.get("template"):
        return files.template(importer)
    said = ""
    if request.method == "POST":
        try:
            return redirect(_address(importer, _sent(request, importer)))
        except ValidationError as refused:
            said = " ".join(refused.messages)
    sweep()
    waiting = of_owner(importer).defer("data", "grid", "told").first()
    held = {"importer": importer, "said": said, "waiting": waiting, "most": LARGEST // 1024 // 1024}
    if waiting is not None:
        held["waiting_at"] = _address(importer, waiting)
    return render(request, "lists/import.html", held, status=422 if said else 200)


def _sent(request: HttpRequest, importer: Importer) -> Upload:
    # Asked for first: it is in reading the files that one too large is found.
    file = request.FILES.get("file")
    if getattr(request, "too_large", False):
        raise ValidationError(too_large())
    if file is None:
        raise ValidationError(_("Choose a file first."))
    if (file.size or 0) > LARGEST:
        raise ValidationError(too_large())
    return keep(file.read(), str(file.name), importer)


def too_large() -> str:
    """The sentence for a file that is larger than the browser may send."""
    words = _("The file is larger than %(most)d MB; split it, or let the administrator import it by command.")
    return words % {"most": LARGEST // 1024 // 1024}


def _map(request: HttpRequest, importer: Importer, upload: Upload) -> HttpResponse:
    """Another choice of columns."""
    grid = grid_of(upload)
    asked = {place: request.POST.get(f"column-{place}", "") for place in range(grid.width)}
    rows = {str(number): number for number, _cells in grid.rows}
    # A row that is not there, or that nobody typed, leaves the headings where they were.
    header = rows.get(request.POST.get("header", "").strip(), upload.header)
    found = chosen(grid, importer.fields, header, asked)
    upload.header, upload.places, upload.digest = found.header, dict(found.places), ""
    upload.save(update_fields=["header", "places", "digest"])
    return redirect(_address(importer, upload))


def _other_sheet(request: HttpRequest, importer: Importer, upload: Upload) -> HttpResponse:
    """Another sheet of the same file."""
    try:
        upload = keep(bytes(upload.data), upload.file_name, importer, request.POST.get("sheet", ""))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(_address(importer, upload))


def _discard(request: HttpRequest, importer: Importer, upload: Upload) -> HttpResponse:
    """Put the file away; nothing was written."""
    upload.delete()
    messages.info(request, _("The file was put away; nothing was written."))
    return redirect(importer.here_at)


def _made(importer: Importer, upload: Upload) -> tuple[Grid, Preview]:
    grid = grid_of(upload)
    return grid, preview(grid, columns_of(upload), importer)


def _confirm(request: HttpRequest, importer: Importer, upload: Upload) -> HttpResponse:
    """Write what was shown, all of it or nothing; where the data changed meanwhile, show it anew instead."""
    missing = columns_of(upload).missing(importer.fields)
    if missing:
        return redirect(_address(importer, upload))
    with transaction.atomic():
        # Of two presses of the button the second finds nothing: the row is locked, then gone.
        held = of_owner(importer).select_for_update().filter(pk=upload.pk).first()
        if held is None:
            raise Http404
        _grid, made = _made(importer, held)
        if made.digest != request.POST.get("digest"):
            _tell(held, made, importer)
            messages.warning(request, _("The data changed since this preview was made; look at it again."))
            return HttpResponseRedirect(_address(importer, held))
        importer.write(made.to_write)
        record_import(importer, made.counts, held.file_name, held.sha256)
        held.delete()
    words = _("Imported: %(new)d new, %(changed)d changed, %(unchanged)d as they were, %(bad)d left out.")
    counts = {str(act): number for act, number in made.counts.items()}
    messages.success(request, words % (counts | {"bad": counts["error"]}))
    return redirect(importer.back_at)


def record_import(importer: Importer, counts: Mapping[State, int], file_name: str, sha256: str) -> None:
    """The one entry of the ledger for a whole list, in the transaction that wrote it."""
    facts = {
        "file": file_name,
        "sha256": sha256,
        "new": counts[State.NEW],
        "changed": counts[State.CHANGED],
        "unchanged": counts[State.UNCHANGED],
        "left_out": counts[State.ERROR],
    }
    record("list.imported", by=importer.by, subject=f"list:{importer.name}", facts=facts, place=importer.place)


def _tell(upload: Upload, made: Preview, importer: Importer) -> dict[str, object]:
    """Keep what the preview says, so that its pages need not be made anew."""
    told: dict[str, object] = {
        "language": get_language(),
        "counts": {state: sum(row.state is state for row in made.rows) for state in State},
        "acts": made.counts,
        "rows": [_line(row, made.columns, importer) for row in made.rows],
    }
    upload.digest = made.digest
    upload.told = packed(told)
    upload.save(update_fields=["digest", "told"])
    return told


def _line(row: Row, columns: Columns, importer: Importer) -> list[object]:
    """A row as the preview shows it: number, state, what stands in its first fields, sentences, changes."""
    fields = [one for one in importer.fields if one.name in columns.places]
    said = [sentence(fault, row.number, columns, importer) for fault in (*row.faults, *row.warnings)]
    changes = [
        (str(one.words), row.changes[one.name], shown(one, row.values[one.name]))
        for one in fields
        if one.name in row.changes
    ]
    return [row.number, row.state, [shown(one, row.values.get(one.name)) for one in fields[:5]], said, changes]


@dataclass(frozen=True)
class _Choice:
    """A column of the file and what it is taken for."""

    place: int
    letter: str
    heading: str
    samples: list[str]
    field: str


def _choices(grid: Grid, columns: Columns) -> Iterator[_Choice]:
    names = {place: name for name, place in columns.places.items()}
    by_number = dict(grid.rows)
    header = by_number.get(columns.header, [])
    below = [cells for number, cells in grid.rows[:40] if number > columns.header]
    for place in range(grid.width):
        heading = str(header[place] or "") if place < len(header) else ""
        samples = [str(cells[place]) for cells in below if place < len(cells) and cells[place] not in (None, "")][:3]
        if heading or samples:
            yield _Choice(place, get_column_letter(place + 1), heading, samples, names.get(place, ""))


def _look(request: HttpRequest, importer: Importer, upload: Upload) -> HttpResponse:
    """The preview."""
    grid, columns = grid_of(upload), columns_of(upload)
    missing = columns.missing(importer.fields)
    held: dict[str, object] = {
        "importer": importer,
        "upload": upload,
        "grid": grid,
        "columns": columns,
        "choices": list(_choices(grid, columns)),
        "fields": importer.fields,
        "missing": missing,
        "states": STATES,
    }
    if missing:
        return render(request, "lists/import_file.html", held)
    told = unpacked(upload.told) if upload.digest and upload.told else {}
    if told.get("language") != get_language():
        told = unpacked(packed(_tell(upload, preview(grid, columns, importer), importer)))
    state = request.GET.get("state", "")
    rows = [line for line in told["rows"] if not state or line[1] == state]
    held |= {
        "told": told,
        "state": state,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "heads": [one.words for one in importer.fields if one.name in columns.places][:5],
        "to_write": told["acts"]["new"] + told["acts"]["changed"],
    }
    return render(request, "lists/import_file.html", held)

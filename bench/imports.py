"""How fast a spreadsheet of 10,000 people is read and previewed, on an empty house and on one that knows them all.

    python bench/imports.py [--rows 10000]

Rows/s are of process CPU time. The limit is reading the file and nothing else: by openpyxl (values alone, as fast as it
goes), and by the house's own reader, which also finds formulas and merged cells. The target is a preview in 5 s.
"""

from __future__ import annotations

import argparse
import io
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DAIHOI_DATA", tempfile.mkdtemp(prefix="daihoi-bench-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "daihoi.web.site.settings"

from openpyxl import load_workbook

import web_data
from daihoi.web.site.serving import open_house


def timed(words: str, rows: int, work: Callable[[], object]) -> None:
    """Do it once and print a line."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{words:<58} {wall:7.2f} s {cpu:7.2f} s CPU {rows / cpu:10,.0f} rows/s")


def by_openpyxl(data: bytes) -> int:
    """Every value of the first sheet."""
    sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    return sum(1 for _row in sheet.iter_rows(values_only=True))


def main() -> None:
    """Make the file, print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=10_000)
    rows = asked.parse_args().rows
    open_house()
    # Only now: models want settings.
    from django.db import transaction  # noqa: PLC0415

    from daihoi.web.lists.imports.mapping import recognised  # noqa: PLC0415
    from daihoi.web.lists.imports.preview import preview  # noqa: PLC0415
    from daihoi.web.lists.imports.reading import read  # noqa: PLC0415
    from daihoi.web.lists.imports.storage import grid_of, keep  # noqa: PLC0415
    from daihoi.web.site.loading import LISTS, load_file  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="daihoi-bench-"))
    tree = list(web_data.organisations(2_000))
    web_data.csv(web_data.ORGANISATION_HEADS, tree, folder / "organisations.csv")
    load_file("organisations", folder / "organisations.csv", lambda _rows: None, "vi")
    people = list(web_data.people([str(row[0]) for row in tree[2:]], rows))
    web_data.xlsx(web_data.PEOPLE_HEADS, people, folder / "people.xlsx")
    web_data.csv(web_data.PEOPLE_HEADS, people, folder / "people.csv")
    print(f"{rows:,} people, {len(web_data.PEOPLE_HEADS)} columns\n")
    data = (folder / "people.xlsx").read_bytes()
    comma = (folder / "people.csv").read_bytes()

    timed("limit: reading the XLSX by openpyxl, values alone", rows, lambda: by_openpyxl(data))
    timed("reading the XLSX, with formulas and merged cells", rows, lambda: read(data))
    timed("reading the CSV", rows, lambda: read(comma))

    def whole(file: bytes) -> None:
        importer = LISTS["members"]()
        upload = keep(file, "people.xlsx", importer)
        grid = grid_of(upload)
        assert preview(grid, recognised(grid, importer.fields), importer).digest

    def write() -> None:
        importer = LISTS["members"]()
        grid = read(data)
        made = preview(grid, recognised(grid, importer.fields), importer)
        with transaction.atomic():
            importer.write(made.to_write)

    timed("upload and preview of the XLSX, all new", rows, lambda: whole(data))
    timed("upload and preview of the CSV, all new", rows, lambda: whole(comma))
    timed("reading, preview and writing in one transaction", rows, write)
    timed("upload and preview of the XLSX, all known", rows, lambda: whole(data))


if __name__ == "__main__":
    main()

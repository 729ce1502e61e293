"""Every drawing that a page names is in the file of drawings, and none lies there that no page names."""

from __future__ import annotations

import re
from pathlib import Path

from daihoi.web import site
from daihoi.web.site.context import DOORS

WEB = Path(site.__file__).parents[1]
DRAWN = WEB / "site" / "static" / "site" / "icons.svg"


def test_the_drawings_are_those_that_pages_name() -> None:
    named = {door.icon for door in DOORS}
    for page in WEB.rglob("templates/**/*.html"):
        named |= set(re.findall(r'{% icon "([a-z-]+)"', page.read_text(encoding="utf-8")))
    assert set(re.findall(r'<symbol id="([a-z-]+)"', DRAWN.read_text(encoding="utf-8"))) == named

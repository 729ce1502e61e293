"""`python -m daihoi.web.site.demo`: fill the house of `DAIHOI_DATA`; `daihoi demo` runs it in a process of its own."""

import sys

from daihoi.web.site.serving import prepare
from daihoi.words.language import language_of_environment

prepare()

from django.utils import translation  # noqa: E402 -- settings come first

from daihoi.web.site.demo.accounts import told  # noqa: E402 -- its models need the apps to be ready
from daihoi.web.site.demo.filling import fill  # noqa: E402

with translation.override(language_of_environment()):
    fill()
    sys.stdout.writelines(f"{line}\n" for line in told())

"""The house's settings for tests: a data folder of their own, and passwords that are hashed in no time."""

import os
import tempfile
from pathlib import Path

os.environ["DAIHOI_DATA"] = str(Path(tempfile.gettempdir()) / f"daihoi-tests-{os.getpid()}")
os.environ.setdefault("DAIHOI_SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")
for name in ("DAIHOI_TLS", "DAIHOI_DEBUG", "DAIHOI_HOSTS", "DAIHOI_BEHIND_PROXY"):
    os.environ.pop(name, None)

from daihoi.web.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]

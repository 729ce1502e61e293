"""A hall over its LAN: https alone, by the house's own authority, under each name it is called by."""

from __future__ import annotations

import http.client
import http.cookiejar
import os
import re
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from daihoi.web.site.environment import SETTINGS
from tests.web.conftest import PASSWORD

NAME = "hoi-truong.test"


@pytest.fixture
def link(tmp_path: Path, free_port: int) -> Iterator[str]:
    """The one-time link that a house prints which is served to the LAN."""
    held = {name: value for name, value in os.environ.items() if name not in SETTINGS and name[:7] != "DJANGO_"}
    told = tmp_path / "told.txt"
    command = [sys.executable, "-m", "daihoi.cli", "serve", "--lan", "--data", str(tmp_path), "--port", str(free_port)]
    with told.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={**held, "DAIHOI_HOSTS": NAME})
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until and process.poll() is None:
            found = re.search(r"https://\S+/join/\S+", told.read_text(encoding="utf-8"))
            if found and answers(free_port, tmp_path):
                yield found[0]
                return
            time.sleep(0.2)
        raise AssertionError(told.read_text(encoding="utf-8"))
    finally:
        process.terminate()
        process.wait(30)


def trusting(folder: Path) -> ssl.SSLContext:
    """A device on which the authority of the house was installed, and no other."""
    return ssl.create_default_context(cafile=str(folder / "tls" / "authority.pem"))


def answers(port: int, folder: Path) -> bool:
    try:
        with urllib.request.urlopen(f"https://127.0.0.1:{port}/health/", context=trusting(folder), timeout=5):
            return True
    except OSError:
        return False


def sent(browser: urllib.request.OpenerDirector, address: str, **given: str) -> str:
    """A form sent as a browser sends it; where it leads."""
    with browser.open(address) as page:
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page.read().decode())
    assert token is not None
    origin = "/".join(address.split("/")[:3])
    body = urlencode({"csrfmiddlewaretoken": token[1], **given}).encode()
    asked = urllib.request.Request(address, body, {"Origin": origin, "Referer": address})
    with browser.open(asked) as answer:
        return str(answer.url).removeprefix(origin)


def test_a_hall_signs_in_by_https_alone(link: str, tmp_path: Path, free_port: int) -> None:
    kept = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=trusting(tmp_path)), urllib.request.HTTPCookieProcessor(kept)
    )
    joined = {"full_name": "Trần Thị Hà", "username": "tranha", "password": PASSWORD, "again": PASSWORD}
    assert sent(browser, link, **joined) == "/sign-in/"
    root = "/".join(link.split("/")[:3])
    assert sent(browser, f"{root}/sign-in/", username="tranha", password=PASSWORD) == "/"
    assert {cookie.name: cookie.secure for cookie in kept} == {"csrftoken": True, "sessionid": True}
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(f"https://127.0.0.1:{free_port}/health/", context=ssl.create_default_context())
    with pytest.raises((urllib.error.URLError, ConnectionError, http.client.HTTPException)):
        urllib.request.urlopen(f"http://127.0.0.1:{free_port}/health/", timeout=5)
    served = ssl.get_server_certificate(("127.0.0.1", free_port))
    assert NAME in names_of(served)


def names_of(certificate: str) -> list[str]:
    from cryptography import x509

    held = x509.load_pem_x509_certificate(certificate.encode())
    return held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName)

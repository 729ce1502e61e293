"""The decoders are heard, and what they complain of is not read."""

from __future__ import annotations

import os

import numpy as np
import pytest
from PIL import Image

from daihoi.reading.load import load_page
from daihoi.reading.load.decoders import grey_of_picture, grey_of_pixels, listening
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason
from tests.reading.hand import g4_of, jpeg_of


def noisy(seed: int = 4) -> GrayImage:
    """A page of noise, which packs badly: damage shows."""
    return np.random.default_rng(seed).integers(0, 255, (400, 300)).astype(np.uint8)


def test_complaint_of_a_decoder_is_heard_and_stays_off_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="damaged"), listening():
        os.write(2, b"Corrupt JPEG data: premature end of data segment\n")
    assert capfd.readouterr().err == ""


def test_word_that_is_no_complaint_passes(capfd: pytest.CaptureFixture[str]) -> None:
    with listening():
        os.write(2, b"Corrupt JPEG data: 3 extraneous bytes before marker 0xd9\n")
    with listening():
        pass
    assert capfd.readouterr().err == ""


def test_screen_is_given_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyError), listening():
        raise KeyError
    os.write(2, b"seen")
    assert capfd.readouterr().err == "seen"


def test_complaint_of_one_page_is_not_held_against_the_next() -> None:
    with pytest.raises(ValueError, match="damaged"), listening():
        os.write(2, b"Fax4Decode: Bad code word at line 3\n" * 4000)
    with listening():
        pass


def test_without_a_console_pages_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_descriptor(_number: int) -> int:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr(os, "dup", no_descriptor)
    assert not isinstance(load_page(jpeg_of(noisy()), "a.jpg", 0), Refusal)


def test_jpeg_with_a_hole_is_refused() -> None:
    data = bytearray(jpeg_of(noisy(), 90))
    middle = len(data) // 2
    del data[middle : middle + 4000]
    answer = load_page(bytes(data), "a.jpg", 0)
    assert isinstance(answer, Refusal)
    assert answer.reason is RefusalReason.TRUNCATED


def test_g4_with_a_changed_byte_is_refused_in_most_places() -> None:
    page = np.where(np.indices((400, 300)).sum(axis=0) // 7 % 5, 255, 0).astype(np.uint8)
    whole = g4_of([page])
    refused = 0
    for place in range(200, 1200, 50):
        data = bytearray(whole)
        data[place] ^= 0x55
        refused += isinstance(load_page(bytes(data), "a.tif", 0), Refusal)
    # A bit may turn one valid code into another; what the decoder then draws, the frame and the codes must refuse.
    assert refused >= 10


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_every_mode_of_pillow_becomes_grey(mode: str) -> None:
    if mode == "I;16":
        picture = Image.fromarray(noisy().astype(np.uint16) * 257)
    else:
        picture = Image.fromarray(noisy()).convert("RGBA" if mode in {"PA"} else mode)
    grey = grey_of_picture(picture)
    assert (grey.shape, grey.dtype, grey.flags["C_CONTIGUOUS"]) == ((400, 300), np.uint8, True)
    if mode in {"L", "LA", "RGB", "RGBA", "I;16", "F"}:
        assert np.abs(grey.astype(int) - noisy()).max() <= 1


def test_clear_picture_lies_on_white_in_every_band() -> None:
    tall = Image.new("RGBA", (3, 1300), (0, 0, 0, 0))
    tall.putpixel((1, 1299), (0, 0, 0, 255))
    grey = grey_of_picture(tall)
    assert int(grey[1299, 1]) == 0
    assert int(np.delete(grey.ravel(), 1299 * 3 + 1).min()) == 255


@pytest.mark.parametrize("channels", [None, 1, 3, 4])
def test_pixels_of_pdfium_become_grey_of_their_own(channels: int | None) -> None:
    flat = noisy()
    pixels = flat if channels is None else np.repeat(flat[:, :, None], channels, axis=2)
    grey = grey_of_pixels(pixels)
    assert np.abs(grey.astype(int) - flat).max() <= 1
    assert not np.shares_memory(grey, pixels)

"""Files that are too large are let run out while they come in: nothing of them reaches memory or the disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from daihoi.web.lists.imports.reading import LARGEST

# What a form with a file holds beside the file.
_BESIDE = 1024 * 1024


class BoundedUploads(FileUploadHandler):
    """Stands before the handlers that keep files; sets `request.too_large` where it let one run out."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 -- as declared by Django
        """Look at how much is announced: (input, META, content_length, boundary, encoding)."""
        self.is_too_large = int(args[2]) > LARGEST + _BESIDE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Let the file run out."""
        super().new_file(*args, **kwargs)
        if self.is_too_large and self.request is not None:
            self.request.too_large = True  # type: ignore[attr-defined]
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Hand it on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""

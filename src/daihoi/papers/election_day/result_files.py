"""The result to carry on a stick: the same pages as PPTX and as PDF."""

from __future__ import annotations

from daihoi.papers.election_day.result_slides import result_slides
from daihoi.papers.election_day.slides_pdf import slides_pdf
from daihoi.papers.election_day.slides_pptx import slides_pptx
from daihoi.papers.election_day.terms import Carried, Occasion, Result
from daihoi.papers.official.blocks import literal
from daihoi.words.election_day.result import RESULT
from daihoi.words.language import in_language


def carried(result: Result, occasion: Occasion, *, language: str) -> Carried:
    """Both files; `picture.png` of the PDF is a page for a screen. LetterMissingError, TextTooLongError."""
    result, occasion = literal(result), literal(occasion)
    slides = result_slides(result, occasion, language)
    title = f"{in_language(language, RESULT)} - {' '.join(result.contest_title.split())}"
    return Carried(slides_pptx(slides, title), slides_pdf(slides, title))

"""Addresses of the counting room."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import path

from daihoi.web.counting.views import board, comparison, conclusion, entries, keyed, room, sample, scans

# What follows the key of a contest. Flat, so that each pattern holds all of its arguments.
OF_ONE: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("", room.counting, "counting"),
    ("begin/", room.count_begin, "count_begin"),
    ("reconciliation/", conclusion.reconciliation, "reconciliation"),
    ("confirm/", conclusion.result_confirm, "result_confirm"),
    ("announce/", conclusion.result_announce, "result_announce"),
    ("minutes/", conclusion.result_minutes, "result_minutes"),
    ("sign/", conclusion.result_sign, "result_sign"),
    ("seal/", conclusion.result_seal, "result_seal"),
    ("result/", conclusion.contest_result, "contest_result"),
    ("files/<str:file>/", conclusion.result_file, "result_file"),
    ("comparison/", comparison.counts_compared, "counts_compared"),
    ("comparison/<str:file>/", comparison.compared_crop, "compared_crop"),
    ("counts/<str:count>/", room.count, "count"),
    ("counts/<str:count>/aside/", room.count_aside, "count_aside"),
    ("counts/<str:count>/every/", room.count_every, "count_every"),
    ("counts/<str:count>/scans/", scans.count_scans, "count_scans"),
    ("counts/<str:count>/batches/", scans.count_batches, "count_batches"),
    ("counts/<str:count>/table/", board.count_table, "count_table"),
    ("counts/<str:count>/ballots/", board.count_ballots, "count_ballots"),
    ("counts/<str:count>/decisions/", board.count_decisions, "count_decisions"),
    ("counts/<str:count>/log/", entries.count_log, "count_log"),
    ("counts/<str:count>/log/print/", entries.count_log_printed, "count_log_printed"),
    ("counts/<str:count>/sample/", sample.count_sample, "count_sample"),
    ("counts/<str:count>/sample/aside/", sample.sample_aside, "sample_aside"),
    ("counts/<str:count>/sample/keying/", sample.sample_keying, "sample_keying"),
    ("counts/<str:count>/sample/print/", sample.sample_printed, "sample_printed"),
    ("counts/<str:count>/ballots/<str:ballot>/row/<str:candidate>/", board.ballot_row, "ballot_row"),
    ("counts/<str:count>/questions/<int:question>/<str:picture>/", board.question_picture, "question_picture"),
    ("counts/<str:count>/ballots/<str:ballot>/<int:page>/", board.ballot_page, "ballot_page"),
    ("counts/<str:count>/keying/<int:batch>/", keyed.keying, "keying"),
]

ROOM = "congresses/<str:congress>/counting/"
urlpatterns = [
    path(ROOM, room.counting_room, name="counting_room"),
    *(path(f"{ROOM}<str:contest>/{route}", view, name=name) for route, view, name in OF_ONE),
]

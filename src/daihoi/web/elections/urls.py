"""Addresses of elections."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import path

from daihoi.web.elections.views import contests, meetings, names, nominations, overview, papers, rounds, voting

# What follows the key of a congress. Flat, so that each pattern holds all of its arguments.
OF_CONGRESS: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("", overview.elections, "elections"),
    ("of/<str:body>/", meetings.sitting, "sitting"),
    ("of/<str:body>/usual/", overview.elections_usual, "elections_usual"),
    ("of/<str:body>/add/", overview.contest_add, "contest_add"),
    ("of/<str:body>/members/<str:person>/", meetings.sitting_member, "sitting_member"),
]
OF_CONTEST: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("", contests.contest, "contest"),
    ("change/", contests.contest_change, "contest_change"),
    ("colour/", papers.contest_colour, "contest_colour"),
    ("move/", overview.contest_move, "contest_move"),
    ("vote/<str:subject>/", contests.contest_vote, "contest_vote"),
    ("close/", contests.contest_close, "contest_close"),
    ("reopen/", contests.contest_reopen, "contest_reopen"),
    ("stop/", contests.contest_stop, "contest_stop"),
    ("aside/<str:check>/", contests.contest_aside, "contest_aside"),
    ("names/", names.contest_names, "contest_names"),
    ("names/add/", names.contest_names_add, "contest_names_add"),
    ("names/support/", names.contest_support, "contest_support"),
    ("names/opinions/", names.contest_opinions, "contest_opinions"),
    ("names/introduction.pdf", names.introduction_paper, "introduction_paper"),
    ("names/import/", names.import_names, "names_import"),
    ("names/import/<str:upload>/", names.import_names, "names_import_file"),
    ("names/<str:nomination>/", nominations.nomination, "nomination"),
    ("ballots/", papers.contest_ballots, "contest_ballots"),
    ("ballots/<int:number>/<int:page>/", papers.ballot_preview, "ballot_preview"),
    ("ballots/<int:number>/", papers.ballot_sheet, "ballot_sheet"),
    ("ballots/jobs/<int:job>/", papers.ballot_job, "ballot_job"),
    ("account/", papers.contest_account, "contest_account"),
    ("account/again/", papers.contest_figures, "contest_figures"),
    ("issue/", voting.contest_issue, "contest_issue"),
    ("exchange/", voting.contest_exchange, "contest_exchange"),
    ("collect/", voting.contest_collect, "contest_collect"),
    ("rounds/", rounds.contest_rounds, "contest_rounds"),
]

urlpatterns = [
    *(path(f"congresses/<str:congress>/elections/{route}", view, name=name) for route, view, name in OF_CONGRESS),
    *(
        path(f"congresses/<str:congress>/elections/<str:contest>/{route}", view, name=name)
        for route, view, name in OF_CONTEST
    ),
]

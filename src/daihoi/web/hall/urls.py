"""Addresses of the hall."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import path

from daihoi.web.hall.views import papers, rehearsal, screens, second_laptop

OF_ONE: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("second-laptop/", second_laptop.second_laptop, "second_laptop"),
    ("guides/", papers.guides, "guides"),
    ("guides/<str:paper>/", papers.day_paper, "day_paper"),
    ("guides/<str:contest>/<str:paper>/", papers.contest_paper, "contest_paper"),
    ("rehearsal/", rehearsal.rehearsal, "rehearsal"),
    ("rehearsal/<int:number>/", rehearsal.rehearsal_note, "rehearsal_note"),
    ("rehearsal/<int:number>/feed/", rehearsal.rehearsal_feed, "rehearsal_feed"),
    ("rehearsal/<int:number>/<str:file>/", rehearsal.rehearsal_file, "rehearsal_file"),
    ("photos/<str:contest>/<str:nomination>/<str:photo>/", screens.hall_photo, "hall_photo"),
    ("screens/", screens.hall_screens, "hall_screens"),
    ("screens/<str:screen>/", screens.hall_screen, "hall_screen"),
    ("screens/<str:screen>/act/", screens.hall_screen_act, "hall_screen_act"),
    (
        "drawings/<str:contest>/<str:language>/<int:page>/<str:drawing>.png",
        screens.hall_drawing,
        "hall_drawing",
    ),
]

urlpatterns = [path(f"congresses/<str:congress>/{route}", view, name=name) for route, view, name in OF_ONE]

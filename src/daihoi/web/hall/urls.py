"""Addresses of the hall."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import path

from daihoi.web.hall.views import screens, second_laptop

OF_ONE: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("second-laptop/", second_laptop.second_laptop, "second_laptop"),
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

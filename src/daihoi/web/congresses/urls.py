"""Addresses of congresses."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import path

from daihoi.web.congresses.views import (
    delegates,
    door,
    guests,
    live,
    measures,
    members_roll,
    overview,
    papers,
    rolls,
    setup,
)

# What follows the key of a congress. Flat, so that each pattern holds all of its arguments.
OF_ONE: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("", overview.congress, "congress"),
    ("change/", overview.congress_change, "congress_change"),
    ("sessions/", setup.congress_sessions, "congress_sessions"),
    ("bodies/", setup.congress_bodies, "congress_bodies"),
    ("groups/", setup.congress_groups, "congress_groups"),
    ("measures/", measures.congress_measures, "congress_measures"),
    ("allocation/", setup.congress_allocation, "congress_allocation"),
    ("access/", setup.congress_access, "congress_access"),
    ("delegates/", delegates.delegates, "delegates"),
    ("delegates/add/", delegates.delegate_add, "delegate_add"),
    ("delegates/recognise/", delegates.delegates_judge, "delegates_judge"),
    ("delegates/import/", delegates.import_delegates, "delegates_import"),
    ("delegates/import/<str:upload>/", delegates.import_delegates, "delegates_import_file"),
    ("delegates/<str:delegate>/", delegates.delegate, "delegate"),
    ("delegates/<str:delegate>/change/", delegates.delegate_change, "delegate_change"),
    ("delegates/<str:delegate>/replace/", delegates.delegate_replace, "delegate_replace"),
    ("delegates/<str:delegate>/credentials/", delegates.delegate_judge, "delegate_judge"),
    ("delegates/<str:delegate>/absence/", delegates.delegate_leave, "delegate_leave"),
    ("guests/", guests.guests, "guests"),
    ("guests/add/", guests.guest_add, "guest_add"),
    ("guests/import/", guests.import_guests, "guests_import"),
    ("guests/import/<str:upload>/", guests.import_guests, "guests_import_file"),
    ("guests/<str:guest>/", guests.guest_change, "guest_change"),
    ("papers/", papers.congress_papers, "congress_papers"),
    ("papers/<str:paper>/", papers.congress_paper, "congress_paper"),
    ("papers/made/<int:number>/<str:kind>/", papers.congress_paper_file, "congress_paper_file"),
    ("check-in/", door.check_in, "check_in"),
    ("check-in/find/", door.check_in_find, "check_in_find"),
    ("check-in/worker.js", door.check_in_worker, "check_in_worker"),
    ("check-in/<int:session>/", door.check_in_station, "check_in_station"),
    ("check-in/<int:session>/pass/", door.check_in_pass, "check_in_pass"),
    ("check-in/<int:session>/shell/", door.check_in_shell, "check_in_shell"),
    ("attendance/", live.attendance, "attendance"),
    ("attendance/<int:session>/", live.attendance_session, "attendance_session"),
    ("screen/<int:session>/", live.screen, "screen"),
    ("roll/", rolls.rolls, "rolls"),
    ("roll/<int:number>/", rolls.roll, "roll"),
    ("roll/members/<str:person>/", members_roll.roll_member, "roll_member"),
    ("credentials/", rolls.credentials, "credentials"),
]

urlpatterns = [
    path("congresses/", overview.congresses, name="congresses"),
    path("congresses/new/", overview.congress_new, name="congress_new"),
    path("congresses/measures/", measures.house_measures, name="house_measures"),
    *(path(f"congresses/<str:congress>/{route}", view, name=name) for route, view, name in OF_ONE),
]

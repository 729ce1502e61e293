"""All addresses."""

from django.urls import include, path

from daihoi.web.site import views

urlpatterns = [
    path("", views.front, name="front"),
    path("search/", views.search, name="search"),
    path("help/", views.help_page, name="help"),
    path("health/", views.health, name="health"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/verify/", views.ledger_verify, name="ledger_verify"),
    path("", include("daihoi.web.accounts.urls")),
    path("", include("daihoi.web.organisations.urls")),
    path("", include("daihoi.web.members.urls")),
    path("", include("daihoi.web.congresses.urls")),
    path("", include("daihoi.web.elections.urls")),
    path("", include("daihoi.web.counting.urls")),
    path("", include("daihoi.web.hall.urls")),
    path("", include("daihoi.web.reporting.urls")),
]

handler400 = "daihoi.web.site.views.bad_request"
handler403 = "daihoi.web.site.views.not_allowed"
handler404 = "daihoi.web.site.views.not_found"
handler500 = "daihoi.web.site.views.went_wrong"

"""Addresses of the tree."""

from django.urls import path

from daihoi.web.organisations import views

urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.found_top, name="found_top"),
    path("organisations/term/", views.term, name="term"),
    path("organisations/import/", views.import_organisations, name="organisations_import"),
    path("organisations/import/<str:upload>/", views.import_organisations, name="organisations_import_file"),
    path("organisations/<str:key>/", views.organisation, name="organisation"),
    path("organisations/<str:key>/change/", views.change, name="organisation_change"),
    path("organisations/<str:key>/new/", views.found_below, name="found_below"),
    path("organisations/<str:key>/rename/", views.rename, name="organisation_rename"),
    path("organisations/<str:key>/move/", views.move, name="organisation_move"),
    path("organisations/<str:key>/merge/", views.merge, name="organisation_merge"),
    path("organisations/<str:key>/access/", views.access, name="organisation_access"),
]

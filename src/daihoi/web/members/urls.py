"""Addresses of people."""

from django.urls import path

from daihoi.web.members import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/new/", views.enter, name="person_enter"),
    path("people/import/", views.import_people, name="people_import"),
    path("people/import/<str:upload>/", views.import_people, name="people_import_file"),
    path("people/<str:person>/", views.person, name="person"),
    path("people/<str:person>/change/", views.change, name="person_change"),
]

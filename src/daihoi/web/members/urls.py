"""Addresses of people."""

from django.urls import path

from daihoi.web.members import photo_pages, views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/new/", views.enter, name="person_enter"),
    path("people/import/", views.import_people, name="people_import"),
    path("people/import/<str:upload>/", views.import_people, name="people_import_file"),
    path("people/photos/", photo_pages.people_photos, name="people_photos"),
    path("people/photos/file/", photo_pages.people_photos_file, name="people_photos_file"),
    path("people/photos/<str:upload>/", photo_pages.waiting_photo, name="waiting_photo"),
    path("people/<str:person>/", views.person, name="person"),
    path("people/<str:person>/change/", views.change, name="person_change"),
    path("people/<str:person>/photo/", photo_pages.person_photo_change, name="person_photo_change"),
    path("people/<str:person>/photo/<str:photo>/", photo_pages.person_photo, name="person_photo"),
]

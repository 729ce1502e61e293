"""Addresses of signing in and of accounts."""

from django.urls import path

from daihoi.web.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.language, name="language"),
    path("join/<str:token>/", views.join, name="join"),
    path("me/", views.mine, name="mine"),
    path("me/password/", views.password, name="password"),
    path("me/sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("me/second-factor/", views.second_factor, name="second_factor"),
    path("me/second-factor/off/", views.drop_second_factor, name="drop_second_factor"),
    path("accounts/", views.people, name="people_accounts"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("accounts/grants/<int:pk>/end/", views.end_grant, name="end_grant"),
    path("accounts/<int:pk>/open/", views.set_open, name="set_open"),
    path("accounts/<int:pk>/help/", views.help_account, name="help_account"),
    path("accounts/sign-ins/", views.sign_ins, name="sign_ins"),
]

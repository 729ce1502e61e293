"""Addresses of results that congresses send."""

from django.urls import path

from daihoi.web.reporting.views import packages, results

urlpatterns = [
    path("results/", results.results_received, name="results_received"),
    path("results/packages/", packages.results_packages, name="results_packages"),
    path("results/packages/send/", packages.results_send, name="results_send"),
    path("results/of/<str:key>/", results.results_of, name="results_of"),
    path("results/<str:result>/", results.result_received, name="result_received"),
    path("results/<str:result>/withdraw/", results.result_withdraw, name="result_withdraw"),
    path("results/<str:result>/<str:file>/", results.result_package, name="result_package"),
]

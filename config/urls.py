"""The addresses of every room."""

from django.urls import include, path
from django.views.generic import RedirectView

from config import health, search

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="plans:my_work"), name="home"),
    path("tai-khoan/", include("vinhdanh.accounts.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("ke-hoach/", include("vinhdanh.plans.urls")),
    path("quan-tri/", include("vinhdanh.people.urls")),
    path("huong-dan/", include("vinhdanh.common.urls")),
    path("tim-kiem/", search.page, name="search"),
]

"""The addresses of every room."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="plans:my_work"), name="home"),
    path("tai-khoan/", include("allauth.urls")),
    path("", include("django_prometheus.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("ke-hoach/", include("vinhdanh.plans.urls")),
    path("quan-tri/", include("vinhdanh.people.urls")),
    path("nhat-ky/", include("vinhdanh.journal.urls")),
]

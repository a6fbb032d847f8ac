"""The addresses of every room."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from config import feed, health, search
from vinhdanh.accounts.views import choose_language

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="plans:my_work"), name="home"),
    path("tai-khoan/", include("vinhdanh.accounts.urls")),
    path("lich/<str:token>.ics", feed.feed, name="feed"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("ngon-ngu/", login_not_required(choose_language), name="set_language"),
    path("ke-hoach/", include("vinhdanh.plans.urls")),
    path("van-thu/", include("vinhdanh.secretariat.urls")),
    path("khen-thuong/", include("vinhdanh.honours.urls")),
    path("thong-bao/", include("vinhdanh.notices.urls")),
    path("ban-xuat/", include("vinhdanh.documents.urls")),
    path("quan-tri/", include("vinhdanh.people.urls")),
    path("huong-dan/", include("vinhdanh.common.urls")),
    path("tim-kiem/", search.page, name="search"),
]

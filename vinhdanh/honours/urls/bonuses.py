from django.urls import path

from vinhdanh.honours.views import bonuses

urlpatterns = [
    path("tien-thuong/", bonuses.bonuses, name="bonuses"),
    path("tien-thuong/xlsx/", bonuses.export, name="bonuses_export"),
]

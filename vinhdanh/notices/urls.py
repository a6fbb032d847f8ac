from django.urls import path

from vinhdanh.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("da-doc/", views.read_all, name="read_all"),
    path("cach-nhan/", views.preferences, name="preferences"),
    path("<uuid:pk>/", views.open_message, name="open"),
]

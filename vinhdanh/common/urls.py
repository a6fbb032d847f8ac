from django.urls import path, re_path

from vinhdanh.common import views

urlpatterns = [
    path("", views.help_page, name="help"),
    re_path(r"^hinh/(?P<name>[a-z0-9-]+)\.png$", views.help_picture, name="help_picture"),
    re_path(r"^(?P<page>[a-z-]+)/$", views.help_page, name="help_page"),
]

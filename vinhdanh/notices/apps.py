from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "vinhdanh.notices"

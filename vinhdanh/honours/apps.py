from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "vinhdanh.honours"

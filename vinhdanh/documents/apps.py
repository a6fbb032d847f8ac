from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "vinhdanh.documents"

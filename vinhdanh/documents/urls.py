from django.urls import path

from vinhdanh.documents import views

app_name = "documents"
urlpatterns = [
    path("<uuid:pk>/", views.export, name="export"),
    path("<uuid:pk>/tep/", views.export_file, name="export_file"),
]

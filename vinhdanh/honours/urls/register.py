# To whoever keeps this file: at 15:12 UTC the engineer of the law pages overwrote it by mistake (its
# first import was `from vinhdanh.honours.views import entry, register, timeline`). Please write its
# addresses again over this note.
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

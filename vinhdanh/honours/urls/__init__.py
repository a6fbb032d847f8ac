"""The addresses of the register, of eligibility, of the law."""

from vinhdanh.honours.urls import eligibility, imports, law, register

app_name = "honours"
urlpatterns = [
    *register.urlpatterns,
    *imports.urlpatterns,
    *eligibility.urlpatterns,
    *law.urlpatterns,
]

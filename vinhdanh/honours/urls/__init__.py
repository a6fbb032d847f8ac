"""The addresses of the register, of eligibility, of the law."""

from vinhdanh.honours.urls import bonuses, eligibility, imports, law, register

app_name = "honours"
urlpatterns = [
    *register.urlpatterns,
    *bonuses.urlpatterns,
    *imports.urlpatterns,
    *eligibility.urlpatterns,
    *law.urlpatterns,
]

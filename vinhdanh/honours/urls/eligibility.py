from django.urls import path

from vinhdanh.honours.views import eligibility, paths, screening

urlpatterns = [
    path("xet/", screening.screening, name="screening"),
    path("xet/xlsx/", screening.export, name="screening_export"),
    path("xet/chuoi/", screening.chains, name="chains"),
    path("xet/chuoi/xlsx/", screening.chains_export, name="chains_export"),
    path("xet/ca-nhan/<uuid:pk>/", eligibility.person, name="person_eligibility"),
    path("xet/tap-the/<uuid:pk>/", eligibility.unit, name="unit_eligibility"),
    path("xet/ho/<uuid:pk>/", eligibility.household, name="household_eligibility"),
    path("xet/ca-nhan/<uuid:pk>/lo-trinh/", paths.person, name="person_path"),
    path("xet/tap-the/<uuid:pk>/lo-trinh/", paths.unit, name="unit_path"),
]

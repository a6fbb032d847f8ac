from django.urls import path

from vinhdanh.honours.views import imports

urlpatterns = [
    path("nhap-lich-su/", imports.listing, name="imports"),
    path("nhap-lich-su/mau/<slug:kind>/", imports.template, name="import_template"),
    path("nhap-lich-su/<uuid:pk>/", imports.one, name="import"),
    path("nhap-lich-su/<uuid:pk>/tien-do/", imports.progress, name="import_progress"),
    path("nhap-lich-su/<uuid:pk>/cot/", imports.columns, name="import_columns"),
    path("nhap-lich-su/<uuid:pk>/xac-nhan/", imports.settle, name="import_settle"),
    path("nhap-lich-su/<uuid:pk>/dong/<uuid:line_pk>/", imports.line, name="import_line"),
    path("nhap-lich-su/<uuid:pk>/ghi/", imports.store, name="import_store"),
    path("nhap-lich-su/<uuid:pk>/bo/", imports.discard, name="import_discard"),
    path("nhap-lich-su/<uuid:pk>/tep/", imports.file, name="import_file"),
]

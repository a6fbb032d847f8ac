from django.urls import path

from vinhdanh.people.views import accounts, groups, imports, persons, units

app_name = "people"
urlpatterns = [
    path("don-vi/", units.units, name="units"),
    path("don-vi/moi/", units.unit_new, name="unit_new"),
    path("don-vi/<uuid:pk>/", units.unit, name="unit"),
    path("don-vi/<uuid:pk>/sua/", units.unit_edit, name="unit_edit"),
    path("don-vi/<uuid:pk>/chuyen/", units.unit_move, name="unit_move"),
    path("don-vi/<uuid:pk>/ket-thuc/", units.unit_end, name="unit_end"),
    path("nhom/", groups.groups, name="groups"),
    path("nhom/moi/", groups.group_new, name="group_new"),
    path("nhom/<uuid:pk>/", groups.group, name="group"),
    path("nhom/<uuid:pk>/sua/", groups.group_edit, name="group_edit"),
    path("nhom/<uuid:pk>/xoa/", groups.group_delete, name="group_delete"),
    path("can-bo/", persons.persons, name="persons"),
    path("can-bo/moi/", persons.person_new, name="person_new"),
    path("can-bo/xuat.xlsx", persons.persons_export, name="persons_export"),
    path("can-bo/<uuid:pk>/", persons.person, name="person"),
    path("can-bo/<uuid:pk>/sua/", persons.person_edit, name="person_edit"),
    path("can-bo/<uuid:pk>/chuc-vu/them/", persons.position_new, name="position_new"),
    path("chuc-vu/<uuid:pk>/sua/", persons.position_edit, name="position_edit"),
    path("chuc-vu/<uuid:pk>/ket-thuc/", persons.position_end, name="position_end"),
    path("can-bo/<uuid:pk>/tai-khoan/cap/", accounts.account_open, name="account_open"),
    path("can-bo/<uuid:pk>/tai-khoan/mat-khau/", accounts.account_reset, name="account_reset"),
    path("can-bo/<uuid:pk>/tai-khoan/khoa/", accounts.account_close, name="account_close"),
    path("can-bo/<uuid:pk>/tai-khoan/mo-lai/", accounts.account_reopen, name="account_reopen"),
    path("can-bo/<uuid:pk>/tai-khoan/thu/", accounts.account_address, name="account_address"),
    path("can-bo/<uuid:pk>/vai-tro/giao/", accounts.role_grant, name="role_grant"),
    path("vai-tro/", accounts.roles, name="roles"),
    path("vai-tro/<uuid:pk>/thoi/", accounts.role_revoke, name="role_revoke"),
    path("nhap/", imports.import_, name="import"),
    path("nhap/mau/<slug:kind>.xlsx", imports.template, name="import_template"),
    path("nhap/<uuid:pk>/", imports.dry_run, name="dry_run"),
    path("nhap/<uuid:pk>/nhap/", imports.take_in, name="take_in"),
    path("nhap/<uuid:pk>/bo/", imports.give_up, name="give_up"),
]

from django.urls import path

from vinhdanh.secretariat.views import calendar

urlpatterns = [
    path("lich-lam-viec/", calendar.calendar, name="calendar"),
    path("lich-lam-viec/tep.ics", calendar.calendar_file, name="calendar_file"),
    path("lich-lam-viec/bang.xlsx", calendar.calendar_sheet, name="calendar_sheet"),
    path("lich-lam-viec/nhap/", calendar.calendar_new, name="calendar_new"),
    path("lich-lam-viec/<uuid:pk>/sua/", calendar.calendar_edit, name="calendar_edit"),
    path("lich-lam-viec/<uuid:pk>/xoa/", calendar.calendar_remove, name="calendar_remove"),
]

"""The addresses of the secretariat, under /van-thu/."""

from vinhdanh.secretariat.urls import calendar, mailings, papers

app_name = "secretariat"

urlpatterns = [*papers.urlpatterns, *mailings.urlpatterns, *calendar.urlpatterns]

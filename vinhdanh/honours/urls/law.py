from django.urls import path

from vinhdanh.honours.views import law, local

urlpatterns = [
    path("phap-luat/", law.awards, name="law"),
    path("phap-luat/thu-tuc/", law.rules, name="law_rules"),
    path("phap-luat/van-ban/", law.texts, name="law_texts"),
    path("phap-luat/van-ban/<slug:slug>/", law.text, name="law_text"),
    path("phap-luat/thay-doi/", law.changes, name="law_changes"),
    path("phap-luat/dia-phuong/", local.contents, name="local"),
    path("phap-luat/dia-phuong/<uuid:pk>/rut-lai/", local.withdraw, name="local_withdraw"),
    path("phap-luat/dia-phuong/<uuid:pk>/<slug:code>/", local.content, name="local_content"),
    path("phap-luat/dia-phuong/<uuid:pk>/<slug:code>/ghi/", local.new, name="local_new"),
    path("phap-luat/<slug:code>/", law.award, name="law_award"),
]

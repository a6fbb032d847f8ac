from django.urls import URLPattern, path

from vinhdanh.honours.views import entry, register, timeline, traits

urlpatterns: list[URLPattern] = [
    path("so/", register.register, name="register"),
    path("so/xuat/", register.export, name="register_export"),
    path("so/<uuid:pk>/", register.conferral, name="conferral"),
    path("muc/<slug:kind>/<uuid:pk>/", register.fact, name="fact"),
    path("muc/<slug:kind>/<uuid:pk>/tep/", register.origin_file, name="origin_file"),
    path("muc/<slug:kind>/<uuid:pk>/dinh-chinh/", entry.correct, name="correct"),
    path("muc/<slug:kind>/<uuid:pk>/go/", entry.withdraw, name="withdraw"),
    path("ghi/", entry.enter, name="enter"),
    path("ghi/ho-gia-dinh/", entry.enter_household, name="enter_household"),
    path("ghi/<slug:kind>/", entry.enter_fact, name="enter_fact"),
    path("cua-toi/", timeline.mine, name="mine"),
    path("ca-nhan/<uuid:pk>/", timeline.person, name="person"),
    path("don-vi/<uuid:pk>/", timeline.unit, name="unit"),
    path("don-vi/<uuid:pk>/thuoc-tinh/", traits.traits, name="unit_traits"),
    path(
        "don-vi/<uuid:pk>/thuoc-tinh/<uuid:trait>/go/", traits.withdraw, name="unit_trait_withdraw"
    ),
    path("ho/<uuid:pk>/", timeline.household, name="household"),
]

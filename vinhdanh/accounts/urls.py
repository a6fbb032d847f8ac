"""The addresses of logging in. The pages are allauth's, under the names that it expects; what the
office does not offer (signing up, several e-mail addresses) has no address."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as office
from django.urls import include, path, re_path

from vinhdanh.accounts import views

_own = [
    path("bao-mat/", views.security, name="security"),
    path("bao-mat/dang-xuat-noi-khac/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("lich-rieng/", views.feed, name="feed"),
    path("lich-rieng/tao/", views.feed_make, name="feed_make"),
    path("lich-rieng/thu-hoi/", views.feed_revoke, name="feed_revoke"),
]

urlpatterns = [
    path("", include((_own, "accounts"))),
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("bi-khoa/", account.account_inactive, name="account_inactive"),
    path("dang-ky/", account.signup, name="account_signup"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/doi/", account.password_change, name="account_change_password"),
    path("mat-khau/quen/", account.password_reset, name="account_reset_password"),
    path("mat-khau/quen/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mat-khau/dat-lai/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/dat-lai/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("bao-mat/", views.security, name="mfa_index"),
    path("bao-mat/ma-xac-thuc/", mfa.authenticate, name="mfa_authenticate"),
    path("bao-mat/xac-nhan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("bao-mat/ung-dung/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("bao-mat/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("bao-mat/ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "bao-mat/ma-du-phong/lap/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "bao-mat/ma-du-phong/tai/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("bao-mat/khoa/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("bao-mat/khoa/them/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("bao-mat/khoa/<int:pk>/bo/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("bao-mat/khoa/<int:pk>/sua/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "bao-mat/khoa/xac-nhan/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("dang-nhap/khoa/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("co-quan/bo-qua/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("co-quan/loi/", social.login_error, name="socialaccount_login_error"),
    path("co-quan/<provider_id>/", office.login, name="openid_connect_login"),
    path("co-quan/<provider_id>/tro-ve/", office.callback, name="openid_connect_callback"),
]

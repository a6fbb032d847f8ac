from django.urls import path

from vinhdanh.secretariat.views import (
    attachments,
    deliveries,
    hooks,
    mailings,
    meetings,
    received,
    recipients,
)

_OUT = "hop-thu-di/"
_ONE = f"{_OUT}<uuid:pk>/"
_IN = "thu-den/<uuid:pk>/"
_HOOK = f"{_OUT}kenh/<uuid:pk>/"

_FILES = {"mailing": f"{_ONE}tep/<uuid:file_pk>/", "received": f"{_IN}tep/<uuid:file_pk>/"}

urlpatterns = [
    path(_OUT, mailings.outbox, name="outbox"),
    path(f"{_OUT}lap/", recipients.mailing_new, name="mailing_new"),
    path(f"{_OUT}gui/", mailings.mailings_release, name="mailings_release"),
    path(f"{_OUT}bo/", mailings.mailings_discard, name="mailings_discard"),
    path(_ONE, mailings.mailing, name="mailing"),
    path(f"{_ONE}sua/", mailings.mailing_edit, name="mailing_edit"),
    path(f"{_ONE}doi-lich/", meetings.meeting_move, name="meeting_move"),
    path(f"{_ONE}huy-hop/", meetings.meeting_call_off, name="meeting_call_off"),
    path(f"{_ONE}them-nguoi/", recipients.mailing_add, name="mailing_add"),
    path(f"{_ONE}nguoi-nhan/", recipients.recipients_set, name="recipients_set"),
    path(f"{_ONE}ban/<uuid:recipient_pk>/", recipients.mailing_copy, name="mailing_copy"),
    path(f"{_ONE}dinh-kem/", mailings.mailing_attach, name="mailing_attach"),
    path(f"{_ONE}go-tep/<uuid:file_pk>/", mailings.mailing_detach, name="mailing_detach"),
    path(_IN, received.received, name="received"),
    path(f"{_IN}lich.ics", received.received_calendar, name="received_calendar"),
    path(f"{_OUT}nhat-ky/", deliveries.deliveries, name="deliveries"),
    path(f"{_OUT}nhat-ky/quyet-dinh/", deliveries.deliveries_decide, name="deliveries_decide"),
    path(f"{_OUT}kenh/", hooks.hooks, name="hooks"),
    path(f"{_OUT}kenh/them/", hooks.hook_new, name="hook_new"),
    path(_HOOK, hooks.hook, name="hook"),
    path(f"{_HOOK}sua/", hooks.hook_edit, name="hook_edit"),
    path(f"{_HOOK}bat-tat/", hooks.hook_switch, name="hook_switch"),
    path(f"{_HOOK}xoa/", hooks.hook_delete, name="hook_delete"),
    path(f"{_HOOK}khoa-moi/", hooks.hook_renew, name="hook_renew"),
    path(f"{_HOOK}khoa/", hooks.hook_secret, name="hook_secret"),
    path(f"{_HOOK}thu/", hooks.hook_test, name="hook_test"),
    *(
        path(address, attachments.fetched, {"side": side}, name=f"{side}_file")
        for side, address in _FILES.items()
    ),
    *(
        path(f"{address}xem/", attachments.looked_at, {"side": side}, name=f"{side}_look")
        for side, address in _FILES.items()
    ),
    *(
        path(
            f"{address}trang-<int:number>.png",
            attachments.picture,
            {"side": side},
            name=f"{side}_picture",
        )
        for side, address in _FILES.items()
    ),
]

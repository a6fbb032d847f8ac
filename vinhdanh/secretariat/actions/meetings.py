"""Moving or calling off a meeting to which an office has invited."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.secretariat.actions import mailings
from vinhdanh.secretariat.actions.running import must_run
from vinhdanh.secretariat.models import Mailing
from vinhdanh.secretariat.queries import mailings as queries
from vinhdanh.secretariat.rules import mailings as rules


@transaction.atomic
def change(invitation: Mailing, *, calls_off: bool, by: User, at: datetime) -> Mailing:
    """Put into the outbox what moves the meeting (đổi lịch họp), or calls it off (hủy họp).

    It goes to everybody who was invited or told since, waits as every mailing does, and holds only
    once it is released; `invitation` may also be an earlier change. Raises Refused to whoever does
    not run the office, for what invites to nothing or was never released, for a meeting that has
    begun or is called off, and while another change waits.
    """
    must_run(invitation.office, by=by, at=at)
    first = Mailing.objects.select_for_update(of=("self",)).select_related("office")
    held = first.get(pk=invitation.changes_id or invitation.pk)
    stands = queries.standing([held]).get(held.pk)
    if stands is None or stands.starts_at is None:
        raise Refused(_("Chỉ đổi lịch, hủy được cuộc họp của giấy mời đã cho gửi."))
    if stands.calls_off:
        raise Refused(_("Cuộc họp này đã hủy."))
    if stands.starts_at <= at:
        raise Refused(_("Cuộc họp đã bắt đầu nên không đổi lịch, không hủy được nữa."))
    if queries.waiting_change(held):
        raise Refused(
            _(
                "Một thư đổi lịch hoặc hủy họp đang chờ trong hộp thư đi; hãy cho gửi, hoặc bỏ "
                "thư đó."
            )
        )
    words = rules.CALLED_OFF if calls_off else rules.MOVED
    names = {"meeting": held.subject, "office": held.office.name}
    made = mailings.put_in_outbox(
        held.office,
        Mailing.Kind.INVITATION,
        subject=_(words.subject) % names,
        text=_(words.text) % names,
        addressees=queries.told_of_meeting(held),
        by=by,
        at=at,
        starts_at=stands.starts_at,
        ends_at=stands.ends_at,
        place=stands.place,
        about=(held.about_label, held.about_url),
    )
    made.changes, made.calls_off = held, calls_off
    made.save(update_fields=["changes", "calls_off"])
    return made

"""What every deed of the secretariat asks first: who may, and on which day."""

from datetime import datetime

from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused
from vinhdanh.people.models import Unit
from vinhdanh.secretariat import access


def must_run(office: Unit, *, by: User, at: datetime) -> None:
    """Refused to whoever does not run the office that day."""
    if not access.runs(by, office, on=day_of(at)):
        raise Refused(
            _("Chỉ Văn phòng (Thường trực thi đua, khen thưởng) của cơ quan được làm việc này.")
        )

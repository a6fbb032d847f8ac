"""The log of what an office has sent."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from vinhdanh.notices.models import Delivery
from vinhdanh.secretariat.models import Mailing


def subjects(mailings: QuerySet[Mailing], deliveries: Iterable[Delivery]) -> dict[UUID, str]:
    """The subjects of those of the mailings of which the deliveries are part, by mailing pk."""
    wanted = {delivery.batch_id for delivery in deliveries if delivery.batch_id}
    return dict(mailings.filter(pk__in=wanted).values_list("pk", "subject")) if wanted else {}

"""The log of what an office has sent."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from vinhdanh.notices.models import Delivery
from vinhdanh.secretariat.models import Mailing


def counts_by_state(deliveries: QuerySet[Delivery]) -> dict[str, int]:
    """How many of the deliveries stand in each state, every state named."""
    counted = deliveries.order_by().values_list("state").annotate(Count("pk"))
    return {**dict.fromkeys(Delivery.State.values, 0), **dict(counted)}


def subjects(mailings: QuerySet[Mailing], deliveries: Iterable[Delivery]) -> dict[UUID, str]:
    """The subjects of those of the mailings of which the deliveries are part, by mailing pk."""
    wanted = {delivery.batch_id for delivery in deliveries if delivery.batch_id}
    return dict(mailings.filter(pk__in=wanted).values_list("pk", "subject")) if wanted else {}

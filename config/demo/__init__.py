"""The demonstration: an invented office in the middle of its year, and who may log in."""

from datetime import datetime

from django.db import transaction
from django.test.utils import override_settings

from vinhdanh.common.clock import day_of


@override_settings(PASSWORD_HASHERS=["config.demo.hashing.QuickHasher"])
@transaction.atomic
def load(*, at: datetime) -> None:
    """Fill an empty installation as the demonstration office stands at an instant."""
    from config.demo import honours, office, secretariat, year

    department = office.build(at=at)
    on = day_of(at)
    honours.run(department, on=on, at=at)
    year.run(department, on=on, at=at)
    secretariat.run(department, on=on, at=at)

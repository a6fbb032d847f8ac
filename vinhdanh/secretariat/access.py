"""Who sees what the secretariat of an office keeps, and who runs it."""

from datetime import date

from django.db.models import Q, QuerySet

from vinhdanh.accounts.models import User
from vinhdanh.notices.models import Delivery, Hook
from vinhdanh.people import access as people
from vinhdanh.people.models import Unit
from vinhdanh.secretariat.models import Mailing, Paper, Register, Template


def offices_run(user: User, *, on: date) -> QuerySet[Unit]:
    """The offices whose papers, templates, registers and outbox the user runs."""
    return people.offices_run(user, on=on)


def runs(user: User, office: Unit, *, on: date) -> bool:
    """Whether the user runs the secretariat of the office that day."""
    return people.covers(user, office, people.RUNS_THE_YEAR, on=on)


def offices_read(user: User, *, on: date) -> QuerySet[Unit]:
    """The offices whose papers and outbox the user reads: leaders, the council's chair and
    secretary, auditors, and whoever runs them."""
    return people.covered(user, people.OVERSEES, on=on)


def visible_papers(user: User, *, on: date) -> QuerySet[Paper]:
    return Paper.objects.filter(office__in=offices_read(user, on=on))


def visible_templates(user: User, *, on: date) -> QuerySet[Template]:
    return Template.objects.filter(office__in=offices_read(user, on=on))


def visible_registers(user: User, *, on: date) -> QuerySet[Register]:
    return Register.objects.filter(office__in=offices_read(user, on=on))


def visible_mailings(user: User, *, on: date) -> QuerySet[Mailing]:
    """The mailings of offices the user reads, waiting or settled."""
    return Mailing.objects.filter(office__in=offices_read(user, on=on))


def received_mailings(user: User) -> QuerySet[Mailing]:
    """The released mailings that reached the user."""
    reached = Q(recipients__user_id=user.pk, recipients__left_out=False)
    return Mailing.objects.filter(reached, state=Mailing.State.RELEASED).distinct()


def mailings_run(user: User, *, on: date) -> QuerySet[Mailing]:
    """The mailings that the user edits, releases and discards."""
    return Mailing.objects.filter(office__in=offices_run(user, on=on))


def visible_deliveries(user: User, *, on: date) -> QuerySet[Delivery]:
    """What the offices that the user reads have sent: their mailings, and what else was sent for
    the whole tree by whoever reads its top."""
    return _deliveries_of(offices_read(user, on=on), visible_mailings(user, on=on))


def deliveries_run(user: User, *, on: date) -> QuerySet[Delivery]:
    """The deliveries that the user sends again, settles and cancels; their addresses are shown."""
    return _deliveries_of(offices_run(user, on=on), mailings_run(user, on=on))


def _deliveries_of(offices: QuerySet[Unit], mailings: QuerySet[Mailing]) -> QuerySet[Delivery]:
    tops = offices.filter(parent=None)
    return Delivery.objects.filter(
        Q(office_id__in=tops.values("pk")) | Q(batch_id__in=mailings.values("pk"))
    )


def hooked_offices(user: User, *, on: date) -> QuerySet[Unit]:
    """The trees whose other channels the user keeps: who administers them, or runs their year."""
    return people.covered(user, people.EDITS, on=on).filter(parent=None, outside=False)


def hooks(user: User, *, on: date) -> QuerySet[Hook]:
    return Hook.objects.filter(office_id__in=hooked_offices(user, on=on).values("pk"))


def edits_the_calendar(user: User, *, on: date) -> bool:
    """Whether the user enters announced days off and working days, which hold for the whole
    installation: who runs an office, or administers a whole tree or a department."""
    return offices_run(user, on=on).exists() or people.administers_a_department(user, on=on)

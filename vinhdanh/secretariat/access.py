"""Who sees what the secretariat of an office keeps, and who runs it."""

from datetime import date

from django.db.models import Q, QuerySet

from vinhdanh.accounts.models import User
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


def edits_the_calendar(user: User, *, on: date) -> bool:
    """Whether the user enters announced days off and working days, which hold for the whole
    installation: who runs an office, or administers a whole tree or a department."""
    return offices_run(user, on=on).exists() or people.administers_a_department(user, on=on)

"""Choosing what the register shows; kept in the address."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import any_of
from vinhdanh.honours.models import Conferral
from vinhdanh.honours.queries.register import awards_in_order, end_of, standing
from vinhdanh.honours.queries.search import MOST, found
from vinhdanh.honours.templatetags.bonuses import VERDICTS
from vinhdanh.law.book import Book
from vinhdanh.people.models import Position, Unit

RECIPIENTS = [
    ("person", _("Cá nhân")),
    ("unit", _("Tập thể")),
    ("household", _("Hộ gia đình")),
]
# The awards of so many persons at most are found first and then put in order.
_FEW = 1_000


class RegisterFilter(django_filters.FilterSet):
    """Awards by words, award, year, class, kind of recipient, unit; as the register stood."""

    q = django_filters.CharFilter(
        label=_("Tìm trong sổ"),
        method="by_words",
        widget=forms.TextInput(attrs={"placeholder": _("Tên, đơn vị, số quyết định")}),
    )
    award = django_filters.ChoiceFilter(
        label=_("Danh hiệu, hình thức"), empty_label=_("Mọi danh hiệu, hình thức")
    )
    year = django_filters.ChoiceFilter(label=_("Năm"), empty_label=_("Mọi năm"))
    kind = django_filters.ChoiceFilter(
        label=_("Loại hình"), choices=Conferral.Class.choices, empty_label=_("Mọi loại hình")
    )
    recipient = django_filters.ChoiceFilter(
        label=_("Đối tượng"),
        choices=RECIPIENTS,
        empty_label=_("Mọi đối tượng"),
        method="by_recipient",
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Đơn vị, cả cấp dưới"),
        queryset=Unit.objects.none(),
        empty_label=_("Mọi đơn vị"),
        method="by_unit",
    )
    as_of = django_filters.DateFilter(
        label=_("Sổ tại ngày"),
        method="by_instant",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    anywhere = django_filters.BooleanFilter(
        method="by_anywhere", widget=forms.HiddenInput, label=_("Tìm cả ở giữa")
    )

    class Meta:
        model = Conferral
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        on: date,
        book: Book,
        units: QuerySet[Unit],
        few: bool = False,
        most: int | None = MOST + 1,
        **kwargs: Any,
    ) -> None:
        """`units` may be chosen; `few` as in `access.Scope`; `most` is how many rows a search by
        words yields, None: all. `known` is how many rows are chosen, as soon as a search counted
        them."""
        super().__init__(*args, **kwargs)
        self.on, self.book, self.few, self.most = on, book, few, most
        self.known: int | None = None
        # Choices that are asked for are not copied one by one with each form.
        awards = awards_in_order(book)
        years = [(str(year), str(year)) for year in range(on.year, on.year - 60, -1)]
        self.filters["award"].extra["choices"] = lambda: awards
        self.filters["year"].extra["choices"] = lambda: years
        self.filters["unit"].queryset = units

    def filter_queryset(self, queryset: QuerySet[Conferral]) -> QuerySet[Conferral]:
        """Words come last: whether a name begins with them depends on everything else."""
        given = self.form.cleaned_data
        chosen = queryset if given.get("as_of") else standing(queryset)
        for name, value in given.items():
            if name != "q":
                chosen = self.filters[name].filter(chosen, value)
        return self.filters["q"].filter(chosen, given.get("q"))

    def by_words(self, facts: QuerySet[Conferral], _name: str, text: str) -> QuerySet[Conferral]:
        wide = bool(self.form.cleaned_data.get("anywhere"))
        sought = found(facts, text, book=self.book, few=self.few, anywhere=wide, most=self.most)
        self.known = sought.count
        return sought.rows

    def by_anywhere(
        self, facts: QuerySet[Conferral], _name: str, _wide: bool
    ) -> QuerySet[Conferral]:
        return facts

    def by_recipient(
        self, facts: QuerySet[Conferral], _name: str, kind: str
    ) -> QuerySet[Conferral]:
        return facts.filter(**{f"{kind}__isnull": False})

    def by_unit(self, facts: QuerySet[Conferral], _name: str, unit: Unit) -> QuerySet[Conferral]:
        """The awards of the unit and of those below, and of who serves there on the day.

        Of few persons the keys are gathered; many are asked for as their awards are met, which an
        equality would let the database do for everybody beforehand.
        """
        serving = Position.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=self.on), unit__path__startswith=unit.path
        )
        persons = serving.order_by().values("person")
        if len(persons[: _FEW + 1]) > _FEW:
            person = OuterRef("person")
            serves = Exists(serving.filter(person__gte=person, person__lte=person))
            return facts.filter(Q(unit__path__startswith=unit.path) | serves)
        units = Unit.objects.filter(path__startswith=unit.path).order_by().values("pk")
        about = any_of("person", ArraySubquery(persons)) | any_of("unit", ArraySubquery(units))
        return facts.filter(about)

    def by_instant(self, facts: QuerySet[Conferral], _name: str, day: date) -> QuerySet[Conferral]:
        return standing(facts, end_of(day))


class BonusFilter(RegisterFilter):
    """Awards whose bonus is reckoned: by the year of their decision, UNDATED for those without its
    day. What is paid is reckoned afterwards; `verdict` chooses nothing here."""

    UNDATED = "undated"

    year = django_filters.ChoiceFilter(
        label=_("Năm quyết định"), empty_label=_("Mọi năm"), method="by_decision"
    )
    verdict = django_filters.ChoiceFilter(
        label=_("Kết luận"),
        choices=[(verdict, _(text)) for verdict, text in VERDICTS.items()],
        empty_label=_("Mọi kết luận"),
        method="by_anywhere",
    )
    as_of = None
    anywhere = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        undated = (self.UNDATED, _("Chưa ghi ngày quyết định"))
        years = [*self.filters["year"].extra["choices"](), undated]
        self.filters["year"].extra["choices"] = lambda: years

    def by_decision(self, facts: QuerySet[Conferral], _name: str, year: str) -> QuerySet[Conferral]:
        if year == self.UNDATED:
            return facts.filter(decided_on__isnull=True)
        return facts.filter(decided_on__range=(date(int(year), 1, 1), date(int(year), 12, 31)))

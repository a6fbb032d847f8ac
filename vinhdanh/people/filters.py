"""Choosing what a list of units, persons or roles shows; kept in the address."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vinhdanh.people import queries
from vinhdanh.people.models import Person, RoleHolding, Unit


class UnitFilter(django_filters.FilterSet):
    """Units by name, kind, whether they exist, inside or outside the office."""

    q = django_filters.CharFilter(label=_("Tìm theo tên"), method="by_words")
    kind = django_filters.ChoiceFilter(
        label=_("Loại"), choices=Unit.Kind.choices, empty_label=_("Mọi loại")
    )
    validity = django_filters.ChoiceFilter(
        label=_("Thời gian"),
        choices=[("ended", _("Đã kết thúc")), ("any", _("Mọi thời gian"))],
        empty_label=_("Đang hoạt động"),
        method="by_validity",
    )
    outside = django_filters.ChoiceFilter(
        label=_("Phạm vi"),
        choices=[("no", _("Trong cơ quan")), ("yes", _("Ngoài cơ quan"))],
        empty_label=_("Trong và ngoài"),
        method="by_outside",
    )

    class Meta:
        model = Unit
        fields: list[str] = []

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def by_words(self, units: QuerySet[Unit], _name: str, text: str) -> QuerySet[Unit]:
        return queries.found_units(units, text)

    def filter_queryset(self, queryset: QuerySet[Unit]) -> QuerySet[Unit]:
        units: QuerySet[Unit] = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("validity"):
            return units.filter(queries.valid_on(self.on))
        return units

    def by_validity(self, units: QuerySet[Unit], _name: str, choice: str) -> QuerySet[Unit]:
        return units.filter(valid_until__lt=self.on) if choice == "ended" else units

    def by_outside(self, units: QuerySet[Unit], _name: str, choice: str) -> QuerySet[Unit]:
        return units.filter(outside=choice == "yes")


class PersonFilter(django_filters.FilterSet):
    """Persons by name or code, unit and all below it, role held, whether they have an account."""

    q = django_filters.CharFilter(label=_("Tìm theo họ tên, mã"), method="by_words")
    unit = django_filters.ModelChoiceFilter(
        label=_("Đơn vị"),
        queryset=Unit.objects.none(),
        empty_label=_("Mọi đơn vị"),
        method="by_unit",
    )
    role = django_filters.ChoiceFilter(
        label=_("Vai trò"),
        choices=RoleHolding.Role.choices,
        empty_label=_("Mọi vai trò"),
        method="by_role",
    )
    account = django_filters.ChoiceFilter(
        label=_("Tài khoản"),
        choices=[("open", _("Đang dùng")), ("closed", _("Đã khóa")), ("none", _("Chưa có"))],
        empty_label=_("Có và chưa có"),
        method="by_account",
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        on: date,
        units: QuerySet[Unit],
        readable: QuerySet[Person] | None,
        **kwargs: Any,
    ) -> None:
        """`readable` are the persons whose accounts and roles may tell them apart; None: nobody's,
        and the filters by role and account are not offered."""
        super().__init__(*args, **kwargs)
        self.on, self.readable = on, readable
        self.filters["unit"].queryset = units
        if readable is None:
            del self.filters["role"], self.filters["account"]

    def by_words(self, persons: QuerySet[Person], _name: str, text: str) -> QuerySet[Person]:
        return queries.found_persons(persons, text)

    def by_unit(self, persons: QuerySet[Person], _name: str, unit: Unit) -> QuerySet[Person]:
        return queries.serving_in(persons, unit, on=self.on)

    def by_role(self, persons: QuerySet[Person], _name: str, role: str) -> QuerySet[Person]:
        held = RoleHolding.objects.filter(queries.held_on(self.on), role=role)
        return self._readable(persons).filter(user__in=held.values("user"))

    def by_account(self, persons: QuerySet[Person], _name: str, choice: str) -> QuerySet[Person]:
        readable = self._readable(persons)
        if choice == "none":
            return readable.filter(user__isnull=True)
        return readable.filter(user__is_active=choice == "open")

    def _readable(self, persons: QuerySet[Person]) -> QuerySet[Person]:
        assert self.readable is not None
        return persons.filter(pk__in=self.readable.values("pk"))


class HoldingFilter(django_filters.FilterSet):
    """Roles held, by who holds them, which role, where, and whether they are held now."""

    q = django_filters.CharFilter(label=_("Tìm theo họ tên"), method="by_words")
    role = django_filters.ChoiceFilter(
        label=_("Vai trò"), choices=RoleHolding.Role.choices, empty_label=_("Mọi vai trò")
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Tại đơn vị, cả cấp dưới"),
        queryset=Unit.objects.none(),
        empty_label=_("Mọi đơn vị"),
        method="by_unit",
    )
    validity = django_filters.ChoiceFilter(
        label=_("Thời gian"),
        choices=[("over", _("Đã thôi")), ("any", _("Mọi thời gian"))],
        empty_label=_("Đang giữ, sắp giữ"),
        method="by_validity",
    )

    class Meta:
        model = RoleHolding
        fields: list[str] = []

    def __init__(self, *args: Any, on: date, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.filters["unit"].queryset = units

    def filter_queryset(self, queryset: QuerySet[RoleHolding]) -> QuerySet[RoleHolding]:
        held: QuerySet[RoleHolding] = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("validity"):
            return held.exclude(queries.over_on(self.on))
        return held

    def by_words(self, held: QuerySet[RoleHolding], _name: str, text: str) -> QuerySet[RoleHolding]:
        return queries.found_holdings(held, text)

    def by_unit(self, held: QuerySet[RoleHolding], _name: str, unit: Unit) -> QuerySet[RoleHolding]:
        return held.filter(unit__path__startswith=unit.path)

    def by_validity(
        self, held: QuerySet[RoleHolding], _name: str, choice: str
    ) -> QuerySet[RoleHolding]:
        return held.filter(queries.over_on(self.on)) if choice == "over" else held

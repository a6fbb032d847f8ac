"""Persons, and roles held, as lists."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vinhdanh.accounts.models import User
from vinhdanh.common.templatetags.ui import chip
from vinhdanh.people.models import Person, RoleHolding, Unit


def account_chip(user: User | None) -> SafeString:
    """How the account stands."""
    if user is None:
        return chip("muted", gettext("Chưa có"), "person-dash")
    if not user.is_active:
        return chip("wrong", gettext("Đã khóa"), "lock")
    return chip("good", gettext("Đang dùng"), "person-check")


def holding_chip(holding: RoleHolding, on: date) -> SafeString:
    """Whether the role is held on the day."""
    if holding.until_on and holding.until_on < on:
        return chip("muted", gettext("Đã thôi"), "clock-history")
    if holding.from_on and holding.from_on > on:
        return chip("info", gettext("Sắp giữ"), "hourglass")
    return chip("good", gettext("Đang giữ"), "check-circle")


class PersonTable(tables.Table):
    """Persons with `posts`; with `accounts`, how the account stands of those in `readable`."""

    full_name = tables.Column(_("Họ và tên"), order_by="sort_key", linkify=True)
    code = tables.Column(_("Mã cán bộ"), default="")
    posts = tables.Column(_("Đơn vị, chức vụ"), orderable=False, default="")
    account = tables.Column(_("Tài khoản"), accessor="user", empty_values=(), orderable=False)

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()
        row_attrs = {"data-href": lambda record: record.get_absolute_url()}
        order_by = "full_name"

    def __init__(self, persons: QuerySet[Person], *, accounts: bool, **kwargs: Any) -> None:
        self.readable: set[Any] = set()
        super().__init__(persons, **kwargs)
        if not accounts:
            self.columns.hide("account")

    def render_posts(self, value: list[Any]) -> SafeString:
        posts = ((post.title, post.unit.placed_name) for post in value)
        return format_html("<div>{}</div>", format_html_join("", "<div>{}, {}</div>", posts))

    def render_account(self, record: Person) -> SafeString | str:
        return account_chip(record.user) if record.pk in self.readable else ""


class HoldingTable(tables.Table):
    """Roles held, who holds them, where and how long."""

    person = tables.Column(
        _("Người giữ"), accessor="user", order_by=("user__person__sort_key", "user__name")
    )
    role = tables.Column(_("Vai trò"))
    unit = tables.Column(
        _("Tại đơn vị"), order_by=("unit__position", "unit__sort_key"), linkify=True
    )
    time = tables.Column(_("Thời gian"), accessor="from_on", empty_values=())
    standing = tables.Column(_("Tình trạng"), accessor="until_on", empty_values=())

    class Meta:
        model = RoleHolding
        fields: tuple[str, ...] = ()
        order_by = "person"

    def __init__(self, held: QuerySet[RoleHolding], *, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(held, **kwargs)

    def render_person(self, value: User) -> SafeString | str:
        person = getattr(value, "person", None)
        if person is None:
            return str(value)
        return format_html('<a href="{}">{}</a>', person.get_absolute_url(), person)

    def render_role(self, record: RoleHolding) -> str:
        return record.get_role_display()

    def render_unit(self, value: Unit) -> str:
        return value.placed_name

    def render_time(self, record: RoleHolding) -> str:
        return span(record.from_on, record.until_on)

    def render_standing(self, record: RoleHolding) -> SafeString:
        return holding_chip(record, self.on)


def span(first: date | None, last: date | None) -> str:
    """Days in words: "01/03/2025 – 31/12/2026", "từ 01/03/2025", "không thời hạn"."""
    if first and last:
        return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
    if first:
        return gettext("từ %(day)s") % {"day": f"{first:%d/%m/%Y}"}
    if last:
        return gettext("đến %(day)s") % {"day": f"{last:%d/%m/%Y}"}
    return gettext("Không thời hạn")

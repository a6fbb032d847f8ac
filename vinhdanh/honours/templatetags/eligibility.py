"""Small pieces for the pages on eligibility."""

from django import template

from vinhdanh.honours.queries.register import address_of
from vinhdanh.honours.rules import local
from vinhdanh.honours.rules.offices import LocalRule
from vinhdanh.honours.rules.sentences import listed
from vinhdanh.law import store
from vinhdanh.law.book import Delegated

register = template.Library()


@register.filter
def years(several: tuple[int, ...]) -> str:
    """Years in their order, many in a row as "2016–2024"."""
    return listed(several)


@register.filter
def evidence_url(reference: str) -> str:
    """Where the record is shown to which a finding refers; "" for none of the register."""
    return address_of(reference)


@register.filter
def delegated(code: str) -> Delegated:
    """The content of the law data that is left to the City or the office."""
    return store.book().delegated[code]


@register.filter
def as_set(rule: LocalRule) -> str:
    """What the City or the office set, as the screen writes it."""
    return local.shown(rule.value, store.book().delegated[rule.code].kind)


@register.simple_tag
def recipient_urls(kind: str) -> dict[str, str]:
    """The names of the pages about a recipient of this kind; "" where there is none."""
    pages = {
        "person": ("person", "person_eligibility", "person_path"),
        "collective": ("unit", "unit_eligibility", "unit_path"),
        "household": ("household", "household_eligibility", ""),
    }[kind]
    return {
        name: f"honours:{page}" if page else ""
        for name, page in zip(("record", "eligibility", "path"), pages, strict=True)
    }

"""Pieces of the pages about the law."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vinhdanh.common.templatetags.ui import chip
from vinhdanh.honours.queries import law as queries
from vinhdanh.law import changes, store, words

register = template.Library()


@register.simple_tag
def cited(source: str) -> SafeString:
    """A source with each text that it names as a link to the text's page."""
    parts = []
    for part, text in queries.cited(source, store.book()):
        if text is None:
            parts.append((format_html("{}", part),))
            continue
        url = reverse("honours:law_text", args=[queries.slug(text)])
        link = format_html('<a href="{}">{}</a>', url, text.name)
        parts.append((format_html("{}{}", link, part[len(text.name) :]),))
    return format_html_join("; ", "{}", parts)


@register.simple_tag
def grade(of: str) -> SafeString:
    """How certain a piece of law is: only what was read (A) decides."""
    if of == "A":  # the ordinary one, which should not shout
        return format_html("· {}", _("A – đã đọc"))
    return chip("attention", _("%(grade)s – để người xét") % {"grade": of}, "question-circle")


@register.filter
def said(code: str, kind: str) -> str:
    """A code of the law data in its Vietnamese words; `kind` is "recipient", "level", "class"."""
    named = {
        "recipient": words.RECIPIENTS,
        "level": words.LEVELS,
        "class": words.CLASSES,
        "aspect": changes.ASPECTS,
    }[kind][code]
    return named[:1].upper() + named[1:]


@register.filter
def slug(text: queries.LegalText) -> str:
    """The text in an address."""
    return queries.slug(text)


@register.filter
def period(dated: queries.Dated) -> str:
    """The days on which it holds: "từ 01/07/2025 đến 28/02/2027"."""
    return words.period(dated)

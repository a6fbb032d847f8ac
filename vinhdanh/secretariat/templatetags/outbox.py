"""How mailings and deliveries stand, in word, icon and colour."""

from django import template
from django.utils.safestring import SafeString

from vinhdanh.common.clock import day_of
from vinhdanh.common.templatetags.ui import chip
from vinhdanh.notices.models import Delivery
from vinhdanh.secretariat.models import Mailing

register = template.Library()

_MAILINGS = {
    "waiting": ("attention", "hourglass"),
    "released": ("good", "send"),
    "discarded": ("muted", "slash-circle"),
}
_DELIVERIES = {
    "waiting": ("info", "hourglass"),
    "handing": ("info", "hourglass-split"),
    "sent": ("good", "check-circle"),
    "failed": ("wrong", "exclamation-octagon"),
    "unsure": ("attention", "question-circle"),
    "cancelled": ("muted", "slash-circle"),
}


@register.simple_tag
def mailing_chip(mailing: Mailing) -> SafeString:
    """The state of a mailing."""
    tone, icon = _MAILINGS[mailing.state]
    return chip(tone, mailing.get_state_display(), icon)


@register.simple_tag
def delivery_chip(delivery: Delivery) -> SafeString:
    """The state of a delivery."""
    tone, icon = _DELIVERIES[delivery.state]
    return chip(tone, delivery.get_state_display(), icon)


register.filter("local_day", day_of)

"""The wordings of an office, and their versions."""

from django.db.models import QuerySet

from vinhdanh.people.models import Unit
from vinhdanh.secretariat.models import Template, TemplateVersion
from vinhdanh.secretariat.rules.comparing import Pair, compare

PARTS = ("subject", "addressees", "text", "recipients")


def active(office: Unit, kind: str) -> Template | None:
    """The template that the office uses for papers of the kind: the first by name of the active."""
    return Template.objects.filter(office=office, kind=kind, is_active=True).first()


def current(template: Template) -> TemplateVersion:
    """The version that was saved last."""
    return template.versions.select_related("saved_by")[0]


def with_current(templates: QuerySet[Template]) -> list[tuple[Template, TemplateVersion]]:
    """Each template with its last version; two queries."""
    found = list(templates.select_related("office"))
    versions = (
        TemplateVersion.objects.filter(template__in=found)
        .order_by("template_id", "-number")
        .distinct("template_id")
        .select_related("saved_by")
    )
    by_template = {version.template_id: version for version in versions}
    return [(template, by_template[template.pk]) for template in found]


def differences(before: TemplateVersion, after: TemplateVersion) -> dict[str, list[Pair]]:
    """By part of the wording, its lines of both versions beside each other."""
    return {part: compare(getattr(before, part), getattr(after, part)) for part in PARTS}

"""Fields that choose units and days."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from vinhdanh.people import queries
from vinhdanh.people.models import Unit

_STEP = "\u2003"


class _TreeIterator(ModelChoiceIterator):
    """The units as choices in the order of the tree, each set in by how deep it lies."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        units = self.queryset.all()
        for branch, depth in queries.walked(queries.tree(units, within=Unit.objects.none())):
            value, label = self.choice(branch.unit)
            yield value, f"{_STEP * depth}{label}"


class UnitField(forms.ModelChoiceField):
    """One of the units given; a select in the order of the tree."""

    iterator = _TreeIterator

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), **kwargs)


class UnitsField(forms.ModelMultipleChoiceField):
    """Several of the units given."""

    iterator = _TreeIterator

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.SelectMultiple(attrs={"size": 10})
        super().__init__(queryset=Unit.objects.none(), widget=widget, **kwargs)


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

"""Fields that choose units and days, and forms that know what they showed."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext

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


class EditForm(forms.Form):
    """A form that edits something kept: it tells when another has changed that since it was shown.

    Its first values come from `as_seen`; without these it is for something that is to be made.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        seen, now = given.pop("seen", ""), self.initial.get("seen", "")
        if now and seen and seen != now:
            changed = self._changed_since(seen)
            self.add_error(
                None,
                gettext(
                    "Người khác vừa sửa mục này (%(fields)s). Nội dung anh/chị nhập còn nguyên "
                    "dưới đây; nếu vẫn lưu, nội dung đó sẽ thay nội dung của người kia."
                )
                % {"fields": ", ".join(changed)},
            )
            # Whoever has read this and sends again means it.
            again: Any = self.data.copy()
            again["seen"] = now
            self.data = again
        return given

    def _changed_since(self, seen: str) -> list[str]:
        """The labels of the fields whose kept value is not the one shown then."""
        then = seen.split(".")
        marks = self.initial["seen"].split(".")
        names = [name for name in self.initial if name != "seen"]
        if len(then) != len(marks):
            then = [""] * len(marks)
        return [
            str(self.fields[name].label)
            for name, before, after in zip(names, then, marks, strict=True)
            if before != after and name in self.fields
        ]


def as_seen(known: dict[str, Any]) -> dict[str, Any]:
    """The first values of an `EditForm`, with a mark by which a change of each is told."""
    marks = (hashlib.sha256(repr(value).encode()).hexdigest()[:8] for value in known.values())
    return {**known, "seen": ".".join(marks)}

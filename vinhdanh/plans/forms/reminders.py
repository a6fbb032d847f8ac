"""What an office decides about reminders, and what it looks at of them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vinhdanh.accounts.models import User
from vinhdanh.people.models import Unit
from vinhdanh.plans.rules import reminders as rules
from vinhdanh.plans.rules.reminders import Duty, Step, Whom

_BEFORE, _ON_THE_DAY, _AFTER = "before", "on", "after"
_WHEN = [
    (_BEFORE, _("Trước hạn")),
    (_ON_THE_DAY, _("Đúng ngày đến hạn")),
    (_AFTER, _("Sau hạn")),
]
# Rows left blank for further steps.
_BLANK = 2


def _number(label: Any, *, most: int = rules.FURTHEST) -> forms.IntegerField:
    attrs = {"class": "form-control form-control-sm", "inputmode": "numeric"}
    widget = forms.NumberInput(attrs=attrs)
    return forms.IntegerField(
        label=label, min_value=1, max_value=most, required=False, widget=widget
    )


class StepForm(forms.Form):
    """One step of a policy; only what the duty asks for. A row left as it was offered is blank."""

    when = forms.ChoiceField(
        label=_("Mốc"),
        choices=_WHEN,
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
    )
    days = _number(_("Số ngày"))
    every = _number(_("Rồi cứ mỗi (ngày)"))
    weeks = _number(_("Cứ mỗi (tuần)"), most=52)
    to = forms.MultipleChoiceField(
        label=_("Nhắc ai"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, duty: Duty, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duty = duty
        chosen = {
            Duty.CONFIRM: ("days", "every"),
            Duty.UNDATED: ("weeks",),
        }.get(duty, ("when", "days", "every", "to"))
        self.fields = {name: self.fields[name] for name in chosen}
        if "to" in self.fields:
            choices = [(str(whom), gettext(name)) for whom, name in rules.WHOM_NAMES.items()]
            self.fields["to"].choices = choices
        if "when" in self.fields:
            self.fields["when"].initial = _AFTER

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (self.empty_permitted and not self.has_changed()) or self.errors:
            return given
        when = given.get("when", _AFTER)
        if when != _ON_THE_DAY and "days" in self.fields and not given.get("days"):
            self.add_error("days", _("Hãy ghi số ngày."))
        if "weeks" in self.fields and not given.get("weeks"):
            self.add_error("weeks", _("Hãy ghi số tuần."))
        return given

    def step(self) -> Step:
        """The step that was typed."""
        given = self.cleaned_data
        if self.duty == Duty.UNDATED:
            return Step(0, given["weeks"] * 7, frozenset({Whom.OFFICE}))
        signs = {_BEFORE: -1, _ON_THE_DAY: 0, _AFTER: 1}
        to = frozenset(Whom(each) for each in given.get("to", [Whom.OFFICE]))
        days = signs[given.get("when", _AFTER)] * (given["days"] or 0)
        return Step(days, given["every"] or 0, to)


class _Steps(forms.BaseFormSet):
    def steps(self) -> list[Step]:
        """The steps that were typed; blank rows and those marked to go are left out."""
        kept = [form for form in self.initial_forms if form not in self.deleted_forms]
        added = [
            form
            for form in self.extra_forms
            if form.has_changed() and form not in self.deleted_forms
        ]
        return [form.step() for form in [*kept, *added]]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Bỏ")
        form.fields["DELETE"].widget.attrs["class"] = "form-check-input"


def steps_form(duty: Duty, steps: Iterable[Step], posted: Any = None) -> Any:
    """The rows of a policy to edit, and two blank ones."""
    made = forms.formset_factory(
        StepForm,
        formset=_Steps,
        extra=_BLANK,
        can_delete=True,
        max_num=rules.MOST_STEPS + _BLANK,
        absolute_max=rules.MOST_STEPS + _BLANK,
    )
    rows = None if posted else list(_rows(steps))
    return made(posted, initial=rows, prefix="step", form_kwargs={"duty": duty})


def _rows(steps: Iterable[Step]) -> Iterator[dict[str, Any]]:
    for step in steps:
        when = _BEFORE if step.day < 0 else _AFTER if step.day else _ON_THE_DAY
        yield {
            "when": when,
            "days": abs(step.day) or None,
            "every": step.every or None,
            "weeks": step.every // 7,
            "to": [str(whom) for whom in step.to],
        }


class ActiveForm(forms.Form):
    """Whether anybody is reminded of a duty at all."""

    active = forms.BooleanField(
        label=_("Nhắc loại việc này"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )


class PreviewForm(forms.Form):
    """Which reminders of the coming days to show, and in which order."""

    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    person = forms.ChoiceField(label=_("Người được nhắc"), required=False)
    duty = forms.ChoiceField(label=_("Loại việc"), required=False)
    day = forms.DateField(
        label=_("Ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    order = forms.ChoiceField(
        label=_("Xếp theo"),
        required=False,
        choices=[("", _("Ngày")), ("person", _("Người"))],
    )

    def __init__(self, *args: Any, units: list[Unit], persons: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "unit": [("", _("Mọi đơn vị")), *((str(unit.pk), unit.name) for unit in units)],
            "person": [("", _("Mọi người")), *((str(user.pk), str(user)) for user in persons)],
            "duty": [
                ("", _("Mọi loại")),
                *((str(duty), gettext(name)) for duty, name in rules.NAMES.items()),
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered

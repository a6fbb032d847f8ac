"""What the office types when it moves a due date or counts back from one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.calendar import (
    SpecialDays,
    day_off_name,
    is_day_off,
    last_working_day_before,
)
from vinhdanh.common.templatetags.ui import long_day
from vinhdanh.common.vietnamese import fold
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.plans.forms.draft import NO_MATCH
from vinhdanh.plans.models import BackStep
from vinhdanh.plans.rules.back_planning import MOST_STEPS, MOST_WORKING_DAYS


class ExtendForm(forms.Form):
    """Another last day, and why. A day off is asked about once: `instead` is then the last working
    day before it, and `anyway` takes the day off all the same."""

    due_on = forms.DateField(
        label=_("Hạn mới"),
        help_text=_("Ngày cuối cùng còn đúng hạn; có thể muộn hơn hoặc sớm hơn hạn hiện nay."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Lý do gia hạn"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ai xem công việc cũng thấy lý do này, kể cả sau khi việc đã xong."),
    )
    anyway = forms.DateField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, special: SpecialDays, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.special = special
        self.instead: Any = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, special = given.get("due_on"), self.special
        off, working = special.off, special.working
        if day and day != given.get("anyway") and is_day_off(day, off=off, working=working):
            self.instead = last_working_day_before(day, off=off, working=working)
            name = day_off_name(day, off=off, working=working, names=special.names)
            sentence = _("%(day)s là ngày nghỉ: %(name)s.")
            self.add_error("due_on", sentence % {"day": f"{day:%d/%m/%Y}", "name": name})
        return {name: given.get(name) for name in ("due_on", "reason")}

    @property
    def instead_words(self) -> str:
        """The last working day before the day off that was typed, in words."""
        return long_day(self.instead)


def _working_days() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Số ngày làm việc"),
        min_value=0,
        max_value=MOST_WORKING_DAYS,
        widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
    )


class StepForm(forms.Form):
    """A step of a back-plan; whom it is given to may wait until it is confirmed."""

    name = forms.CharField(
        label=_("Việc"), max_length=300, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    working_days = _working_days()
    whom = forms.CharField(
        label=_("Đơn vị hoặc nhóm thực hiện"),
        required=False,
        widget=forms.TextInput(
            attrs={"class": "form-control", "list": "known-units", "autocomplete": "off"}
        ),
    )

    def __init__(self, *args: Any, known: dict[str, Unit | UnitGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_label = {fold(label): thing for label, thing in known.items()}

    def clean_whom(self) -> Unit | UnitGroup | None:
        typed = self.cleaned_data["whom"]
        if not typed:
            return None
        if fold(typed) not in self._by_label:
            raise forms.ValidationError(NO_MATCH)
        return self._by_label[fold(typed)]

    @staticmethod
    def initial_of(step: BackStep, known: dict[str, Unit | UnitGroup]) -> dict[str, Any]:
        """What the form shows of a step."""
        chosen = step.unit_id or step.unit_group_id
        labels = [label for label, thing in known.items() if thing.pk == chosen]
        whom = labels[0] if labels else step.unit or step.unit_group or ""
        return {"name": step.name, "working_days": step.working_days, "whom": str(whom)}


class DaysForm(forms.Form):
    """How many working days a confirmed step takes."""

    working_days = _working_days()


# One empty form stands last, for another step.
StepForms = forms.formset_factory(StepForm, extra=1, max_num=MOST_STEPS, absolute_max=MOST_STEPS)
DaysForms = forms.formset_factory(DaysForm, extra=0, max_num=MOST_STEPS, absolute_max=MOST_STEPS)

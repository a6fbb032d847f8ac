"""What people type while a plan is handed in and its draft is corrected."""

from datetime import UTC, date, datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.vietnamese import fold, squeeze
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.plans.actions import Facts, Row
from vinhdanh.plans.models import Plan, Task, TaskOwner
from vinhdanh.plans.queries.force import timing

NEVER = datetime.min.replace(tzinfo=UTC)
NO_MATCH = _("Không có đơn vị hoặc nhóm nào tên như vậy; hãy chọn trong danh sách gợi ý.")


class UploadForm(forms.Form):
    """A plan document for one of the offices that the user runs: a file, or pasted text."""

    office = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Cơ quan"), error_messages={"required": _("Hãy chọn cơ quan.")}
    )
    file = forms.FileField(
        label=_("Tệp kế hoạch"),
        required=False,
        help_text=_("Tệp Word (.docx), PDF có chữ (không phải bản chụp) hoặc văn bản (.txt)."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt", "class": "form-control"}),
    )
    text = forms.CharField(
        label=_("Hoặc dán nội dung kế hoạch"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Chép cả phần lời và bảng phụ lục từ Word rồi dán vào đây."),
    )

    def __init__(self, *args: Any, offices: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["office"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = offices
        if len(offices) == 1:
            choice.initial = offices[0]
            choice.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "file" in self.errors:
            return given
        file, text = given.get("file"), given.get("text", "").strip()
        if not file and not text:
            self.add_error("file", _("Hãy chọn một tệp, hoặc dán nội dung kế hoạch."))
        if file and text:
            self.add_error("text", _("Chỉ dùng một cách: chọn tệp hoặc dán nội dung."))
        return given


class SeenField(forms.CharField):
    """When what the form shows was last edited as the form was opened; None for never.

    What is no time cleans to the beginning of time: nothing was edited then.
    """

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime | None:
        given = super().clean(value)
        if not given:
            return None
        try:
            return parse_datetime(given) or NEVER
        except ValueError:
            return NEVER


class FactsForm(forms.ModelForm):
    """The head of a draft. `seen` carries when it was last edited as this form was opened."""

    seen = SeenField()

    class Meta:
        model = Plan
        fields = ["title", "number", "issued_on", "year", "first_month", "issuer"]
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "issued_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"first_month": _("1 với năm thường; 8 hoặc 9 với năm học.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.facts_edited_at

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(_("Năm phải từ 2000 đến 2100."))
        return year

    def clean_first_month(self) -> int:
        month: int = self.cleaned_data["first_month"]
        if not 1 <= month <= 12:
            raise forms.ValidationError(_("Tháng phải từ 1 đến 12."))
        return month

    def facts(self) -> Facts:
        return Facts(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class RowForm(forms.Form):
    """A row of the plan. `seen` carries when the row was last edited as this form was opened."""

    seen = SeenField()
    number = forms.CharField(label=_("Số thứ tự"), max_length=20, required=False)
    content = forms.CharField(
        label=_("Nội dung nhiệm vụ"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    group = forms.CharField(label=_("Nhóm nhiệm vụ"), max_length=300, required=False)
    lead = forms.CharField(
        label=_("Chủ trì"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
        help_text=_("Mỗi dòng một tên."),
    )
    support = forms.CharField(
        label=_("Phối hợp"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một tên."),
    )
    product = forms.CharField(label=_("Sản phẩm"), max_length=500, required=False)
    due_text = forms.CharField(
        label=_("Thời gian như kế hoạch ghi"), max_length=300, required=False
    )
    due_kind = forms.ChoiceField(
        label=_("Cách định hạn"),
        required=False,
        choices=[("", _("Chưa rõ")), *Task.Due.choices],
        widget=forms.Select(attrs={"data-shows": ""}),
    )
    due_from = forms.DateField(
        label=_("Từ ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    due_on = forms.DateField(
        label=_("Ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    more_days = forms.CharField(
        label=_("Các ngày khác"),
        required=False,
        help_text=_("Khi một nhiệm vụ có nhiều hạn: viết như 15/12/2026, cách nhau bằng dấu phẩy."),
    )
    every = forms.ChoiceField(
        label=_("Chu kỳ"), required=False, choices=[("", "—"), *Task.Every.choices]
    )
    day = forms.IntegerField(
        label=_("Ngày trong kỳ"),
        required=False,
        min_value=1,
        max_value=31,
        help_text=_("Để trống: ngày cuối kỳ."),
    )
    excludes_day = forms.BooleanField(label=_("Trước ngày đó"), required=False)
    next_period = forms.BooleanField(label=_("Ngày thuộc kỳ sau"), required=False)

    def clean_content(self) -> str:
        return squeeze(self.cleaned_data["content"])

    def clean_lead(self) -> list[str]:
        return self._names("lead")

    def clean_support(self) -> list[str]:
        return self._names("support")

    def clean_more_days(self) -> list[date]:
        reader = forms.DateField(input_formats=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"])
        written = self.cleaned_data["more_days"].replace(";", ",").split(",")
        return [reader.clean(day.strip()) for day in written if day.strip()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("due_kind", "")
        limit = kind in {Task.Due.BEFORE, Task.Due.BY}
        if (limit or kind == Task.Due.PERIOD) and not given.get("due_on"):
            self._ask("due_on", _("Cách định hạn này cần một ngày."))
        if kind == Task.Due.PERIOD:
            if not given.get("due_from"):
                self._ask("due_from", _("Cách định hạn này cần ngày bắt đầu."))
            elif given.get("due_on") and given["due_from"] > given["due_on"]:
                self._ask("due_from", _("Ngày bắt đầu phải trước ngày kết thúc."))
        if kind == Task.Due.RECURRING and not given.get("every"):
            self._ask("every", _("Nhiệm vụ định kỳ cần có chu kỳ."))
        return given | self._without_foreign(kind, limit=limit)

    def row(self) -> Row:
        return Row(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})

    @staticmethod
    def initial_of(task: Task) -> dict[str, Any]:
        """What the form shows of a row; its owners are to be prefetched."""
        names: dict[str, list[str]] = {"lead": [], "support": []}
        for owner in task.owners.all():
            names[owner.part].append(owner.name)
        plain = (
            "number", "content", "group", "product", "due_text", "due_kind", "due_from", "due_on",
            "every", "day", "excludes_day", "next_period",
        )  # fmt: skip
        return {
            **{name: getattr(task, name) for name in plain},
            **{part: "\n".join(listed) for part, listed in names.items()},
            "more_days": ", ".join(f"{day:%d/%m/%Y}" for day in timing(task).more),
            "seen": task.edited_at,
        }

    def _without_foreign(self, kind: str, *, limit: bool) -> dict[str, Any]:
        """Nothing of another way to fix the time stays behind."""
        cleared: dict[str, Any] = {}
        if not limit:
            cleared["more_days"] = []
        if kind != Task.Due.PERIOD:
            cleared["due_from"] = None
        if not limit and kind != Task.Due.PERIOD:
            cleared["due_on"] = None
        if kind != Task.Due.RECURRING:
            cleared |= {"every": "", "day": None, "excludes_day": False, "next_period": False}
        return cleared

    def _ask(self, field: str, sentence: Any) -> None:
        if field not in self.errors:
            self.add_error(field, sentence)

    def _names(self, part: str) -> list[str]:
        names = [squeeze(line) for line in self.cleaned_data[part].splitlines() if line.strip()]
        if any(len(name) > 300 for name in names):
            raise forms.ValidationError(_("Mỗi tên dài tối đa 300 ký tự."))
        return list(dict.fromkeys(names))


class NameForm(forms.Form):
    """Whom a printed name means: one of the likely ones, one typed from the list, or nobody."""

    LEFT_OUT = "left-out"
    OTHER = "other"

    name = forms.CharField(widget=forms.HiddenInput())
    meant = forms.ChoiceField(
        label=_("Tên này là"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": _("Hãy chọn một cách hiểu.")},
    )
    typed = forms.CharField(
        label=_("Tên đơn vị hoặc nhóm"),
        required=False,
        widget=forms.TextInput(attrs={"list": "known-units", "autocomplete": "off"}),
        help_text=_("Gõ vài chữ rồi chọn trong danh sách; chưa có nhóm thì lập nhóm trước."),
    )
    reason = forms.CharField(label=_("Lý do không giao"), required=False, max_length=300)
    row = forms.ModelChoiceField(Task.objects.none(), required=False, widget=forms.HiddenInput())
    only_row = forms.BooleanField(
        label=_("Chỉ áp dụng cho nhiệm vụ này"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        known: list[tuple[str, Unit | UnitGroup]],
        likely: list[Unit | UnitGroup],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._by_label = {fold(label): thing for label, thing in known}
        self._likely = {str(thing.pk): thing for thing in likely}
        choice, row = self.fields["meant"], self.fields["row"]
        assert isinstance(choice, forms.ChoiceField)
        assert isinstance(row, forms.ModelChoiceField)
        choice.choices = [
            *((pk, str(thing)) for pk, thing in self._likely.items()),
            (self.OTHER, _("Đơn vị hoặc nhóm khác")),
            (self.LEFT_OUT, TaskOwner.Match.IGNORED.label),
        ]
        choice.initial = None if self._likely else self.OTHER
        row.queryset = plan.tasks.all()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        meant = given.get("meant")
        thing: Unit | UnitGroup | None = self._likely.get(meant or "")
        if meant == self.OTHER:
            typed = given.get("typed", "")
            thing = self._by_label.get(fold(typed))
            if not typed:
                self.add_error("typed", _("Hãy nhập tên đơn vị hoặc nhóm."))
            elif thing is None:
                self.add_error("typed", NO_MATCH)
        if meant == self.LEFT_OUT and not given.get("reason", "").strip():
            self.add_error("reason", _("Phải ghi lý do không giao trên hệ thống."))
        return given | {
            "unit": thing if isinstance(thing, Unit) else None,
            "group": thing if isinstance(thing, UnitGroup) else None,
            "reason": given.get("reason", "") if meant == self.LEFT_OUT else "",
        }


class PrintedNameForm(forms.Form):
    """A name that the plan prints, to be looked up again."""

    name = forms.CharField()


class AcceptForm(forms.Form):
    """Why what was pointed out may stand."""

    reason = forms.CharField(
        label=_("Lý do chấp nhận"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Phải ghi lý do chấp nhận.")},
    )


class PlanFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Tìm theo tên, số"), method="find")
    year = django_filters.NumberFilter(label=_("Năm"))
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=Plan.State.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = Plan
        fields = ["q", "year", "state"]

    def find(self, plans: QuerySet[Plan], _name: str, words: str) -> QuerySet[Plan]:
        return plans.filter(folded__contains=fold(words))

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vinhdanh.people.forms.fields import EditForm, UnitField, UnitsField, as_seen, day_field
from vinhdanh.people.models import Position, RoleHolding, Unit, UnitGroup

# Chosen for what ends with its unit.
_END = "end"


class UnitForm(EditForm):
    """What a unit is called, what it is, and since when."""

    name = forms.CharField(label=_("Tên đầy đủ"), max_length=200)
    short_name = forms.CharField(
        label=_("Tên viết tắt"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: P. TCPC, VP Sở"),
    )
    other_names = forms.CharField(
        label=_("Tên khác"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Tên cũ, cách gọi khác; mỗi dòng một tên. Dùng để nhận ra đơn vị khi đọc kế hoạch."
        ),
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=Unit.Kind.choices)
    valid_from = day_field(_("Có từ ngày"), help_text=_("Để trống nếu không rõ."))
    valid_until = day_field(_("Đến hết ngày"), help_text=_("Để trống nếu đơn vị đang hoạt động."))
    position = forms.IntegerField(
        label=_("Thứ tự"),
        min_value=0,
        max_value=100_000,
        initial=0,
        help_text=_("Số nhỏ đứng trước trong danh sách cùng cấp."),
    )

    def __init__(self, *args: Any, kinds: Collection[str], **kwargs: Any) -> None:
        """`kinds` are those the user may give; the one that the unit has stays besides."""
        super().__init__(*args, **kwargs)
        allowed = {*kinds, self.initial.get("kind")}
        self.fields["kind"].choices = [
            choice for choice in Unit.Kind.choices if choice[0] in allowed
        ]

    @classmethod
    def of(cls, unit: Unit) -> dict[str, Any]:
        """What stands in the form of a unit to begin with."""
        fields = ("name", "short_name", "kind", "valid_from", "valid_until", "position")
        known = {field: getattr(unit, field) for field in fields}
        known["other_names"] = "\n".join(str(name) for name in unit.other_names.all())
        return as_seen(known)

    def clean_other_names(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["other_names"].splitlines()]
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError(gettext("Mỗi tên không quá 200 ký tự."))
        return [name for name in names if name]


class NewUnitForm(UnitForm):
    """A unit to be made below one of `parents`; without one only where `tops` are allowed."""

    parent = UnitField(label=_("Thuộc đơn vị"), empty_label=_("Chọn đơn vị cấp trên"))
    outside = forms.BooleanField(
        label=_("Đơn vị ngoài cơ quan"),
        required=False,
        help_text=_("Thành phố, bộ, ngành, cơ quan khác: chỉ để nhắc tên, không làm việc ở đây."),
    )
    field_order = ["parent", "name", "short_name", "other_names", "kind", "outside"]

    def __init__(
        self, *args: Any, parents: QuerySet[Unit], tops: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents
        if tops:
            self.fields["parent"].required = False
            self.fields["parent"].help_text = _("Để trống nếu là đơn vị ngoài cơ quan.")
            self.fields["parent"].empty_label = _("Không thuộc đơn vị nào")
        else:
            del self.fields["outside"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("parent") and "parent" not in self.errors and not given.get("outside"):
            self.add_error(
                "parent", gettext("Xin chọn đơn vị cấp trên, hoặc đánh dấu ngoài cơ quan.")
            )
        return given


class MoveForm(forms.Form):
    parent = UnitField(label=_("Chuyển về thuộc"), empty_label=_("Chọn đơn vị cấp trên"))

    def __init__(self, *args: Any, parents: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents


class EndForm(forms.Form):
    """The last day of a unit, and which units go on for it."""

    ending = forms.ChoiceField(label=_("Lý do"), choices=Unit.Ending.choices)
    last_day = day_field(_("Ngày cuối cùng"), required=True)
    successors = UnitsField(
        label=_("Đơn vị kế thừa"),
        required=False,
        help_text=_(
            "Chia, tách: chọn từ hai đơn vị (giữ Ctrl để chọn nhiều). Sáp nhập, đổi tên: chọn một. "
            "Giải thể: không chọn. Nếu là đơn vị mới thì lập đơn vị đó trước."
        ),
    )
    carry_over = forms.BooleanField(
        label=_("Chuyển người và vai trò sang đơn vị kế thừa từ ngày hôm sau"),
        required=False,
        help_text=_("Khi chia, tách: chọn nơi đến của từng người ở trang tiếp theo."),
    )

    def __init__(self, *args: Any, successors: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successors"].queryset = successors

    def clean_carry_over(self) -> bool:
        """Of several successors the next page asks for each person."""
        return bool(self.cleaned_data["carry_over"]) and (
            len(self.cleaned_data.get("successors", ())) < 2
        )


class HandOverForm(forms.Form):
    """Where each position and role that outlasts an ended unit goes on: one of its successors, or
    nowhere; what is left open waits."""

    rest = forms.ChoiceField(
        label=_("Các dòng chưa chọn"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
    )

    def __init__(
        self,
        *args: Any,
        unit: Unit,
        held: Sequence[Position | RoleHolding],
        successors: Mapping[Any, Sequence[Unit]],
        **kwargs: Any,
    ) -> None:
        """`successors` are, by the pk of each of `held`, those where the user may give it."""
        super().__init__(*args, **kwargs)
        self.held = {f"held-{one.pk}": one for one in held}
        self._units = {str(one.pk): one for units in successors.values() for one in units}
        for name, one in self.held.items():
            choices = [("", gettext("Chưa chọn"))]
            choices += [(str(place.pk), place.name) for place in successors[one.pk]]
            if one.from_on is None or unit.valid_until is None or one.from_on <= unit.valid_until:
                choices.append((_END, gettext("Thôi giữ khi đơn vị kết thúc")))
            post = one.get_role_display() if isinstance(one, RoleHolding) else one.title
            label = gettext("Nơi đến của %(name)s: %(post)s") % {"name": _holder(one), "post": post}
            self.fields[name] = forms.ChoiceField(
                label=label,
                required=False,
                choices=choices,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )
        self.fields["rest"].choices = [
            ("", gettext("Để sau")),
            *((key, place.name) for key, place in self._units.items()),
            (_END, gettext("Thôi giữ khi đơn vị kết thúc")),
        ]

    @property
    def rows(self) -> list[tuple[Position | RoleHolding, str, forms.BoundField]]:
        """Each position or role, the name of who holds it, and the field that asks where to."""
        return [(one, _holder(one), self[name]) for name, one in self.held.items()]

    def clean(self) -> dict[str, Any]:
        """`places` is what was chosen: a successor, or None where it ends with the unit."""
        given = super().clean() or {}
        rest = given.get("rest", "")
        places: dict[Position | RoleHolding, Unit | None] = {}
        for name, one in self.held.items():
            open_to = {key for key, _label in self.fields[name].choices}
            chosen = given.get(name) or (rest if rest in open_to else "")
            if chosen:
                places[one] = self._units.get(chosen)
        if not places and not self.errors:
            raise forms.ValidationError(gettext("Xin chọn nơi đến của ít nhất một người."))
        return {"places": places}


def _holder(held: Position | RoleHolding) -> str:
    return str(held.user) if isinstance(held, RoleHolding) else held.person.full_name


class GroupForm(EditForm):
    """What a group is called, and which units it means."""

    office = UnitField(label=_("Của cơ quan"), empty_label=_("Chọn cơ quan"))
    name = forms.CharField(
        label=_("Tên nhóm"), max_length=200, help_text=_("Ví dụ: Các phòng, đơn vị thuộc Sở")
    )
    other_names = forms.CharField(
        label=_("Cách gọi khác"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một cách."),
    )
    anchor = UnitField(
        label=_("Các đơn vị thuộc"), required=False, empty_label=_("Không chọn theo cấp trên")
    )
    kinds = forms.MultipleChoiceField(
        label=_("Gồm các loại"),
        required=False,
        choices=Unit.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    whole_subtree = forms.BooleanField(label=_("Gồm cả cấp dưới nữa"), required=False)
    members = UnitsField(
        label=_("Và các đơn vị"),
        required=False,
        help_text=_("Giữ Ctrl để chọn nhiều đơn vị."),
    )

    def __init__(
        self,
        *args: Any,
        offices: QuerySet[Unit],
        units: QuerySet[Unit],
        group: UnitGroup | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anchor"].queryset = units
        self.fields["members"].queryset = units
        if group is None:
            self.fields["office"].queryset = offices
        else:
            del self.fields["office"]

    @classmethod
    def of(cls, group: UnitGroup) -> dict[str, Any]:
        """What stands in the form of a group to begin with."""
        fields = ("name", "other_names", "anchor", "kinds", "whole_subtree")
        known = {field: getattr(group, field) for field in fields}
        return as_seen({**known, "members": list(group.members.all())})

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vinhdanh.people.access import Role
from vinhdanh.people.forms.fields import EditForm, UnitField, as_seen, day_field
from vinhdanh.people.models import Person, Position, Unit


class PersonForm(EditForm):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    code = forms.CharField(label=_("Mã cán bộ"), max_length=40, required=False)
    born_on = day_field(_("Ngày sinh"))
    sex = forms.ChoiceField(
        label=_("Giới tính"), choices=[("", _("Chưa ghi")), *Person.Sex.choices], required=False
    )
    retires_on = day_field(_("Nghỉ hưu từ ngày"), help_text=_("Ghi khi đã có thông báo nghỉ hưu."))
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)

    @classmethod
    def of(cls, person: Person) -> dict[str, Any]:
        """What stands in the form of a person to begin with."""
        fields = [field for field in cls.base_fields if field != "seen"]
        return as_seen({field: getattr(person, field) for field in fields})


class PositionForm(EditForm):
    """Where a person serves, under which title, how long; in one of `units`."""

    unit = UnitField(label=pgettext_lazy("one", "Đơn vị"), empty_label=_("Chọn đơn vị"))
    title = forms.CharField(label=_("Chức vụ, chức danh"), max_length=150)
    is_head = forms.BooleanField(label=_("Là người đứng đầu đơn vị"), required=False)
    from_on = day_field(_("Từ ngày"), help_text=_("Để trống nếu không rõ."))
    until_on = day_field(_("Đến hết ngày"), help_text=_("Để trống nếu đang giữ."))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    @classmethod
    def of_position(cls, position: Position) -> dict[str, Any]:
        """What stands in the form of a position to begin with."""
        fields = [field for field in cls.base_fields if field != "seen"]
        return as_seen({field: getattr(position, field) for field in fields})


class NewPersonForm(PositionForm, PersonForm):
    """A person and the position with which they are entered."""

    field_order = [*PersonForm.base_fields, *PositionForm.base_fields]


class EndPositionForm(forms.Form):
    last_day = day_field(_("Ngày cuối cùng giữ chức vụ"), required=True)


class AccountForm(forms.Form):
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=100,
        help_text=_("Chữ thường không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Thư điện tử đăng nhập"),
        required=False,
        help_text=_("Dùng để đăng nhập và đặt lại mật khẩu."),
    )


class RoleForm(forms.Form):
    """A role to be held at one of `units`."""

    role = forms.ChoiceField(label=pgettext_lazy("one", "Vai trò"))
    unit = UnitField(
        label=_("Tại đơn vị"),
        empty_label=_("Chọn đơn vị"),
        help_text=_("Vai trò bao trùm đơn vị này và mọi đơn vị cấp dưới."),
    )
    from_on = day_field(_("Từ ngày"), help_text=_("Để trống là có hiệu lực ngay."))
    until_on = day_field(_("Đến hết ngày"), help_text=_("Để trống là không thời hạn."))

    def __init__(self, *args: Any, roles: list[Role], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [
            ("", _("Chọn vai trò")),
            *((r.value, r.label) for r in roles),
        ]
        self.fields["unit"].queryset = units

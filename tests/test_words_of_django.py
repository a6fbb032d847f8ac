"""What Django says by itself is said as the office says it."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from vinhdanh.people.forms import UnitForm


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        (forms.CharField(), "", "Xin nhập hoặc chọn mục này."),
        (forms.CharField(), "a\x00", "Có ký tự không đọc được; xin gõ lại."),
        (forms.CharField(max_length=1), "abc", "Chỉ được tối đa 1 ký tự (đang có 3)."),
        (forms.IntegerField(), "x", "Xin nhập một số nguyên."),
        (forms.IntegerField(max_value=3), "4", "Xin nhập số không quá 3."),
        (
            forms.DateField(),
            "31/02/2026",
            "Ngày chưa đúng; xin nhập một ngày có thật, ví dụ 28/02/2026.",
        ),
        (forms.EmailField(), "x", "Địa chỉ thư điện tử chưa đúng; ví dụ: ten@coquan.gov.vn."),
        (
            forms.ChoiceField(choices=[("a", "A")]),
            "x",
            "“x” không có trong danh sách; xin chọn lại.",
        ),
        (
            forms.FileField(),
            SimpleUploadedFile("a", b""),
            "Tệp không có nội dung; xin chọn tệp khác.",
        ),
    ],
)
def test_a_field_says_what_is_wrong_in_good_vietnamese(field, given, said):
    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(given)

    assert [message.strip() for message in refusal.value.messages] == [said]


def test_no_english_is_left_in_what_a_form_of_the_house_says():
    form = UnitForm({"name": "x" * 300, "kind": "?", "position": "-1"}, kinds=[])

    assert "valid" not in str(form.errors)

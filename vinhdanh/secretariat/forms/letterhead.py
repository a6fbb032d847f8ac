"""What people type about the head, the foot and the signers of papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vinhdanh.secretariat.actions.letterhead import Head, Signing
from vinhdanh.secretariat.models import Letterhead, Signer


class LetterheadForm(forms.ModelForm):
    class Meta:
        model = Letterhead
        fields = [
            "upper_name",
            "issuer_name",
            "place",
            "code",
            "drafting_code",
            "drafter_mark",
            "recipients",
            "address",
            "phone",
            "fax",
            "email",
            "website",
        ]
        widgets = {"recipients": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "upper_name": _("Dòng trên, ví dụ: Ủy ban nhân dân tỉnh An Bình; có thể để trống."),
            "issuer_name": _("Dòng dưới, in đậm, ví dụ: Sở Văn hóa và Thể thao."),
            "place": _("Đứng trước ngày tháng, ví dụ: An Bình."),
            "code": _("Ví dụ: SVHTT, để có “05/KH-SVHTT”."),
            "drafting_code": _("Chỉ dùng cho công văn, ví dụ: VP, để có “12/SVHTT-VP”."),
            "drafter_mark": _("Đứng cuối nơi nhận, ví dụ: TĐKT; có thể để trống."),
            "recipients": _("Mỗi dòng một nơi; dự thảo nào không ghi nơi nhận thì lấy ở đây."),
            "address": _(
                "Các ô từ đây xuống in ở cuối trang đầu, dưới đường kẻ ngang; để trống ô nào thì "
                "không in ô ấy."
            ),
        }

    def head(self) -> Head:
        return Head(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class SignerForm(forms.ModelForm):
    class Meta:
        model = Signer
        fields = ["name", "capacity", "principal", "title", "position", "is_active"]
        help_texts = {
            "name": _("Không ghi học hàm, học vị."),
            "principal": _("Ví dụ: Giám đốc (khi ký thay), Hội đồng (khi thay mặt)."),
            "title": _("Chức vụ của người ký, ví dụ: Phó Giám đốc."),
            "position": _("Người có thứ tự nhỏ nhất được chọn sẵn trong dự thảo."),
        }

    def signing(self) -> Signing:
        return Signing(**{name: self.cleaned_data[name] for name in self.Meta.fields})

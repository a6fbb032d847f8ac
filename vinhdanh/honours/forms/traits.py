from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from vinhdanh.honours.rules.traits import Trait


class TraitForm(forms.Form):
    """One of the traits that are still open for the collective, and where it is known from."""

    word = forms.ChoiceField(label=gettext_lazy("Thuộc tính"), widget=forms.RadioSelect)
    source = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=300,
        help_text=gettext_lazy("Văn bản, quyết định cho biết thuộc tính: số hiệu, ngày, cơ quan."),
    )

    def __init__(self, *args: Any, traits: Iterable[Trait], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].choices = [(trait.word, trait.text) for trait in traits]


class TraitWithdrawalForm(forms.Form):
    because = forms.CharField(label=gettext_lazy("Lý do gỡ"), max_length=300)

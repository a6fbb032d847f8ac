"""Forms of an import: the file, the columns, one line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vinhdanh.honours.models import HistoryImport
from vinhdanh.honours.rules import import_columns, import_words
from vinhdanh.people.models import Unit
from vinhdanh.people.rules.spreadsheet import MOST_BYTES

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "kind": import_words.CLASSES,
    "reach": import_words.REACHES,
    "level": import_words.LEVELS,
    "form": import_words.FORMS,
}


class HandInForm(forms.Form):
    """A list of past facts for the register of one of `offices`."""

    kind = forms.ChoiceField(
        label=_("Danh sách ghi"),
        choices=HistoryImport.Kind.choices,
        widget=forms.RadioSelect,
        initial=HistoryImport.Kind.CONFERRALS,
    )
    office = forms.ModelChoiceField(
        label=_("Vào sổ của"), queryset=Unit.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label=_("Tệp"),
        help_text=_(
            "Bảng tính .xlsx, .csv đến 50.000 dòng; hoặc quyết định kèm danh sách: .docx, PDF có "
            "chữ. Tối đa 10 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.docx,.pdf"}),
    )

    def __init__(self, *args: Any, offices: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        if len(offices) == 1:
            self.fields["office"].initial = offices[0].pk
            self.fields["office"].widget = forms.HiddenInput()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                gettext("Tệp lớn quá 10 MB; hãy chia danh sách thành nhiều tệp.")
            )
        return file


class ColumnsForm(forms.Form):
    """Which column means what, and what holds for every line that does not say it itself."""

    def __init__(
        self, *args: Any, history_import: HistoryImport, awards: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kind, headings = history_import.kind, history_import.headings
        places = [("", gettext("— không có —"))] + [
            (str(place), f"{_letter(place)} · {heading}" if heading else _letter(place))
            for place, heading in enumerate(headings)
        ]
        columns = list(import_columns.COLUMNS[kind])
        self.columns = [column.code for column in columns]
        by_year = [code for code in history_import.mapping if _is_level(code)]
        for column in columns:
            chosen = history_import.mapping.get(column.code)
            self.fields[f"column-{column.code}"] = forms.ChoiceField(
                label=gettext(column.headings[0]),
                choices=places,
                required=False,
                initial="" if chosen is None else str(chosen),
                help_text=gettext(column.note) if column.note else "",
            )
        for code in sorted(by_year):
            self.columns.append(code)
            self.fields[f"column-{code}"] = forms.ChoiceField(
                label=gettext("Xếp loại năm %(year)s") % {"year": _year_of(code)},
                choices=places,
                required=False,
                initial=str(history_import.mapping[code]),
            )
        for code in import_columns.COMMON[kind]:
            self.fields[f"common-{code}"] = _field(
                kind, code, history_import.common.get(code, ""), awards
            )

    @property
    def column_fields(self) -> Iterator[forms.BoundField]:
        return (field for field in self if field.name.startswith("column-"))

    @property
    def common_fields(self) -> Iterator[forms.BoundField]:
        return (field for field in self if field.name.startswith("common-"))

    @property
    def mapping(self) -> dict[str, int]:
        given = ((code, self.cleaned_data[f"column-{code}"]) for code in self.columns)
        return {code: int(place) for code, place in given if place}

    @property
    def common(self) -> dict[str, str]:
        return {
            name.removeprefix("common-"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("common-") and text
        }


class LineForm(forms.Form):
    """What one line says, to be corrected; by code of column."""

    def __init__(
        self,
        *args: Any,
        history_import: HistoryImport,
        cells: Mapping[str, str],
        awards: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kind = history_import.kind
        levels = sorted(filter(_is_level, history_import.mapping))
        for code in [*(column.code for column in import_columns.COLUMNS[kind]), *levels]:
            self.fields[code] = _field(kind, code, cells.get(code, ""), awards)


def _field(kind: str, code: str, text: str, awards: Mapping[str, str]) -> forms.Field:
    """A field for what a cell says: a choice where the words are known and understood."""
    label = (
        gettext("Xếp loại năm %(year)s") % {"year": _year_of(code)}
        if _is_level(code)
        else gettext(import_columns.heading_of(kind, code))
    )
    choices: Sequence[tuple[str, str]] = ()
    initial = text
    if code == "award":
        choices = list(awards.items())
        same = [one for one, name in awards.items() if text in {one, name}]
        initial = same[0] if len(same) == 1 else text
    elif code == "sort":
        choices = [
            ("person", gettext("cá nhân")),
            ("collective", gettext("tập thể")),
            ("household", gettext("hộ gia đình")),
        ]
        initial = import_words.meaning(text, import_words.SORTS) or text
    elif table := _CHOICES.get("level" if _is_level(code) else code):
        choices = [(one, gettext(import_words.SHOWN[one])) for one in dict.fromkeys(table.values())]
        initial = import_words.meaning(text, table) or text
    if not choices:
        return forms.CharField(label=label, required=False, initial=text, max_length=1_000)
    known = [("", gettext("— để trống —")), *choices]
    if initial and initial not in dict(known):
        known.insert(1, (initial, gettext("Như trong danh sách: %(text)s") % {"text": initial}))
    return forms.ChoiceField(label=label, required=False, initial=initial, choices=known)


def _is_level(code: str) -> bool:
    return code.startswith(import_columns.LEVEL_OF)


def _year_of(code: str) -> str:
    return code.removeprefix(import_columns.LEVEL_OF)


def _letter(place: int) -> str:
    """A column as spreadsheets call it: A … Z, AA …"""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

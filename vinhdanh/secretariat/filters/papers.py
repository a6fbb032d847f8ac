"""Choosing which papers a list shows; kept in the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.vietnamese import fold
from vinhdanh.secretariat.models import Paper
from vinhdanh.secretariat.queries.papers import kind_choices


class PaperFilter(django_filters.FilterSet):
    """Papers by words of subject or number, kind, state and year."""

    q = django_filters.CharFilter(label=_("Trích yếu hoặc số"), method="by_words")
    kind = django_filters.ChoiceFilter(
        label=_("Loại văn bản"), choices=kind_choices, empty_label=_("Mọi loại")
    )
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=Paper.State.choices, empty_label=_("Mọi trạng thái")
    )
    year = django_filters.ChoiceFilter(label=_("Năm"), empty_label=_("Mọi năm"))

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]

    def by_words(self, papers: QuerySet[Paper], _name: str, text: str) -> QuerySet[Paper]:
        for word in fold(text).split():
            papers = papers.filter(folded__contains=word)
        return papers

"""Declaring what only the office knows of a collective (thuộc tính), where conditions ask."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused, given
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.honours import access
from vinhdanh.honours.models import UnitTrait
from vinhdanh.honours.queries.traits import declared_of
from vinhdanh.honours.rules.traits import traits
from vinhdanh.journal import actions as journal
from vinhdanh.law.book import Book
from vinhdanh.people.models import Unit


@transaction.atomic
def declare(unit: Unit, word: str, *, source: str, book: Book, by: User, on: date) -> UnitTrait:
    """Declare that the collective is of a sort that conditions of the law book ask.

    Raises Refused to whoever does not keep the register of its office, for a word that no condition
    asks of collectives, without a source, and where it is declared already.
    """
    _check_keeper(unit, by=by, on=on)
    trait = traits(book).get(word)
    if trait is None:
        raise Refused(_("Luật không hỏi thuộc tính này của tập thể; xin chọn trong danh sách."))
    source = given(squeeze(source), _("Xin ghi căn cứ: văn bản, quyết định cho biết thuộc tính."))
    Unit.objects.select_for_update().get(pk=unit.pk)  # so that it is declared once
    if any(each.trait.trait == word for each in declared_of(unit, book=book)):
        raise Refused(
            _("Đã khai “%(trait)s” với tập thể này; khai sai thì gỡ đi rồi khai lại.")
            % {"trait": trait.text}
        )
    made = UnitTrait.objects.create(unit=unit, trait=word, source=source)
    detail = {"trait": trait.text, "source": source}
    journal.record("unit trait declared", unit, by=by, detail=detail)
    return made


@transaction.atomic
def withdraw(trait: UnitTrait, *, because: str, book: Book, by: User, on: date) -> None:
    """Take back what was declared; the journal keeps what it said.

    Raises Refused to whoever does not keep the register of the unit's office, without a reason, and
    when it is taken back already.
    """
    _check_keeper(trait.unit, by=by, on=on)
    because = given(squeeze(because), _("Xin ghi lý do gỡ."))
    found = UnitTrait.objects.select_for_update().filter(pk=trait.pk).first()
    if found is None:
        raise Refused(_("Thuộc tính này đã được gỡ."))
    known = traits(book).get(found.trait)
    detail = {
        "trait": known.text if known else found.trait,
        "source": found.source,
        "reason": because,
    }
    found.delete()
    journal.record("unit trait withdrawn", trait.unit, by=by, detail=detail)


def _check_keeper(unit: Unit, *, by: User, on: date) -> None:
    if not access.declares_of(by, unit, on=on):
        raise Refused(_("Chỉ người giữ sổ khen thưởng của cơ quan mới khai thuộc tính tập thể."))

"""The wordings of an office: versions, comparisons, restoring, what is refused."""

import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.journal.models import Line
from vinhdanh.people.tests.make import a_unit
from vinhdanh.secretariat.actions import templates
from vinhdanh.secretariat.actions.templates import Words
from vinhdanh.secretariat.models import Template, TemplateVersion
from vinhdanh.secretariat.queries import templates as queries
from vinhdanh.secretariat.rules import wording
from vinhdanh.secretariat.rules.comparing import Pair, compare
from vinhdanh.secretariat.tests.make import AT, an_office, an_officer

pytestmark = pytest.mark.django_db

ORDINARY = Words("Về việc {về việc}", "Kính báo: {nội dung}", "", "Lưu: VT.")


def a_template(office, by, **fields):
    """A notice of the office with the ordinary words."""
    given = {"name": "Thông báo riêng", "words": ORDINARY} | fields
    return templates.add(office, "notice", **given, by=by, at=AT)


def test_starting_copies_the_built_in_wordings_once():
    office = an_office()
    by = an_officer(office)

    copied = [templates.start(office, by=by, at=AT) for _each in range(2)]

    assert copied == [len(wording.BUILT_IN), 0]
    assert set(Template.objects.values_list("kind", flat=True)) == set(wording.BUILT_IN)
    for template, version in queries.with_current(Template.objects.all()):
        built_in = wording.BUILT_IN[template.kind]
        assert (version.number, version.subject, version.text) == (
            1,
            built_in.subject,
            built_in.text,
        )


def test_starting_leaves_what_the_office_has():
    office = an_office()
    by = an_officer(office)
    own = a_template(office, by)

    assert templates.start(office, by=by, at=AT) == len(wording.BUILT_IN) - 1
    assert list(Template.objects.filter(kind="notice")) == [own]


def test_the_built_in_wordings_pass_their_own_check():
    for built_in in wording.BUILT_IN.values():
        words = Words(built_in.subject, built_in.text, built_in.addressees, built_in.recipients)
        assert templates.checked(built_in.kind, words) == words


def test_saving_makes_the_next_version_and_keeps_the_one_before():
    office = an_office()
    by = an_officer(office)
    template = a_template(office, by)
    words = Words("Về việc {về việc}", "Trân trọng thông báo: {nội dung}")

    version = templates.save(template, words, note=" Lời mở đầu ", seen=1, by=by, at=AT)

    kept = {each.number: each.text for each in TemplateVersion.objects.all()}
    assert kept == {1: ORDINARY.text, 2: words.text}
    assert (queries.current(template), version.note) == (version, "Lời mở đầu")
    line = Line.objects.get(deed="template saved")
    assert line.detail == {"version": 2, "note": "Lời mở đầu"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (Words("", "A"), "trích yếu"),
        (Words("A", " "), "nội dung"),
        (Words("A", "Gửi {đơn vị lạ} và {cơ quan}"), r"không có trường \{đơn vị lạ\};"),
        (Words("A", "{bảng tiến độ}"), r"\{bảng tiến độ\}"),
        (Words("A", "Gửi {nội dung"), "chưa khép đúng"),
        (Words("A", "Gửi nội dung}"), "chưa khép đúng"),
        (ORDINARY, "không khác"),
    ],
)
def test_words_that_cannot_be_used_are_refused(words, sentence):
    office = an_office()
    by = an_officer(office)
    template = a_template(office, by)

    with pytest.raises(Refused, match=sentence):
        templates.save(template, words, note="", seen=1, by=by, at=AT)

    assert TemplateVersion.objects.count() == 1


def test_the_second_of_two_editors_is_told():
    office = an_office()
    by = an_officer(office)
    template = a_template(office, by)
    templates.save(template, Words("A", "Của người thứ nhất"), note="", seen=1, by=by, at=AT)

    with pytest.raises(Refused, match="đã lưu phiên bản 2"):
        templates.save(template, Words("A", "Của tôi"), note="", seen=1, by=by, at=AT)

    assert queries.current(template).text == "Của người thứ nhất"


def test_an_older_version_is_used_again_as_a_new_one():
    office = an_office()
    by = an_officer(office)
    template = a_template(office, by)
    templates.save(template, Words("A", "Khác"), note="", seen=1, by=by, at=AT)

    restored = templates.restore(template.versions.get(number=1), by=by, at=AT)
    with pytest.raises(Refused, match="giống phiên bản đang dùng"):
        templates.restore(template.versions.get(number=1), by=by, at=AT)

    assert (restored.number, templates.words_of(restored)) == (3, ORDINARY)
    assert restored.note == "Khôi phục phiên bản 1"


def test_a_name_is_used_once_in_an_office():
    office = an_office()
    by = an_officer(office)
    a_template(office, by)

    with pytest.raises(Refused, match="đã có mẫu tên"):
        a_template(office, by)
    with pytest.raises(Refused, match="tên mẫu"):
        a_template(office, by, name=" ")
    other = an_office()
    a_template(other, an_officer(other))


def test_a_template_that_is_switched_off_is_not_used():
    office = an_office()
    by = an_officer(office)
    template = a_template(office, by)

    templates.switch(template, is_active=False, by=by, at=AT)
    templates.switch(template, is_active=False, by=by, at=AT)
    off = queries.active(office, "notice")
    templates.switch(template, is_active=True, by=by, at=AT)

    assert (off, queries.active(office, "notice")) == (None, template)
    assert Line.objects.filter(deed="template switched").count() == 2


def test_only_the_office_touches_its_templates():
    office = an_office()
    by = an_officer(office)
    template, stranger = a_template(office, by), an_officer(a_unit())

    for deed in (
        lambda: templates.start(office, by=stranger, at=AT),
        lambda: a_template(office, stranger, name="Khác"),
        lambda: templates.save(template, Words("A", "B"), note="", seen=1, by=stranger, at=AT),
        lambda: templates.restore(template.versions.get(), by=stranger, at=AT),
        lambda: templates.switch(template, is_active=False, by=stranger, at=AT),
    ):
        with pytest.raises(Refused, match="Chỉ Văn phòng"):
            deed()


def test_comparing_marks_words_lines_that_went_and_lines_that_came():
    assert compare("Một\nHai ba\nBốn", "Một\nHai năm\nBốn\nSáu") == [
        Pair((("Một", False),), (("Một", False),)),
        Pair((("Hai ", False), ("ba", True)), (("Hai ", False), ("năm", True)), "changed"),
        Pair((("Bốn", False),), (("Bốn", False),)),
        Pair((), (("Sáu", True),), "added"),
    ]
    assert compare("A\nB", "A") == [
        Pair((("A", False),), (("A", False),)),
        Pair((("B", True),), (), "removed"),
    ]
    assert compare("", "") == []

import pytest

from vinhdanh.people.rules.names import Directory, Found, Name

OWN = ["Sở Văn hóa và Thể thao", "Sở VHTT"]
NAMES = [
    Name("so", "Sở Văn hóa và Thể thao", full=True),
    Name("so", "Sở", full=False),
    Name("vp", "Văn phòng", full=True, rank=2),
    Name("vp-ttvh", "Văn phòng", full=True, rank=3),
    Name("tcpc", "Phòng Tổ chức - Pháp chế", full=True, rank=2),
    Name("hd", "Hội đồng Thi đua - Khen thưởng Sở", full=True, rank=2),
    Name("ttvh", "Trung tâm Văn hóa Thành phố", full=True, rank=2),
    Name("ttvh", "TTVH", full=False, rank=2),
    Name("bt1", "Bảo tàng Phía Đông", full=True, rank=2),
    Name("bt2", "Bảo tàng Phía Nam", full=True, rank=2),
    Name("bt1", "Bảo tàng", full=False, rank=2),
    Name("bt2", "Bảo tàng", full=False, rank=2),
    Name("hp", "Sở Văn hóa và Thể thao Hải Phòng", full=True, rank=100),
    Name("bo", "Bộ Văn hóa, Thể thao và Du lịch", full=True, rank=100),
    Name("tat-ca", "Các phòng, đơn vị thuộc Sở", full=True),
    Name("khoi", "Các khối thi đua thuộc Sở", full=True),
]


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(NAMES, OWN)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Văn phòng Sở", "vp"),
        ("văn phòng", "vp"),
        ("Văn phòng Sở;", "vp"),
        ("Phòng Tổ chức Pháp chế", "tcpc"),
        ("Phòng Tổ chức – Pháp chế Sở", "tcpc"),
        ("PHÒNG TỔ CHỨC - PHÁP CHẾ", "tcpc"),
        ("Hội đồng Thi đua, Khen thưởng", "hd"),
        ("Các phòng, đơn vị thuộc Sở", "tat-ca"),
        ("- Các phòng, đơn vị trực thuộc Sở.", "tat-ca"),
        ("Sở Văn hoá và Thể thao", "so"),
        ("Bộ Văn hóa, Thể thao và Du lịch", "bo"),
        ("Các khối thi đua", "khoi"),
    ],
)
def test_the_full_name_is_exact_however_it_is_punctuated(directory, text, key):
    assert directory.find(text) == Found("exact", ((key, 100),))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("VP Sở", "vp"),
        ("P. TCPC", "tcpc"),
        ("P.TCPC", "tcpc"),
        ("Hội đồng TĐKT Sở", "hd"),
        ("HĐ TĐ-KT", "hd"),
        ("HĐ TĐKT", "hd"),
        ("TTVH", "ttvh"),
        ("TTVH Thành phố", "ttvh"),
        ("Sở", "so"),
        ("Sở VHTT", "so"),
        ("Sở VHTT Hải Phòng", "hp"),
        ("Bộ VHTTDL", "bo"),
        ("Bộ VH, TT và DL", "bo"),
    ],
)
def test_usual_abbreviations_are_written_out(directory, text, key):
    assert directory.find(text) == Found("abbreviation", ((key, 100),))


@pytest.mark.parametrize(
    ("text", "key"),
    [("Phòng Tổ chức - Pháp chết", "tcpc"), ("Các cụm thi đua Sở", "khoi")],
)
def test_a_name_that_is_close_is_offered_and_not_decided(directory, text, key):
    found = directory.find(text)

    assert found.kind == "near"
    assert found.keys[0][0] == key
    assert found.keys[0][1] < 100


def test_a_name_that_two_share_is_offered_and_not_decided(directory):
    assert directory.find("Bảo tàng") == Found("near", (("bt1", 100), ("bt2", 100)))


@pytest.mark.parametrize(
    "text", ["", " - ", "Vụ TĐKT Sở", "Cá nhân có đóng góp", "Đơn vị Cụm trưởng"]
)
def test_what_is_no_unit_matches_none(directory, text):
    assert directory.find(text) == Found("none")

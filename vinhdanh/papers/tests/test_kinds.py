from vinhdanh.papers.rules.kinds import BLANK, KINDS, Kind, number_text, sign


def test_kinds_are_named_and_abbreviated_as_the_decree_does():
    assert {code: (kind.heading, kind.abbreviation) for code, kind in KINDS.items()} == {
        "plan": ("KẾ HOẠCH", "KH"),
        "letter": ("", ""),
        "report": ("BÁO CÁO", "BC"),
        "notice": ("THÔNG BÁO", "TB"),
        "invitation": ("GIẤY MỜI", "GM"),
        "minutes": ("BIÊN BẢN", "BB"),
        "decision": ("QUYẾT ĐỊNH", "QĐ"),
        "proposal": ("TỜ TRÌNH", "TTr"),
    }
    assert KINDS["letter"] == Kind("letter", "Công văn", "", "")


def test_the_sign_of_a_letter_names_who_drafted():
    assert sign("plan", "SVHTT", "VP") == "KH-SVHTT"
    assert sign("letter", "SVHTT", "VP") == "SVHTT-VP"
    assert sign("letter", "SVHTT") == "SVHTT"


def test_numbers_below_ten_have_a_nought_in_front():
    assert number_text("plan", 5, "KH-SVHTT") == "05/KH-SVHTT"
    assert number_text("plan", 10, "KH-SVHTT") == "10/KH-SVHTT"
    assert number_text("letter", None, "SVHTT-VP") == f"{BLANK}/SVHTT-VP"

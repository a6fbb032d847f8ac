"""Secrets lie sealed in the database, and open with the keys of this installation alone."""

import pytest

from vinhdanh.common.sealing import LostKeyError, mark_of, seal, unseal


def test_what_is_sealed_shows_nothing_and_comes_back():
    first, second = seal("khóa ký"), seal("khóa ký")

    assert first != second
    assert "khóa" not in first
    assert [unseal(first), unseal(second)] == ["khóa ký", "khóa ký"]


def test_a_key_used_before_still_opens_and_seals_nothing(settings):
    settings.SECRET_KEY = "khóa năm ngoái"
    old = seal("bí mật")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "khóa năm nay", ["khóa năm ngoái"]
    assert unseal(old) == "bí mật"
    fresh = seal("bí mật")

    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(fresh) == "bí mật"
    with pytest.raises(LostKeyError):
        unseal(old)


@pytest.mark.parametrize("text", ["", "JBSWY3DPEHPK3PXP", "sealed:", "sealed:gAAAAA"])
def test_what_was_never_sealed_does_not_open(text):
    with pytest.raises(LostKeyError):
        unseal(text)


def test_a_key_is_known_again_by_a_mark_that_does_not_tell_it():
    assert mark_of("một khóa") == mark_of("một khóa")
    assert mark_of("một khóa") != mark_of("khóa khác")
    assert len(mark_of("một khóa")) == 16

"""The sentences of the journal: what each deed is called on the screen."""

_deeds: dict[str, str] = {}


def name_deeds(sentences: dict[str, str]) -> None:
    """Name the deeds of a room, by code; called once when the room is loaded.

    The sentences are Vietnamese, marked for translation: {"plan put into force": "Đưa kế hoạch
    vào thực hiện"}.
    """
    _deeds.update(sentences)


def deed_name(code: str) -> str:
    """The sentence of a deed; the code itself where no room has named it."""
    return _deeds.get(code, code)

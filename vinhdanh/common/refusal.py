"""How the system says no."""


class Refused(Exception):  # noqa: N818 (it is an answer, not a malfunction)
    """The law, the plan, the file or the state says no.

    The text is one Vietnamese sentence for the screen that says what is wrong and what to do about
    it. Anything else that goes wrong is a bug and must crash loudly.
    """


def given(text: str, otherwise: str) -> str:
    """What was written, stripped; Refused with `otherwise` when that is nothing."""
    text = text.strip()
    if not text:
        raise Refused(otherwise)
    return text

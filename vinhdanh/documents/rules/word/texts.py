"""The text of a Word paragraph as a reader sees it: no deletions, no hidden text, no codes."""

from dataclasses import dataclass, field

from lxml import etree

from vinhdanh.documents.rules.word.names import MC, M, W, switch, value
from vinhdanh.documents.rules.word.styles import Style, Styles

# Wrappers whose children are read as if they stood in the paragraph itself.
_WRAPPERS = {
    W + name
    for name in (
        "hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple",
        "dir", "bdo",
    )
} | {M + "oMath", M + "oMathPara", MC + "AlternateContent"}  # fmt: skip
_SIGNS = {
    W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip


@dataclass(slots=True)
class Text:
    """What a paragraph says. `lines` are parted by line breaks; `boxes` are text boxes anchored
    in it, each a w:txbxContent; `bold` when every visible letter is."""

    lines: list[str] = field(default_factory=lambda: [""])
    boxes: list[etree._Element] = field(default_factory=list)
    plain_letters: int = 0
    bold_letters: int = 0
    fields: list[bool] = field(default_factory=list)  # open ones; True until the result begins

    @property
    def bold(self) -> bool:
        return self.bold_letters > 0 and self.plain_letters == 0

    def write(self, text: str, *, bold: bool) -> None:
        first, *rest = text.split("\n")
        self.lines[-1] += first
        self.lines.extend(rest)
        count = len(text.replace(" ", ""))
        if bold:
            self.bold_letters += count
        else:
            self.plain_letters += count


def text_of(paragraph: etree._Element, style: Style, styles: Styles) -> Text:
    """The paragraph read, `style` being its paragraph style."""
    text = Text()
    _read_into(text, paragraph, style, styles)
    return text


def _read_into(text: Text, parent: etree._Element, style: Style, styles: Styles) -> None:
    for child in parent:
        if child.tag == W + "r" or child.tag == M + "r":
            _read_run(text, child, style, styles)
        elif child.tag == MC + "AlternateContent":
            _read_into(text, first_choice(child), style, styles)
        elif child.tag in _WRAPPERS and not is_placeholder(child):
            _read_into(text, child, style, styles)


def is_placeholder(control: etree._Element) -> bool:
    """Whether a content control still shows its prompt ("Nhấn để nhập chữ"): nobody wrote that."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def first_choice(alternatives: etree._Element) -> etree._Element:
    """The one of several equal renderings that Word itself shows; itself when it offers none."""
    choice = alternatives.find(MC + "Choice")
    if choice is None:
        choice = alternatives.find(MC + "Fallback")
    return alternatives if choice is None else choice


def _read_run(text: Text, run: etree._Element, style: Style, styles: Styles) -> None:
    properties = run.find(W + "rPr")
    named = styles.of(value(properties, "rStyle"))
    if _first(switch(properties, "vanish"), named.hidden, style.hidden):
        return
    bold = bool(_first(switch(properties, "b"), named.bold, style.bold))
    for child in run:
        _read_piece(text, child, bold=bold)


def _read_piece(text: Text, piece: etree._Element, *, bold: bool) -> None:
    if piece.tag == W + "fldChar":
        kind = piece.get(W + "fldCharType")
        if kind == "begin":
            text.fields.append(True)
        elif text.fields and kind == "separate":
            text.fields[-1] = False
        elif text.fields and kind == "end":
            text.fields.pop()
    elif piece.tag == MC + "AlternateContent":
        for child in first_choice(piece):
            _read_piece(text, child, bold=bold)
    elif piece.tag in (W + "drawing", W + "pict", W + "object"):
        text.boxes.extend(_boxes(piece))
    elif any(text.fields):
        return
    elif piece.tag in (W + "t", M + "t"):
        text.write((piece.text or "").replace("\n", " "), bold=bold)
    elif piece.tag in _SIGNS:
        text.write(_SIGNS[piece.tag], bold=bold)


def _boxes(drawing: etree._Element) -> list[etree._Element]:
    """The outermost text boxes of the drawing, one rendering of each."""
    boxes, waiting = [], [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == W + "txbxContent":
            boxes.append(element)
        elif element.tag == MC + "AlternateContent":
            waiting.extend(reversed(first_choice(element)))
        else:
            waiting.extend(reversed(element))
    return boxes


def _first(*said: bool | None) -> bool | None:
    return next((answer for answer in said if answer is not None), None)

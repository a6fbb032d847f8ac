"""The type of the papers: Tinos, as wide as Times New Roman letter by letter, and its widths."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_FOLDER = Path(__file__).resolve().parents[3] / "node_modules/@expo-google-fonts/tinos"
_MM_OF_POINT = 25.4 / 72


def files() -> list[Path]:
    """The folders of upright, bold, italic and bold italic type."""
    return [
        _FOLDER / name for name in ("400Regular", "700Bold", "400Regular_Italic", "700Bold_Italic")
    ]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is on one line, in mm; `size` in pt."""
    return float(_face(bold).getlength(text)) / 1000 * size * _MM_OF_POINT


@lru_cache(maxsize=2)
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    name = "700Bold/Tinos_700Bold.ttf" if bold else "400Regular/Tinos_400Regular.ttf"
    return ImageFont.truetype(_FOLDER / name, 1000)

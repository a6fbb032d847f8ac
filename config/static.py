"""Other people's static files: exactly those that pages use, from the packages npm installed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

_FONT = "be-vietnam-pro-{subset}-{weight}-normal.woff2"
FILES = {
    "lib/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "lib/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "lib/htmx.min.js": "htmx.org/dist/htmx.min.js",
} | {
    f"lib/fonts/{name}": f"@fontsource/be-vietnam-pro/files/{name}"
    for subset in ("latin", "latin-ext", "vietnamese")
    for weight in (400, 600)
    for name in [_FONT.format(subset=subset, weight=weight)]
}


class PackageFinder(BaseFinder):
    """Finds the files named in FILES under node_modules."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.modules = Path(settings.NODE_MODULES)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        place = FILES.get(path)
        found = str(self.modules / place) if place and (self.modules / place).exists() else None
        if find_all:
            return [found] if found else []
        return found or []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path, place in FILES.items():
            source = self.modules / place
            if source.exists():
                yield path, _OneFile(path, source)


class _OneFile(FileSystemStorage):
    """A single file under another name than it has on disk."""

    def __init__(self, name: str, source: Path) -> None:
        super().__init__(location=str(source.parent))
        self.prefix = ""
        self._name, self._source = name, source

    def path(self, name: str) -> str:
        return str(self._source)

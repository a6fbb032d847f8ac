"""The frame around every page: the navigation in the order of the work, with what waits."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    return {}

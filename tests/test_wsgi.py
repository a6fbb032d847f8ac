"""What the web server has loaded before anybody asks for a page."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LOADED = """
import json, sys
import config.wsgi
from vinhdanh.law import store

pages = "vinhdanh.honours.views.register" in sys.modules
print(json.dumps([pages, store._store._state is not None]))
"""


def test_pages_and_law_are_loaded_before_the_first_request(tmp_path: Path) -> None:
    environment = {**os.environ, "VINHDANH_VAR": str(tmp_path)}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
    environment |= {"DATABASE_URL": "postgresql://nobody@localhost:1/never_asked"}

    answer = subprocess.run(
        [sys.executable, "-c", _LOADED],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(answer.stdout) == [True, True]

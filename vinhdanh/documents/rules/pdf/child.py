"""A module of this program run as a process of its own, on a file that nobody trusts."""

import os
import subprocess
import sys
from pathlib import Path

import vinhdanh
from vinhdanh.common.refusal import Refused


def run_apart(module: str, *arguments: str, stored: bytes, seconds: float, refusal: str) -> bytes:
    """What `python -m module arguments` writes when it is given `stored` to read.

    Refused, with `refusal`, when it takes longer than `seconds` or was killed for going beyond a
    limit of its own.
    """
    root = str(Path(vinhdanh.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    try:
        done = subprocess.run(  # noqa: S603 (this program, no words from outside)
            [sys.executable, "-P", "-m", module, *arguments],
            input=stored,
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(refusal) from None
    if done.returncode < 0:
        raise Refused(refusal)
    if done.returncode > 0:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout

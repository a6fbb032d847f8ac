"""A demonstration of its own for whoever looks at pages: journeys, and the guide's pictures."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
_STARTING_SECONDS = 240
_STOPPING_SECONDS = 60


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a fresh demonstration with data of its own, stopped and removed afterwards.

    Raises RuntimeError when it stops by itself or does not answer in time.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "config.cli", "demo", "--port", str(port)]
    left_out = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    with tempfile.TemporaryDirectory() as var:
        environment = {name: value for name, value in os.environ.items() if name not in left_out}
        environment |= {"VINHDANH_VAR": var, "VINHDANH_LOG": "WARNING"}
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait_for(f"{address}/healthz", running)
            yield address
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(_STOPPING_SECONDS)


def _wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTING_SECONDS
    while time.monotonic() < until:
        if running.poll() is not None:
            raise RuntimeError(f"The demonstration stopped with exit code {running.returncode}.")
        try:
            with urlopen(address):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError("The demonstration did not answer in time.")

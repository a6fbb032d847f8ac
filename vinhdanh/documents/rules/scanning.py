"""Asking a ClamAV daemon (clamd) whether a file carries a virus."""

import socket
import struct
from typing import BinaryIO

_CHUNK = 256 * 1024
_USUAL_PORT = 3310
_LONGEST_ANSWER = 4_096


class NoAnswerError(Exception):
    """The daemon cannot be reached, or did not say whether the file is clean."""


def is_infected(stream: BinaryIO, *, address: str, seconds: float) -> bool:
    """Whether the daemon finds a virus in the file, sent from its beginning.

    `address` is "host:port", a host, or the path of a socket; `seconds` is how long any one step
    may take. Raises NoAnswerError when the daemon does not say either way; the caller decides what
    that means.
    """
    stream.seek(0)
    try:
        with _connected(address, seconds) as line:
            line.sendall(b"zINSTREAM\0")
            while chunk := stream.read(_CHUNK):
                line.sendall(struct.pack(">I", len(chunk)) + chunk)
            line.sendall(struct.pack(">I", 0))
            answer = _answer(line)
    except OSError as error:
        raise NoAnswerError(str(error)) from None
    if answer.endswith("FOUND"):
        return True
    if answer.endswith(": OK"):
        return False
    raise NoAnswerError(answer)


def version(*, address: str, seconds: float) -> str:
    """What the daemon calls itself and its signatures; raises NoAnswerError without an answer."""
    try:
        with _connected(address, seconds) as line:
            line.sendall(b"zVERSION\0")
            answer = _answer(line)
    except OSError as error:
        raise NoAnswerError(str(error)) from None
    if not answer.startswith("ClamAV"):
        raise NoAnswerError(answer)
    return answer


def _connected(address: str, seconds: float) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    where = (host.strip("[]"), int(port)) if port.isdigit() else (address, _USUAL_PORT)
    return socket.create_connection(where, timeout=seconds)


def _answer(line: socket.socket) -> str:
    said = b""
    while len(said) < _LONGEST_ANSWER and not said.endswith(b"\0"):
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0\n").decode(errors="replace")

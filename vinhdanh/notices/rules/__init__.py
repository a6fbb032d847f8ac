"""Tellings, mails, quiet hours, signatures: plain Python."""

from vinhdanh.notices.rules.telling import Mail, Telling

__all__ = ["Mail", "Telling"]

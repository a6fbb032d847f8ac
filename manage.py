#!/usr/bin/env python
"""Django's own commands, for developers; the embedded database runs meanwhile."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from config import database

    with database.running(os.environ.get("DATABASE_URL"), settings.VAR):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

"""The secretariat of an office: its calendar, letterhead, templates, registers, papers, outbox."""

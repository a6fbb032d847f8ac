"""The founding plan as text, Word and PDF, where it lies beside the project."""

from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the founding plan is not at hand")

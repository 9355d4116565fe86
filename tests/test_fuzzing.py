"""Nothing that comes from outside makes a traceback: briefly here, at length by `python tests/fuzzing.py 20000`."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

_spec = importlib.util.spec_from_file_location("fuzzing", Path(__file__).with_name("fuzzing.py"))
assert _spec and _spec.loader
fuzzing = importlib.util.module_from_spec(_spec)
sys.modules["fuzzing"] = fuzzing
_spec.loader.exec_module(fuzzing)

SLOW = {"language": 25, "file": 40, "pack": 40}
BYTES = st.binary(max_size=300) | st.text(max_size=120).map(lambda text: text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", sorted(fuzzing.TARGETS))
def test_bytes_from_outside_crash_nothing(name: str) -> None:
    @settings(
        max_examples=SLOW.get(name, 150), deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(BYTES)
    @example(b"")
    def crash_nothing(data: bytes) -> None:
        fuzzing.survives(fuzzing.TARGETS[name], data)

    crash_nothing()

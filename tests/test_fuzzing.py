"""Nothing that comes from outside makes a traceback: briefly here, at length by `python tests/fuzzing.py 20000`."""

from __future__ import annotations

import fuzzing
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

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

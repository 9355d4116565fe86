"""Words of like use: grouped by the direction of their vectors, written and read back."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from extraction.names import clusters
from extraction.names.features import Features
from extraction.training import clusters as training


def test_vectors_of_one_direction_are_one_group() -> None:
    vectors = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]], dtype=np.float32)
    groups, centres = training.grouped(vectors, 2)
    assert groups[0] == groups[1] != groups[2] == groups[3]
    assert centres.shape == (2, 2)


def test_the_file_is_the_same_each_time_and_names_every_word_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    rows = [f"word{chr(97 + i)} " + " ".join(f"{x:.3f}" for x in rng.normal(size=3)) for i in range(20)]
    (tmp_path / "vectors.txt").write_text("\n".join([*rows, "42 1 1 1", "naïve-word 1 2 3"]), encoding="utf-8")
    monkeypatch.setattr(training, "FINE", 6)
    monkeypatch.setattr(training, "MIDDLE", 3)
    monkeypatch.setattr(training, "COARSE", 2)
    written = []
    for name in ("one.txt", "two.txt"):
        monkeypatch.setattr(sys, "argv", ["clusters", str(tmp_path / "vectors.txt"), "--out", str(tmp_path / name)])
        training.main()
        written.append((tmp_path / name).read_text(encoding="utf-8"))
    assert written[0] == written[1]
    classes = clusters.parse(written[0])
    assert len(classes) == 21 and "42" not in classes and "naïve-word" in classes


def test_words_of_one_class_share_features() -> None:
    described = Features({}, {"accord": ("1", "2", "3"), "treaty": ("1", "2", "3"), "harbour": ("4", "5", "6")})
    accord, treaty, harbour = ({f for f in described._own(word).here if f[0] == "g"} for word in
                               ("Accord", "Treaty", "Harbour"))  # fmt: skip
    assert accord == treaty and not accord & harbour

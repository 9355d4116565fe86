"""Frame files: what is read, and what a mistake in one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.domain.frames import load
from extraction.errors import BadDomain

FRAME = """
types: {actor: [Country, Person]}
words: {makers: [launch, start]}
frames:
  - name: make
    predicate: initiated
    verb: [$makers, put forward]
    subject: {role: agent, type: actor}
    object: {role: [patient, "on"], type: Initiative}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "frames.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_words_and_types_are_spelt_out(tmp_path: Path) -> None:
    frames = load(written(tmp_path, FRAME))
    (frame,) = frames.all
    assert frame.triggers == (("verb", "launch"), ("verb", "start"), ("verb", "put forward"))
    assert frame.subject.types == {"Country", "Person"}
    assert frame.object.roles == ("patient", "on")
    assert frames.index[("verb", "start")] == (frame,)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (FRAME.replace("    predicate: initiated\n", ""), "lacks 'predicate'"),
        (FRAME.replace("    verb: [$makers, put forward]\n", ""), "no trigger"),
        (FRAME.replace("{role: agent, type: actor}", "agent"), "need a role and a type"),
        (FRAME + FRAME.split("frames:")[1], "two frames are called 'make'"),
        ("frames: [", "not valid YAML"),
    ],
)
def test_a_mistake_names_the_file_and_what_is_wrong(tmp_path: Path, text: str, mistake: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadDomain, match=mistake) as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_the_built_in_frames_have_names_of_their_own_and_known_types() -> None:
    frames = load().all
    known = {"Country", "Place", "GovernmentBody", "InternationalOrganization", "Organization", "Person", "Law"}
    known |= {"Agreement", "Initiative", "Forum"}
    assert len({frame.name for frame in frames}) == len(frames)
    assert all(frame.subject.types | frame.object.types <= known for frame in frames)
    assert all(0 < frame.confidence <= 1 for frame in frames)

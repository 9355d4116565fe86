"""What is slow to make is made once, and again as soon as anything is odd or other."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.domain import compiled, registry

MADE = (("kenya", frozenset({"KE"}), 1.5), ("japan", frozenset(), 2.0))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, of this user, alone."""
    monkeypatch.setattr(compiled, "user_cache_path", lambda name, appauthor: tmp_path / name)
    return tmp_path / "policygraph"


def again(name: str = "states") -> int:
    """How often it is made when it is asked for, and that it is right."""
    calls: list[int] = []

    def make() -> object:
        calls.append(1)
        return MADE

    assert compiled.kept(name, make) == MADE
    return len(calls)


def test_it_is_made_once(cache: Path) -> None:
    assert [again(), again(), again("others")] == [1, 0, 1]
    assert {path.name for path in cache.iterdir()} == {"states.dat", "others.dat"}


def test_other_code_or_knowledge_makes_it_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again()
    monkeypatch.setattr(compiled, "package", lambda: "another")
    assert [again(), again()] == [1, 0]


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:32] + b"x" + data[33:]]
)
def test_a_damaged_file_is_not_believed(cache: Path, damage: object) -> None:
    again()
    path = cache / "states.dat"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert [again(), again()] == [1, 0]


def test_nothing_needs_to_be_writable(cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    assert [again(), again()] == [1, 1]


def test_the_registry_is_the_same_from_its_files_and_from_the_cache(cache: Path) -> None:
    read, found = registry._load.__wrapped__(registry.KNOWLEDGE), registry._load.__wrapped__(registry.KNOWLEDGE)
    assert (cache / "registry.dat").is_file()
    assert read == found and len(read) > 1000
    assert read.by_name("Kenya") == found.by_name("Kenya") != []

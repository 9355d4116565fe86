"""Text that is not English is set aside, whole or by the paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.errors import UnreadableFile
from extraction.reading.documents import read
from extraction.reading.language import foreign

ENGLISH = "The ministers of the region met in Lomé in May and agreed on the rules that the ports will follow. " * 3
FRENCH = "Les ministres de la région se sont réunis à Lomé en mai et ont adopté les règles que les ports suivront. " * 3
SPANISH = (
    "Los ministros de la región se reunieron en Lomé y aprobaron las reglas que seguirán los puertos del país. " * 3
)
CHINESE = "该地区的部长们五月在洛美举行会议，通过了各港口将遵守的规则。" * 4


def written(folder: Path, *paragraphs: str) -> Path:
    path = folder / "ports.txt"
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "language"),
    [(FRENCH, "French"), (SPANISH, "Spanish"), (CHINESE, "Chinese"), (CHINESE + "\n\n" + FRENCH, "in ")],
)
def test_a_foreign_text_is_set_aside_by_the_name_of_its_language(tmp_path: Path, text: str, language: str) -> None:
    with pytest.raises(UnreadableFile, match=language):
        read([written(tmp_path, text)])


@pytest.mark.parametrize(("other", "language"), [(FRENCH, "French"), (SPANISH, "Spanish"), (CHINESE, "Chinese")])
def test_a_mixed_text_is_read_without_its_foreign_paragraphs(tmp_path: Path, other: str, language: str) -> None:
    (document,), (skip,) = read([written(tmp_path, ENGLISH, other, ENGLISH, ENGLISH)])
    assert document.text.count("Lomé") == 9 and other.strip() not in document.text
    assert skip.reason.endswith(f"is read without its paragraphs in {language}.")


@pytest.mark.parametrize(
    "line",
    [
        "Kenya, Uganda, Rwanda, Tanzania, Ethiopia, Brazil, Japan, Ghana, Togo, Benin",
        "Ley Orgánica de Protección de Datos Personales",
        "Cyber legislation is becoming systematic, holistic, coordinated, and time-efficient.",
        "Participants: Lomé Port Authority; Tema Harbour; Mombasa Terminal; Cotonou Docks; Abidjan Quay",
        "12 May 2021 | 13 May 2022 | 14 May 2023",
    ],
)
def test_lists_of_names_and_short_lines_are_not_foreign(line: str) -> None:
    assert foreign(line) == ""

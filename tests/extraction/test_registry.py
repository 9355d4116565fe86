"""The registry: its form, its lookups, its errors, and that the built-in pack keeps the rules it sets for others."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from extraction.domain import registry
from extraction.domain.registry import CLASSES, KNOWLEDGE, Registry, load
from extraction.errors import BadDomain, MissingPath

ONE = """entities:
  - id: law/tide-act
    type: Law
    name: Tide Act
    aliases: [Act on Tides]
    jurisdiction: NO
    year: 2019
"""


@pytest.fixture(scope="module")
def known() -> Registry:
    return load()


def pack(folder: Path, entries: str, settings: str = "") -> Path:
    (folder / "laws.yaml").write_text(entries, encoding="utf-8")
    if settings:
        (folder / "pack.yaml").write_text(settings, encoding="utf-8")
    return folder


def fault(folder: Path, entries: str, settings: str = "") -> BadDomain:
    with pytest.raises(BadDomain) as caught:
        load(pack(folder, entries, settings))
    return caught.value


def test_names_aliases_adjectives_and_capitals_lead_to_the_state(known: Registry) -> None:
    assert [found.entity.id for found in known.by_name("ROK")] == ["country/south-korea"]
    assert [found.entity.id for found in known.by_adjective("Dutch")] == ["country/netherlands"]
    assert [found.entity.id for found in known.by_adjective("Sino")] == ["country/china"]
    assert [found.entity.id for found in known.by_capital("Washington")] == ["country/united-states"]
    assert known.by_name("rok") == []


def test_the_name_of_two_things_gives_both_and_is_ambiguous_for_each(known: Registry) -> None:
    georgias = known.by_name("Georgia")
    assert [found.entity.type for found in georgias] == ["Country", "Place"]
    assert all("Georgia" in found.ambiguous for found in georgias)


def test_an_entry_carries_labels_identifiers_and_jurisdiction(known: Registry) -> None:
    china = known.by_id("country/china")
    assert china is not None
    assert ("zh", "中国") in china.entity.labels
    assert china.entity.identifiers == (("iso3166", "CN"), ("wikidata", "Q148"))
    assert china.entity.jurisdiction == "CN"
    assert china.entity.known
    assert known.by_id("country/atlantis") is None


def test_norway_has_a_code_although_yaml_reads_no_as_false(known: Registry) -> None:
    norway = known.by_id("country/norway")
    assert norway is not None
    assert dict(norway.entity.identifiers)["iso3166"] == "NO"


def test_every_member_of_the_united_nations_with_a_seat_is_there(known: Registry) -> None:
    states = [entry for entry in known if entry.entity.type == "Country"]
    assert len([entry for entry in states if "iso3166" in dict(entry.entity.identifiers)]) >= 193
    assert all(entry.entity.jurisdiction for entry in states if "iso3166" in dict(entry.entity.identifiers))


def test_ids_are_unique_and_follow_the_class(known: Registry) -> None:
    counts = Counter(entry.entity.id for entry in known)
    assert [id for id, count in counts.items() if count > 1] == []
    for entry in known:
        assert entry.entity.id.split("/")[0] == known.types[entry.entity.type].lower()


def test_wikidata_ids_are_many_well_formed_and_no_two_entries_share_one(known: Registry) -> None:
    ids = [dict(entry.entity.identifiers).get("wikidata") for entry in known]
    given = [id for id in ids if id]
    assert len(given) >= 250
    assert all(re.fullmatch(r"Q[1-9]\d*", id) for id in given)
    assert len(given) == len(set(given))


def test_a_shared_name_is_marked_ambiguous_by_all_who_share_it(known: Registry) -> None:
    for name, bearers in known.names():
        if len(bearers) > 1:
            assert all(name in bearer.ambiguous for bearer in bearers), name


def test_part_of_leads_to_an_entry_and_never_round_in_a_circle(known: Registry) -> None:
    for entry in known:
        above, seen = entry, {entry.entity.id}
        while above.part_of:
            whole = known.by_id(above.part_of)
            assert whole is not None, f"{above.entity.id} is part of {above.part_of}, which is not there"
            assert whole.entity.id not in seen
            seen.add(whole.entity.id)
            above = whole


def test_names_are_clean_text(known: Registry) -> None:
    for name, _ in known.names():
        assert name == " ".join(name.split())
        assert not name.endswith((",", ";"))


def test_all_ten_classes_are_served(known: Registry) -> None:
    assert {known.types[entry.entity.type] for entry in known} == set(CLASSES)


def test_loading_takes_little_longer_than_reading_the_yaml_and_is_done_once() -> None:
    def seconds(action: Callable[[], object]) -> float:
        start = time.process_time()
        action()
        return time.process_time() - start

    def parse() -> None:
        for path in KNOWLEDGE.glob("*.yaml"):
            yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

    registry._load.cache_clear()
    assert seconds(load) < 4 * seconds(parse)
    assert seconds(load) < 0.01


def test_a_pack_extends_the_built_in_one(tmp_path: Path) -> None:
    own = load(pack(tmp_path, ONE))
    tide = own.by_name("Act on Tides")[0]
    assert (tide.entity.jurisdiction, tide.year) == ("NO", "2019")
    assert own.by_name("United Nations")


def test_a_pack_may_stand_alone(tmp_path: Path) -> None:
    assert [found.entity.name for found in load(pack(tmp_path, ONE, "extends: none"))] == ["Tide Act"]


def test_a_pack_may_leave_out_classes_of_the_built_in_one(tmp_path: Path, known: Registry) -> None:
    own = load(pack(tmp_path, ONE, "without: [Law, Agreement, Initiative, Forum]"))
    classes = {own.types[found.entity.type] for found in own if found.entity.name != "Tide Act"}
    assert classes == set(CLASSES) - {"Law", "Agreement", "Initiative", "Forum"}
    assert own.by_name("Tide Act")


def test_a_pack_may_replace_an_entry_and_add_a_finer_class(tmp_path: Path) -> None:
    entry = ONE.replace("law/tide-act", "country/china").replace("type: Law", "type: Statute")
    own = load(pack(tmp_path, entry, "types: {Statute: Law}"))
    assert own.types["Statute"] == "Law"
    replaced = own.by_id("country/china")
    assert replaced is not None
    assert replaced.entity.name == "Tide Act"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingPath):
        load(tmp_path / "none")


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("    name: Tide Act\n", ""), 2, 'lacks the field "name"'),
        (("type: Law", "type: Lore"), 2, '"Lore" is none of the types'),
        (("year: 2019", "year: soon"), 7, '"soon" cannot be the year'),
        (("jurisdiction: NO", "jurisdiction: Norway"), 6, '"Norway" cannot be the jurisdiction'),
        (("law/tide-act", "Tide Act"), 2, '"Tide Act" cannot be the id'),
        (("aliases: [Act on Tides]", "aliases: Act on Tides"), 5, '"aliases" should be a list of texts'),
        (("aliases:", "nicknames:"), 5, '"nicknames" is not a field'),
        (("year: 2019", "identifiers: {wikidata: 148}"), 7, '"148" cannot be the wikidata'),
        (("year: 2019", "ambiguous: [Tides]"), 2, '"Tides" is marked ambiguous but is no name'),
        (("year: 2019", "name: Tide Law"), 2, "a field stands here twice"),
        (("[Act on Tides]", "[Act on Tides"), 6, ""),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(
    tmp_path: Path, change: tuple[str, str], line: int, says: str
) -> None:
    error = fault(tmp_path, ONE.replace(*change))
    assert error.line == line
    assert says in str(error)
    assert "laws.yaml" in str(error)


def test_two_entries_may_not_share_id_identifier_or_unambiguous_name(tmp_path: Path) -> None:
    second = ONE.split("entities:\n")[1]
    assert "another entry with the id law/tide-act" in str(fault(tmp_path, ONE + second))
    other = second.replace("law/tide-act", "law/act-on-tides")
    assert '"Tide Act" is also a name of law/tide-act' in str(fault(tmp_path, ONE + other))
    numbered = [text.replace("year: 2019", "identifiers: {wikidata: Q7}") for text in (ONE, other)]
    assert "wikidata Q7 is already that of law/tide-act" in str(fault(tmp_path, "".join(numbered)))
    doubtful = [text.replace("year: 2019", "ambiguous: true") for text in (ONE, other)]
    assert len(load(pack(tmp_path, "".join(doubtful), "extends: none"))) == 2


def test_a_folder_that_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(BadDomain, match="none of the files of a pack"):
        load(tmp_path)


def test_settings_of_a_pack_are_checked(tmp_path: Path) -> None:
    assert '"extends" is either' in str(fault(tmp_path, ONE, "extends: some"))
    assert '"colour" is not a setting' in str(fault(tmp_path, ONE, "colour: red"))


def test_the_built_in_pack_is_where_the_package_is() -> None:
    assert (KNOWLEDGE / "territories.yaml").is_file()

"""Write `extraction/knowledge/territories.yaml`: states, territories and first-order parts of states.

    python scripts/territories.py

Codes, official names and Wikidata ids come from `rigour` (OpenSanctions), names in other languages from CLDR by way of
`babel`, validity of subdivision codes from `pycountry`, and English usage (short names, adjectives, capitals) from
`scripts/territories.yaml`. These packages are needed to run this script only.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pycountry
import yaml
from babel import Locale
from registry_yaml import entity_id, write_entities
from rigour._core import territories_jsonl

HERE = Path(__file__).parent
TARGET = HERE.parent / "extraction" / "knowledge" / "territories.yaml"
LANGUAGES = ("ar", "es", "fr", "ru", "zh")

# No territories in our sense: blocs, the high seas, uninhabited or dissolved dependencies.
LEFT_OUT = {"eu", "un", "zz", "ip", "cp", "cq", "dg", "hm", "um", "tf", "bv", "an", "zr", "ac", "ta", "ic", "io", "gs"}
LEFT_OUT |= {"pk-km", "ua-dpr", "ua-lpr", "az-nk", "sh-hl", "my-15", "cshh", "csxx", "dd"}

# ISO 3166-1 gives these a code of their own although another state answers for them.
DEPENDENCIES = {
    "cn": ("hk", "mo"),
    "dk": ("fo", "gl"),
    "fi": ("ax",),
    "fr": ("bl", "gf", "gp", "mf", "mq", "nc", "pf", "pm", "re", "wf", "yt"),
    "gb": ("ai", "bm", "fk", "gg", "gi", "im", "je", "ky", "ms", "pn", "sh", "tc", "vg"),
    "nl": ("aw", "bq", "cw", "sx"),
    "no": ("sj",),
    "nz": ("tk",),
    "au": ("cc", "cx", "nf"),
    "us": ("as", "gu", "mp", "pr", "vi"),
}
OWNER = {code: owner for owner, codes in DEPENDENCIES.items() for code in codes}
# Coded, inhabited or claimed, and nobody's undisputed part.
NO_STATE = {"aq", "eh"}


def main(target: Path = TARGET) -> None:
    """Write the registry file of territories to `target`."""
    usage = yaml.safe_load((HERE / "territories.yaml").read_text(encoding="utf-8"))
    records = [json.loads(line) for line in territories_jsonl().splitlines()]
    kept = [record for record in records if _is_kept(record["code"])]
    unknown = set(usage) - {record["code"] for record in kept}
    if unknown:
        raise SystemExit(f"scripts/territories.yaml: rigour has no territory {', '.join(sorted(unknown))}")
    entries = [entry(record, usage.get(record["code"], {})) for record in kept]
    entries.sort(key=lambda found: found["id"])
    write_entities(
        target, "States, territories and first-order parts of states. Made by scripts/territories.py.", entries
    )


def entry(record: dict[str, Any], usage: dict[str, Any]) -> dict[str, Any]:
    """One registry entry, from rigour's record and what `scripts/territories.yaml` says of it."""
    code = record["code"]
    type_ = "Country" if "-" not in code and code not in OWNER and code not in NO_STATE else "Place"
    name = usage.get("name") or _plain(record["name"])
    if code.startswith("ch-"):
        name = f"Canton of {name}"
    return {
        "id": entity_id(type_, name),
        "type": type_,
        "name": name,
        "aliases": _aliases(record, usage, name),
        "adjectives": usage.get("adjectives", []),
        "capital": usage.get("capital", ""),
        "labels": _labels(record),
        "identifiers": _identifiers(record),
        "jurisdiction": _jurisdiction(code, usage),
        "ambiguous": usage.get("ambiguous", []),
    }


def _is_kept(code: str) -> bool:
    return code not in LEFT_OUT and not code.startswith("su-")


def _plain(name: str) -> str:
    return re.sub(r"\s*[(\[].*", "", name)


def _aliases(record: dict[str, Any], usage: dict[str, Any], name: str) -> list[str]:
    if usage.get("aliases") == []:
        return []
    official = [_plain(record.get("full_name", name))] if "name" not in usage or "-" not in record["code"] else []
    strong = [other for other in record.get("names_strong", []) if _is_english_part(record["code"], other)]
    # "Novosibirsk" alone is the city, not the oblast; where we give the name, we give its variants too.
    strong = [other for other in strong if not name.startswith(f"{other} ") and "name" not in usage]
    found = dict.fromkeys([*official, *usage.get("aliases", []), *strong])
    if record["code"].startswith("ch-"):
        found = {}
    return [alias for alias in found if alias != name and alias != _plain(name)]


def _is_english_part(code: str, name: str) -> bool:
    """Whether a further name of a part of a state is one that English prose uses: "Peking"."""
    return "-" in code and bool(re.fullmatch(r"[A-Z][A-Za-zÀ-ÿ' -]+", name)) and name != name.upper()


def _labels(record: dict[str, Any]) -> dict[str, str]:
    code = record["code"].upper()
    names = {language: Locale(language).territories.get(code) for language in LANGUAGES}
    if code.startswith("CN-"):
        names["zh"] = next((name for name in record.get("names_strong", []) if re.match("[\u4e00-\u9fff]", name)), None)
    return {language: name for language, name in names.items() if name}


def _identifiers(record: dict[str, Any]) -> dict[str, str]:
    code = record["code"].upper()
    found = {"wikidata": record["qid"]}
    subdivisions: Any = pycountry.subdivisions
    if len(code) == 2 and pycountry.countries.get(alpha_2=code):
        found["iso3166"] = code
    elif "-" in code and subdivisions.get(code=code):
        found["iso3166-2"] = code
    return found


def _jurisdiction(code: str, usage: dict[str, Any]) -> str:
    owner = usage.get("country") or OWNER.get(code) or code.split("-")[0]
    return str(owner).upper() if len(owner) == 2 and code not in NO_STATE else ""


if __name__ == "__main__":
    main()

"""Extraction on several cores gives what one process gives."""

from extraction.facts import Document
from extraction.workers import extract_all

TEXTS = (
    "Estonia signed the Budapest Convention in 2001.",
    "Kenya hosted the Harbour Data Forum in Nairobi. It adopted the Harbour Charter.",
    "The European Commission proposed the Cyber Resilience Act in September 2022.",
)


def test_two_workers_give_the_facts_of_one_in_the_same_order() -> None:
    documents = [Document(f"d{number}", "", text) for number, text in enumerate(TEXTS)]
    assert list(extract_all(documents, jobs=2)) == list(extract_all(documents, jobs=1))

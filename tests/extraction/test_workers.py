"""Extraction by several processes gives what one process gives, even where one of them is lost."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from extraction import workers
from extraction.errors import BadDomain, NoScheduler, OtherVersion, PolicygraphError, UnknownModel
from extraction.facts import Document, DocumentFacts, to_jsonl
from extraction.fingerprint import fingerprint
from extraction.workers import extract_all

TEXTS = (
    "Estonia signed the Budapest Convention in 2001.",
    "Kenya hosted the Harbour Data Forum in Nairobi. It adopted the Harbour Charter.",
    "The European Commission proposed the Cyber Resilience Act in September 2022.",
)
DOCUMENTS = [Document(f"d{number:02}", "", TEXTS[number % 3] + f" Note {number}.") for number in range(12)]


def written(facts: Iterator[DocumentFacts]) -> bytes:
    return b"".join(map(to_jsonl, facts))


@pytest.fixture(scope="module")
def alone() -> bytes:
    """What one process finds."""
    return written(extract_all(DOCUMENTS, jobs=1))


@pytest.fixture
def small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document a task of its own."""
    monkeypatch.setattr(workers, "TASK", 1)


@pytest.mark.usefixtures("small_tasks")
def test_two_workers_give_the_facts_of_one_in_the_same_order(alone: bytes) -> None:
    read: list[int] = []
    assert written(extract_all(iter(DOCUMENTS), jobs=2, tick=read.append)) == alone
    assert read == [len(document.text) for document in DOCUMENTS]


def test_a_script_without_a_guard_may_use_workers(tmp_path: Path) -> None:
    """Workers of the standard library would run the script again, each of them, and fail."""
    (tmp_path / "note.txt").write_text(TEXTS[0])
    script = tmp_path / "script.py"
    script.write_text("import policygraph\nprint(len(policygraph.build('note.txt', 'out', jobs=2).facts))\n")
    run = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.stdout, run.returncode) == ("1\n", 0), run.stderr


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes under /proc, which Linux has")
@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_what_started_it(way: signal.Signals) -> None:
    code = (
        "from itertools import count\n"
        "from extraction.facts import Document\nfrom extraction.workers import extract_all\n"
        "for _ in extract_all((Document(str(n), '', 'Kenya signed it. ' * 900) for n in count()), jobs=2): print(1)"
    )
    process = subprocess.Popen([sys.executable, "-uc", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout and process.stdout.readline()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) >= 2
    process.send_signal(way)
    process.stdout.close()
    process.wait(20)
    until = time.monotonic() + 20
    while alive := [child for child in children if Path(f"/proc/{child}").exists()]:
        assert time.monotonic() < until, alive
        time.sleep(0.1)


@pytest.mark.usefixtures("small_tasks")
def test_a_cluster_that_loses_a_worker_gives_the_same(alone: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("extraction.cluster.FEWEST", 4)
    monkeypatch.setattr(workers, "AHEAD", 1)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        victim, *_ = client.run(os.getpid).values()
        found = extract_all(DOCUMENTS, scheduler=cluster.scheduler_address)
        first = list(islice(found, 2))
        os.kill(victim, signal.SIGKILL)
        assert written(iter(first)) + written(found) == alone


def test_no_worker_no_model_is_loaded_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extraction.pipeline.load", lambda *_: pytest.fail("a model was loaded"))
    assert list(extract_all([], jobs=1)) == []


def test_an_address_without_a_scheduler_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extraction.cluster.PATIENCE", "1s")
    with pytest.raises(NoScheduler, match="there"):
        list(extract_all(DOCUMENTS, scheduler="tcp://127.0.0.1:9"))


def test_mistakes_are_told_before_a_worker_starts(tmp_path: Path) -> None:
    for name in ("en_nowhere", "../en_nowhere", "", "os"):
        with pytest.raises(UnknownModel):
            list(extract_all(DOCUMENTS, name, jobs=2))


def test_mistakes_in_a_worker_reach_the_user_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "frames.yaml").write_text("frames: [{name: odd, predicate: signed}]")
    with pytest.raises(BadDomain, match=r"frames\.yaml") as caught:
        list(extract_all(DOCUMENTS, domain=tmp_path, jobs=2))
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.path) == (BadDomain, str(caught.value), caught.value.path)


def test_workers_of_another_version_are_refused() -> None:
    with pytest.raises(OtherVersion):
        workers._extract(workers.DEFAULT_MODEL, None, "another", DOCUMENTS[:1])


def test_fingerprint_tells_domain_packs_apart(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("title: Harbours")
    seen = {fingerprint(workers.DEFAULT_MODEL), fingerprint(workers.DEFAULT_MODEL, tmp_path)}
    (tmp_path / "pack.yaml").write_text("title: Ports")
    seen.add(fingerprint(workers.DEFAULT_MODEL, tmp_path))
    assert len(seen) == 3
    with pytest.raises(PolicygraphError):
        fingerprint(workers.DEFAULT_MODEL, tmp_path / "nowhere")

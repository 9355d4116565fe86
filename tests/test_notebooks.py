"""The notebooks run on the sample corpus, in the kernel that Jupyter would start, and are stored without outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

REPOSITORY = Path(__file__).parent.parent
NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def beside(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which `../build/demo` is the build of the samples."""
    checkout = tmp_path_factory.mktemp("checkout")
    (checkout / "build").mkdir()
    (checkout / "build" / "demo").symlink_to(demo)
    (checkout / "notebooks").mkdir()
    return checkout / "notebooks"


def test_there_are_six() -> None:
    assert [path.name[0] for path in NOTEBOOKS] == list("123456")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs_and_says_how_to_check_it(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    words = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown").split()
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert len(words) > 20 * len(code)
    assert "check" in " ".join(words).lower()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(beside)}}
    ).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    tables = [output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})]
    assert len(tables) >= 5
    assert not any("Empty DataFrame" in output.get("data", {}).get("text/plain", "") for output in outputs)
    assert not any(output.get("name") == "stderr" and "Warning" in output.get("text", "") for output in outputs)

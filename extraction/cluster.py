"""A Dask cluster as something that tasks can be handed to.

The workers need policygraph and the model installed as here, and the domain pack's folder under the same path.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from extraction.errors import LostWorker, NoScheduler

# How often a task is tried again whose worker was lost, before the build gives up.
RETRIES = 5
# How long to wait for an answer.
PATIENCE = "10s"
# A cluster that grows on demand may have no worker yet; it must see work before it starts one.
FEWEST = 16


@contextmanager
def connected(scheduler: str) -> Iterator[tuple[Executor, int]]:
    """An executor on the cluster whose scheduler has this address, and how many tasks it takes at a time.

    Raises NoScheduler where nobody answers, LostWorker where workers are lost again and again.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise NoScheduler(
            scheduler, "Dask is not installed here; get it with pip install policygraph[cluster]"
        ) from error
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoScheduler(scheduler, "nobody answers there") from error
    with client:
        try:
            yield client.get_executor(retries=RETRIES, pure=False), max(FEWEST, sum(client.nthreads().values()))
        except KilledWorker as error:
            raise LostWorker from error

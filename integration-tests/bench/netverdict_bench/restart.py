"""What a ring in a file still has after kill -9 under load."""
import os
import signal
import time

from .answers import PACKET_SECONDS
from .processes import median, progress
from .service import REFUSED, Service
from .table import Figure

RING_MEBIBYTES = 64
OPTION = "--ring-file"


def measure(bench):
    network, repeats = bench.network, 1 if bench.short else 5
    path = os.path.join(network.directory, "ring")
    found, starts = 0, []
    for i in range(repeats):
        progress(f"restart: kill -9, round {i + 1} of {repeats}")
        with Service(network, RING_MEBIBYTES, extra=(OPTION, path)) as killed:
            with network.start_load(20):
                time.sleep(2)
                at = killed.be_refused()
                time.sleep(PACKET_SECONDS)
                killed.process.stop(signal.SIGKILL)
        with Service(network, RING_MEBIBYTES, extra=(OPTION, path)) as service:
            starts.append(service.started_seconds)
            cause, _ = service.report(f"restart-{i}", at=at)
            found += cause == REFUSED
            if cause != REFUSED:
                bench.table.note(f"restart: round {i + 1}: {cause}")
    return [
        Figure(f"found after kill -9, of {repeats}", found, "reports", goal=f"{repeats}",
               met=found == repeats),
        Figure("  start on a ring that is there", median(starts), "s"),
    ]

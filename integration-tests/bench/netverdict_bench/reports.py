"""A hundred error reports a second while everything is recorded at saturation."""
import os
import sys
import time

from .network import SERVER
from .processes import Process, median, percentile, progress
from .saturation import TOLERATED_DROPS, warm_up
from .service import API_PORT, CLOSED_PORT, REFUSED, Service
from .table import Figure

REPORTS_PER_SECOND = 100
REPORTERS = 30
PATIENCE_SECONDS = 60


def report(network, seconds):
    """Causes and milliseconds of reports at the pace above, from a process of their own."""
    reporter = os.path.join(os.path.dirname(os.path.realpath(__file__)), "reporter.py")
    words = (sys.executable, reporter, API_PORT, SERVER, CLOSED_PORT, REPORTERS,
             REPORTS_PER_SECOND, seconds)
    with Process(network.within(*map(str, words)), network.directory + "/reporter.log") as process:
        process.popen.wait(seconds + PATIENCE_SECONDS)
        said = process.output().strip()
    if process.popen.returncode:
        raise RuntimeError(said)
    lines = [line.split() for line in said.splitlines()]
    return [cause for cause, _ in lines], [float(millis) for _, millis in lines]


def measure(bench):
    network, short = bench.network, bench.short
    seconds = 3 if short else 15
    progress("reports: warming up")
    with Service(network, 256) as service:
        service.await_warm()
        warm_up(network, short)
        before = service.dropped()
        progress(f"reports: {REPORTS_PER_SECOND} a second for {seconds} s")
        with network.start_load(seconds + 3):
            time.sleep(1)
            packets = network.packets()
            began = time.monotonic()
            causes, times = report(network, seconds)
            took = time.monotonic() - began
            rate = (network.packets() - packets) / took
        dropped = service.dropped() - before
    reported = len(causes) / took
    right = causes.count(REFUSED) / len(causes)
    return [
        Figure(f"dropped at {reported:.0f} reports/s, {rate / 1e3:.0f},000 packets/s", dropped,
               "packets", goal="0", met=dropped == 0 and reported > 0.9 * REPORTS_PER_SECOND,
               fails=dropped > TOLERATED_DROPS * rate * took),
        Figure("  report to verdict meanwhile, p50", median(times), "ms"),
        Figure("  report to verdict meanwhile, p99", percentile(times, 0.99), "ms"),
        Figure("  verdicts right", 100 * right, "%", goal="100 %", met=right == 1),
    ]

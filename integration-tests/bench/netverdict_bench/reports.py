"""A hundred error reports a second while everything is recorded at saturation."""
import threading
import time

from .answers import PACKET_SECONDS
from .processes import median, percentile, progress
from .saturation import TOLERATED_DROPS, warm_up
from .service import REFUSED, Service
from .table import Figure

REPORTS_PER_SECOND = 100
REPORTERS = 30

# A verdict that takes longer counts as none.
WAIT = "5s"


class Reporter(threading.Thread):
    """Reports a failed connection a tenth of a second after it failed, at a fixed pace."""

    def __init__(self, service, number, end):
        super().__init__(daemon=True)
        self.service = service
        self.number = number
        self.end = end
        self.causes, self.times = [], []
        self.problem = None

    def run(self):
        connection = self.service.connect()
        pace = REPORTERS / REPORTS_PER_SECOND
        due = time.monotonic() + pace * self.number / REPORTERS
        try:
            while due < self.end:
                time.sleep(max(0.0, due - time.monotonic()))
                due += pace
                self.service.be_refused()
                time.sleep(PACKET_SECONDS)
                key = f"reports-{self.number}-{len(self.causes)}"
                cause, took = self.service.report(key, WAIT, connection)
                self.causes.append(cause)
                self.times.append(took * 1e3)
        except (OSError, RuntimeError, ValueError) as problem:
            self.problem = problem


def measure(bench):
    network, short = bench.network, bench.short
    seconds = 3 if short else 15
    progress("reports: warming up")
    with Service(network, 256) as service:
        warm_up(network, short)
        before = service.dropped()
        progress(f"reports: {REPORTS_PER_SECOND} a second for {seconds} s")
        with network.start_load(seconds + 3):
            time.sleep(1)
            packets = network.packets()
            began = time.monotonic()
            reporters = [Reporter(service, i, began + seconds) for i in range(REPORTERS)]
            for each in reporters:
                each.start()
            for each in reporters:
                each.join(seconds + 30)
            took = time.monotonic() - began
            rate = (network.packets() - packets) / took
        dropped = service.dropped() - before
    for each in reporters:
        if each.problem:
            raise RuntimeError(f"a report failed: {each.problem}")
    causes = [cause for each in reporters for cause in each.causes]
    times = [time for each in reporters for time in each.times]
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

"""From error report to verdict with a full ring; the same from a dump with tcpdump and tshark."""
import glob
import os
import subprocess
import time

from .network import SERVER, SHORT, inside
from .peers import dumpcap_ring
from .processes import Process, median, percentile, progress
from .reporter import PACKET_SECONDS, Connection
from .service import API_PORT, CLOSED_PORT, REFUSED, Service
from .table import Figure

SEARCH = ('for f in "$@"; do tcpdump -n -r "$f" -w - "host {} and port {}" | tshark -n -r -;'
          ' done').format(SERVER, CLOSED_PORT)


def fill(network, service, flows):
    """Bulk until the ring has wrapped, then short connections and flows of two packets."""
    for _ in range(100):
        if service.recorder()["overwritten"]:
            break
        network.load(1)
    progress("answers: short connections")
    network.load(3, SHORT)
    progress(f"answers: {flows:,} flows")
    network.flood(flows)


def ask(network, reports, seconds):
    """Milliseconds and cause of each of so many reports, or of fewer when time is up."""
    with inside(network.client):
        connection = Connection(API_PORT, SERVER, CLOSED_PORT)
    times, causes = [], []
    end = time.monotonic() + seconds
    while len(times) < reports and time.monotonic() < end:
        with inside(network.client):
            connection.be_refused()
        time.sleep(PACKET_SECONDS)
        cause, millis = connection.report(f"answers-{len(times)}")
        causes.append(cause)
        times.append(millis)
    return times, causes


def measure(bench):
    network, short = bench.network, bench.short
    ring, flows, reports = (128, 100_000, 30) if short else (1024, 1_000_000, 300)
    files = network.directory + "/dump.pcapng"
    progress("answers: warming up")
    with Service(network, ring) as service, Process(
            network.within(*dumpcap_ring(files, ring * 1024 // 5)),
            network.directory + "/dump.log") as dump:
        service.await_warm()
        progress(f"answers: filling a ring of {ring} MiB")
        fill(network, service, flows)
        dropped = service.dropped()
        # Else the peer's dump goes to the disk half a minute later, and reports wait for that.
        os.sync()
        progress(f"answers: {reports} reports")
        times, causes = ask(network, reports, 10 if short else 60)
        dump.stop()
    progress("answers: tcpdump and tshark on the dump")
    dumps = sorted(glob.glob(network.directory + "/dump*.pcapng"))
    size = sum(map(os.path.getsize, dumps)) / 1e6
    theirs = median([search(dumps) for _ in range(1 if short else 3)])
    for path in dumps:
        os.remove(path)
    p50, p99 = median(times), percentile(times, 0.99)
    right = causes.count(REFUSED) / len(causes)
    seen = f"{ring} MiB, {flows / 1e6:.1f} M flows"
    peer = f"tcpdump+tshark, {size:.0f} MB"
    return [
        Figure(f"report to verdict p50, {seen}", p50, "ms", peer, theirs, theirs / p50,
               "<= 5 ms, >= 100 x", p50 <= 5 and theirs >= 100 * p50),
        Figure(f"report to verdict p99 of {len(times)}", p99, "ms", peer, theirs, theirs / p99,
               "<= 20 ms", p99 <= 20),
        Figure("  the first report of all", times[0], "ms"),
        Figure("  verdicts right", 100 * right, "%", goal="100 %", met=right == 1,
               fails=right < 0.9),
        Figure("  dropped while the ring was filled", dropped, "packets"),
    ]


def search(dumps):
    """Milliseconds that the same answer takes from the dump."""
    before = time.monotonic()
    subprocess.run(["sh", "-c", SEARCH, "sh", *dumps], check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.monotonic() - before) * 1e3

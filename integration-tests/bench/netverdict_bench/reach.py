"""How far back the ring reaches: with the cutoff and without, and what decides verdicts."""
import datetime
import time

from .network import BULK, SHORT
from .processes import median, progress
from .service import CLOSED_PORT, SERVER, Service
from .table import Figure

RING_MEBIBYTES = 256
SMALL_RING_MEBIBYTES = 64
SAMPLES = 8
SAMPLE_SECONDS = 0.25
LOAD_SECONDS = 60


def until_overwritten(service):
    """Waits until the ring is full; the recorder's figures then."""
    deadline = time.monotonic() + LOAD_SECONDS - 10
    while time.monotonic() < deadline:
        recorder = service.recorder()
        if recorder["overwritten"]:
            return recorder
        time.sleep(0.1)
    raise RuntimeError("the ring did not fill in time")


def seconds_held(recorder):
    """Age of the oldest data packet from which on nothing is missing."""
    return max(each["reachesBackSeconds"] for each in recorder["interfaces"])


def reach(network, kind, cutoff, ring):
    """Seconds that the ring holds of a load, and the load's packets a second."""
    with Service(network, ring, cutoff) as service, network.start_load(LOAD_SECONDS, kind):
        first = until_overwritten(service)
        began = time.monotonic()
        held = []
        for _ in range(SAMPLES):
            time.sleep(SAMPLE_SECONDS)
            recorder = service.recorder()
            held.append(seconds_held(recorder))
        rate = (recorder["packets"] - first["packets"]) / (time.monotonic() - began)
    return median(held), rate


def measure(bench):
    network, short = bench.network, bench.short
    result = []
    for kind, name, goal in ((BULK, "bulk", 10), (SHORT, "2 KB connections", 2)):
        progress(f"reach: {name}, without cutoff")
        whole, whole_rate = reach(network, kind, "off", RING_MEBIBYTES)
        progress(f"reach: {name}, with cutoff")
        cut, cut_rate = reach(network, kind, "64KiB", RING_MEBIBYTES)
        # The same load: what it would be had both seen as many packets a second.
        ratio = cut * cut_rate / (whole * whole_rate)
        result.append(Figure(f"ring holds, {name}, cutoff on", cut, "s", "cutoff off", whole,
                             ratio, f">= {goal} x", ratio >= goal))
    result.append(deciding(network, 10 if short else 12))
    return result


def deciding(network, times):
    """Whether a refused connection is still found so many times longer than data packets."""
    progress("reach: what decides verdicts")
    with Service(network, SMALL_RING_MEBIBYTES) as service, network.start_load(LOAD_SECONDS):
        time.sleep(2)
        service.be_refused()
        at = datetime.datetime.now(datetime.timezone.utc)
        began = time.monotonic()
        until_overwritten(service)
        time.sleep(1)
        held = seconds_held(service.recorder())
        while time.monotonic() < began + min(times * held, LOAD_SECONDS - 15):
            time.sleep(0.1)
        held = median([held, seconds_held(service.recorder())])
        age = time.monotonic() - began
        body = {"message": f"connect ECONNREFUSED {SERVER}:{CLOSED_PORT}",
                "url": f"http://{SERVER}:{CLOSED_PORT}/",
                "occurredAt": at.isoformat().replace("+00:00", "Z")}
        answer, _ = service.call("/api/v1/errors?wait=20s", body)
        found = (answer.get("verdict") or {}).get("cause") == "tcp.refused"
    reached = age / held if found else 0
    return Figure(f"refused connection found after {age:.1f} s of bulk", reached * held, "s",
                  "data packets held", held, reached, ">= 10 x", reached >= 10)

"""How far back the ring reaches: with the cutoff and without, and what decides verdicts."""
import time

from .network import BULK, SHORT
from .processes import median, progress
from .service import REFUSED, Service
from .table import Figure

RING_MEBIBYTES, SHORT_RING_MEBIBYTES = 256, 64
SMALL_RING_MEBIBYTES, SHORT_SMALL_RING_MEBIBYTES = 64, 16
SAMPLES = 8
SAMPLE_SECONDS = 0.25
LOAD_SECONDS = 60

# A little more than the goal asks for.
TIMES = 11


def until_overwritten(service, history=None):
    """Waits until the ring is full, noting in the history how many packets came by when."""
    deadline = time.monotonic() + LOAD_SECONDS - 10
    while time.monotonic() < deadline:
        if noted(service, history)["overwritten"]:
            return
        time.sleep(0.1)
    raise RuntimeError("the ring did not fill in time")


def noted(service, history):
    """The recorder's figures now."""
    recorder = service.recorder()
    if history is not None:
        history.append((time.monotonic(), recorder["packets"]))
    return recorder


def packets_by(history, moment):
    """How many packets had come by a moment, between two notes in proportion."""
    for (before, fewer), (after, more) in zip(history, history[1:]):
        if moment <= after:
            part = (moment - before) / (after - before)
            return fewer + max(0.0, part) * (more - fewer)
    return history[-1][1]


def seconds_held(recorder):
    """Age of the oldest data packet from which on nothing is missing."""
    return max(each["reachesBackSeconds"] for each in recorder["interfaces"])


def held_now(service, history):
    """Seconds that the ring holds, and the packets that came in them."""
    held = seconds_held(noted(service, history))
    moment, now = history[-1]
    return held, now - packets_by(history, moment - held)


def reach(network, kind, cutoff, ring):
    """Seconds that the ring holds of a load, and the packets that came in them."""
    with Service(network, ring, cutoff) as service, network.start_load(LOAD_SECONDS, kind):
        history = [(time.monotonic(), 0)]
        until_overwritten(service, history)
        held = []
        for _ in range(SAMPLES):
            time.sleep(SAMPLE_SECONDS)
            held.append(held_now(service, history))
    return median([seconds for seconds, _ in held]), median([packets for _, packets in held])


def measure(bench):
    network, short = bench.network, bench.short
    result = []
    ring = SHORT_RING_MEBIBYTES if short else RING_MEBIBYTES
    for kind, name, goal in ((BULK, "bulk", 10), (SHORT, "2 KB connections", 2)):
        progress(f"reach: {name}, without cutoff")
        whole, whole_packets = reach(network, kind, "off", ring)
        progress(f"reach: {name}, with cutoff")
        cut, cut_packets = reach(network, kind, "64KiB", ring)
        # By packets, since no two loads are as quick: the seconds had they been.
        ratio = cut_packets / whole_packets
        result.append(Figure(f"ring holds, {name}, cutoff on", cut, "s", "cutoff off", whole,
                             ratio, f">= {goal} x", ratio >= goal))
    result.append(deciding(network, SHORT_SMALL_RING_MEBIBYTES if short
                           else SMALL_RING_MEBIBYTES))
    return result


def deciding(network, ring):
    """Whether a refused connection is still found so many times longer than data packets."""
    progress("reach: what decides verdicts")
    with Service(network, ring) as service, network.start_load(LOAD_SECONDS):
        history = [(time.monotonic(), 0)]
        noted(service, history)
        time.sleep(2)
        at = service.be_refused()
        noted(service, history)
        before = history[-1][1]
        began = time.monotonic()
        until_overwritten(service, history)
        samples, since, packets, age = [], 0, 0, 0
        # It fluctuates by a segment: what it held at the end, of several samples.
        while len(samples) < SAMPLES or since < TIMES * packets and age < LOAD_SECONDS - 15:
            time.sleep(SAMPLE_SECONDS)
            samples.append(held_now(service, history))
            held = median([seconds for seconds, _ in samples[-SAMPLES:]])
            packets = median([each for _, each in samples[-SAMPLES:]])
            since = history[-1][1] - before
            age = time.monotonic() - began
        cause, _ = service.report("deciding", at=at)
    # By packets, as above: the load slows down and speeds up meanwhile.
    reached = since / packets if cause == REFUSED else 0
    return Figure(f"refused connection found after {age:.1f} s of bulk", age, "s",
                  "data packets held", held, reached, ">= 10 x", reached >= 10)

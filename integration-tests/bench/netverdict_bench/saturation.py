"""Capture at saturation: what is dropped, what a packet costs, what the application loses."""
import time

from . import peers
from .processes import MEBIBYTE, median, progress
from .service import KERNEL_BUFFER_MEBIBYTES, Service
from .table import Figure

# So many packets and the JIT compiler is done with the capture loop, or it never will be.
WARM_PACKETS = 3_000_000
WARM_SECONDS, SHORT_WARM_SECONDS = 30, 10

# The machine's memory turns slower by a third for a while, and again: what is compared is measured
# next to each other, and often.
ROUNDS, SHORT_ROUNDS = 7, 1

# Of the tools that no goal is set against.
OTHERS_ROUNDS = 3

# More than this share is a fault whatever else runs on the machine.
TOLERATED_DROPS = 0.05


class Rounds:
    """What one capturer did in each round."""

    def __init__(self, name):
        self.name = name
        self.requests, self.packets, self.rates = [], [], []
        self.micros, self.dropped = [], []

    def add(self, requests, packets, seconds, micros):
        self.requests.append(requests)
        self.packets.append(packets)
        self.rates.append(packets / seconds)
        self.micros.append(micros)

    def line(self):
        return (f"{self.name:<24} {median(self.requests):>11.0f} {median(self.rates):>11.0f}"
                f" {max(self.dropped, default=0):>13} {median(self.micros):>10.3f}"
                f"   {' '.join(f'{each:.3f}' for each in self.micros)}")


def warm_up(network, short):
    """Loads until what the JVM has compiled is what it will go on with."""
    before, began = network.packets(), time.monotonic()
    limit = SHORT_WARM_SECONDS if short else WARM_SECONDS
    while network.packets() - before < WARM_PACKETS and time.monotonic() - began < limit:
        network.load(2)


def loaded(network, process, seconds, rounds):
    """One load, and the capturer's processor time meanwhile."""
    before = process.cpu_seconds() if process else 0
    packets = network.packets()
    requests = network.load(seconds)
    time.sleep(0.3)
    packets = network.packets() - packets
    micros = (process.cpu_seconds() - before) * 1e6 / max(1, packets) if process else 0
    rounds.add(requests, packets, seconds, micros)


def peer_round(network, peer, seconds, rounds):
    with peer.start(network) as process:
        time.sleep(0.7)
        if not process.running():
            raise RuntimeError(f"{peer.name}: {process.output().strip()}")
        network.load(1)
        loaded(network, process, seconds, rounds)
        rounds.dropped.append(peer.dropped(process.stop()))
    peer.clean(network)
    return rounds.requests[-1]


class Ours:
    """Our service in rounds, and what else is seen of it on the way."""

    def __init__(self, cutoff, ring):
        self.cutoff = cutoff
        self.ring = ring
        self.rounds = Rounds("netverdict, cutoff " + ("off" if cutoff == "off" else "on"))
        self.starts, self.stops, self.resident, self.allocated = [], [], [], []
        # Of each round, what wrk got beside tcpdump at once before and after.
        self.null_requests = []
        self.promised = 0

    def by_null(self):
        return [mine / theirs for mine, theirs in zip(self.rounds.requests, self.null_requests)]

    def round(self, network, seconds, short):
        with Service(network, self.ring, self.cutoff) as service:
            self.starts.append(service.started_seconds)
            warm_up(network, short)
            allocated = service.allocated_bytes()
            before = network.packets()
            loaded(network, service.process, seconds, self.rounds)
            packets = network.packets() - before
            self.allocated.append((service.allocated_bytes() - allocated) / max(1, packets))
            self.rounds.dropped.append(service.dropped())
            self.resident.append(service.process.memory_bytes())
            self.promised = service.promised_bytes()
            # Stopped while the load goes on, as it would be.
            with network.start_load(10):
                time.sleep(0.5)
                self.stops.append(service.stop())


def measure(bench):
    network, short = bench.network, bench.short
    seconds, repeats = (3, SHORT_ROUNDS) if short else (5, ROUNDS)
    idle = Rounds("no capture")
    others = [] if short else [peer for peer in (peers.TCPDUMP_FILE, peers.NETSNIFF)
                               if peer.installed()]
    rounds = {peer.name: Rounds(peer.name)
              for peer in (peers.TCPDUMP_NULL, peers.DUMPCAP_RING, *others)}
    whole, cut = Ours("off", 256 if short else 1024), Ours("64KiB", 256 if short else 1024)

    def beside(peer):
        progress(f"capture: round {i + 1} of {repeats}: {peer.name}")
        return peer_round(network, peer, seconds, rounds[peer.name])

    for i in range(repeats):
        progress(f"capture: round {i + 1} of {repeats}: no capture")
        network.load(1)
        loaded(network, None, seconds, idle)
        for peer in others if i < OTHERS_ROUNDS else ():
            beside(peer)
        beside(peers.DUMPCAP_RING)
        before = beside(peers.TCPDUMP_NULL)
        for each in (whole, cut):
            progress(f"capture: round {i + 1} of {repeats}: {each.rounds.name}")
            each.round(network, seconds, short)
            after = beside(peers.TCPDUMP_NULL)
            each.null_requests.append((before + after) / 2)
            before = after

    bench.table.note(f"{'capture, medians':<24} {'requests/s':>11} {'packets/s':>11}"
                     f" {'most dropped':>13} {'us/packet':>10}   us/packet of each round")
    for each in (idle, *rounds.values(), whole.rounds, cut.rounds):
        bench.table.note(each.line())
    for each in (whole, cut):
        bench.table.note(f"requests of {each.rounds.name} by those of tcpdump /dev/null, each round: "
                         + " ".join(f"{ratio:.3f}" for ratio in each.by_null()))
    for each, goal in ((whole, 0.4), (cut, 0.33)):
        yield from figures(each, goal, rounds, idle)


def figures(ours, goal, rounds, idle):
    name = ours.rounds.name.removeprefix("netverdict, ")
    ring_files = rounds[peers.DUMPCAP_RING.name]
    packets = sum(ours.rounds.packets)
    dropped = sum(ours.rounds.dropped)
    yield Figure(f"dropped, {name}", dropped, "packets", ring_files.name, sum(ring_files.dropped),
                 goal="0", met=dropped == 0, fails=dropped > TOLERATED_DROPS * packets)
    ratio = median([mine / theirs for mine, theirs in zip(ours.rounds.micros, ring_files.micros)])
    yield Figure(f"CPU a packet, {name}", median(ours.rounds.micros), "us", ring_files.name,
                 median(ring_files.micros), ratio, f"<= {goal} x", ratio <= goal)
    ratio = median(ours.by_null())
    yield Figure(f"wrk's requests/s, {name}", median(ours.rounds.requests), "/s",
                 peers.TCPDUMP_NULL.name, median(ours.null_requests), ratio, ">= 1 x", ratio >= 1)
    yield Figure(f"wrk's requests/s, {name}", median(ours.rounds.requests), "/s", idle.name,
                 median(idle.requests),
                 median([mine / theirs for mine, theirs in zip(ours.rounds.requests,
                                                               idle.requests)]))
    allocated = min(ours.allocated)
    yield Figure(f"allocated a packet, {name}", allocated, "bytes", goal="0 (< 0.01)",
                 met=allocated < 0.01)
    resident = max(ours.resident)
    yield Figure(f"resident memory at saturation, {name}", resident / MEBIBYTE, "MiB",
                 f"{ours.ring}+{KERNEL_BUFFER_MEBIBYTES}+256 MiB", ours.promised / MEBIBYTE,
                 resident / ours.promised, "<= 1 x", resident <= ours.promised)
    yield Figure(f"serve to first answer, {name}", median(ours.starts), "s")
    yield Figure(f"stop under load, slowest, {name}", max(ours.stops), "s", goal="<= 1 s",
                 met=max(ours.stops) <= 1)

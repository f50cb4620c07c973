"""Memory while an hour's worth of flows goes by, faster than in life."""
from .processes import MEBIBYTE, progress
from .service import KERNEL_BUFFER_MEBIBYTES, Service
from .table import Figure

FLOWS_PER_SECOND = 5_000
RING_MEBIBYTES = 256
STEP = 1_000_000
FIRST_STEP = 100_000


def measure(bench):
    network, short = bench.network, bench.short
    flows = FLOWS_PER_SECOND * (60 if short else 3600)
    with Service(network, RING_MEBIBYTES) as service:
        # First the ring is filled, so that what grows later is not the ring.
        network.load(3)
        seconds = network.flood(FIRST_STEP)
        early = service.process.memory_bytes("VmRSS")
        for first in range(FIRST_STEP, flows, STEP):
            progress(f"flows: {first:,} of {flows:,}")
            seconds += network.flood(min(STEP, flows - first), first)
        recorder = service.recorder()
        late = service.process.memory_bytes("VmRSS")
        peak, promised = service.process.memory_bytes(), service.promised_bytes()
        dropped = service.dropped()
    name = f"{flows / 1e6:.1f} M flows at {flows / seconds:,.0f}/s"
    return [
        Figure(f"resident memory, {name}", peak / MEBIBYTE, "MiB",
               f"{RING_MEBIBYTES}+{KERNEL_BUFFER_MEBIBYTES}+256 MiB", promised / MEBIBYTE,
               peak / promised, "<= 1 x", peak <= promised),
        Figure("  its growth after the first of them", (late - early) / MEBIBYTE, "MiB"),
        Figure("  dropped of them", dropped, "packets", "recorded", recorder["packets"],
               goal="0", met=dropped == 0),
    ]

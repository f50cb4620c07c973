"""From the wire to being found: how old a packet is when the recorder's answer first has it."""
import re

from . import java
from .network import CLIENT_DEVICE, SERVER
from .processes import Process, median, progress
from .table import Figure

PROBE = "io.netverdict.it.bench.WireToFound"
RING_MEBIBYTES = 256


def ages(network, count, interval_millis, seconds):
    """Milliseconds of each probe."""
    with Process(network.within(*java.words(PROBE, CLIENT_DEVICE, SERVER, count, interval_millis,
                                            RING_MEBIBYTES)),
                 network.directory + "/found.log") as probe:
        probe.popen.wait(seconds)
        told = probe.output()
    values = [float(age) for age in re.findall(r"^\d+\.\d+$", told, re.MULTILINE)]
    if len(values) != count:
        raise RuntimeError(f"{len(values)} of {count} probes: {told.strip()}")
    return values


def measure(bench):
    network, short = bench.network, bench.short
    progress("found: compiling the probe")
    java.build()
    count, crowd, seconds = (4, 40, 6) if short else (20, 300, 25)
    progress(f"found: {count} probes, one a second")
    quiet = ages(network, count, 1000, count + 30)
    progress(f"found: {crowd} probes at saturation")
    with network.start_load(seconds):
        busy = ages(network, crowd, 50, seconds + 60)
    result = []
    for where, values in (("1 packet/s", quiet), ("saturation", busy)):
        result.append(Figure(f"wire to found, {where}, median of {len(values)}", median(values),
                             "ms", goal="<= 20 ms", met=median(values) <= 20))
        result.append(Figure(f"wire to found, {where}, worst", max(values), "ms",
                             goal="<= 100 ms", met=max(values) <= 100))
    return result

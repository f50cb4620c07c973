"""netverdict analyze on capture files, beside tshark and tcptrace."""
import os
import re
import shutil
import signal
import struct
import subprocess
import time

from .network import BULK, CLIENT_DEVICE, SHORT
from .processes import LAUNCHER, MEBIBYTE, Process, command, median, progress
from .table import Figure

CACHE = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"),
                     "netverdict-bench")
MAX_HEAP_MEBIBYTES = 512
TIMES = 4
GROWTH = 1.25
FIRST_PACKETS = 100
FILE_HEADER_BYTES, RECORD_HEADER_BYTES = 24, 16
ETHERNET_IP_SOURCE, ETHERNET_IP_DESTINATION = 26, 30


def made(network, kind, megabytes):
    """A capture file of real requests, made once and kept."""
    path = os.path.join(CACHE, f"{kind}-{megabytes}.pcap")
    if os.path.exists(path):
        return path
    os.makedirs(CACHE, exist_ok=True)
    scratch = path + f".{os.getpid()}"
    for _ in range(3):
        progress(f"files: making {path}")
        words = ["dumpcap", "-q", "-P", "-i", CLIENT_DEVICE, "-B", "1024", "-a",
                 f"filesize:{megabytes * 1000}", "-w", scratch]
        with Process(network.within(*words), network.directory + "/made.log") as dumpcap:
            time.sleep(1)
            for _ in range(30):
                network.load(2, kind)
                if not dumpcap.running():
                    break
            told = dumpcap.stop(signal.SIGINT)
        found = re.search(r"on interface '[^']*': \d+/(\d+)", told)
        if found and found.group(1) == "0":
            os.rename(scratch, path)
            return path
        os.remove(scratch)
    raise RuntimeError(f"dumpcap drops packets, {path} would have holes")


def multiplied(path):
    """The same traffic again and again, later and by other clients each time."""
    target = path.replace(".pcap", f"-x{TIMES}.pcap")
    if os.path.exists(target):
        return target
    progress(f"files: making {target}")
    with open(path, "rb") as file:
        content = file.read()
    client = bytes((10, 99, 7, 1))
    times, sources, destinations = [], [], []
    at = FILE_HEADER_BYTES
    while at + RECORD_HEADER_BYTES <= len(content):
        times.append(at)
        frame = at + RECORD_HEADER_BYTES
        for offset, places in ((ETHERNET_IP_SOURCE, sources),
                               (ETHERNET_IP_DESTINATION, destinations)):
            if content[frame + offset:frame + offset + 4] == client:
                places.append(frame + offset + 3)
        at = frame + struct.unpack_from("<I", content, at + 8)[0]
    first, = struct.unpack_from("<I", content, times[0])
    last, = struct.unpack_from("<I", content, times[-1])
    copy = bytearray(content)
    with open(target + ".new", "wb") as out:
        out.write(content)
        for number in range(1, TIMES):
            for place in times:
                seconds, = struct.unpack_from("<I", content, place)
                struct.pack_into("<I", copy, place, seconds + number * (last - first + 2))
            for place in (*sources, *destinations):
                copy[place] = 10 + number
            out.write(memoryview(copy)[FILE_HEADER_BYTES:])
    os.rename(target + ".new", target)
    return target


def wall(words):
    """Seconds from command to end."""
    before = time.monotonic()
    subprocess.run(words, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return time.monotonic() - before


def memory(path, directory):
    """Most anonymous memory of analyze in bytes, and the heap that it may take in MiB."""
    most, heap = 0, 0
    with Process([LAUNCHER, "analyze", path], directory + "/analyze.log") as process:
        while process.running():
            try:
                most = max(most, process.memory_bytes("RssAnon"))
                with open(f"/proc/{process.popen.pid}/cmdline", "rb") as file:
                    limit = re.search(rb"-Xmx(\d+)([mg])", file.read())
                if limit:
                    heap = int(limit.group(1)) << (10 if limit.group(2) == b"g" else 0)
            except (OSError, AttributeError):
                break
            time.sleep(0.01)
        process.popen.wait(300)
        if process.popen.returncode:
            raise RuntimeError("analyze: " + process.output().strip())
    return most, heap


def side_by_side(path, name, tcptrace_goal, repeats):
    """Our wall time and the others', in turns."""
    ours, expert, trace = [], [], []
    wall(["cat", path])
    for i in range(repeats):
        progress(f"files: {name}, round {i + 1} of {repeats}")
        expert.append(wall(["tshark", "-q", "-z", "expert", "-r", path]))
        # The quick ones more often: what else the machine does weighs more with them.
        for _ in range(repeats):
            ours.append(wall([LAUNCHER, "analyze", path]))
            trace.append(wall(["tcptrace", "-n", "-r", "-l", path]))
    mine = median(ours)
    slow, quick = median(expert) / mine, median(trace) / mine
    return [
        Figure(f"analyze, {name}", mine, "s", "tshark -q -z expert", median(expert), slow,
               ">= 10 x", slow >= 10),
        Figure(f"analyze, {name}", mine, "s", "tcptrace -n -r -l", median(trace), quick,
               f">= {tcptrace_goal} x", quick >= tcptrace_goal),
    ]


def measure(bench):
    network, short = bench.network, bench.short
    result, repeats = [], 1 if short else 3
    for kind, size, goal in ((BULK, 55 if short else 440, 1), (SHORT, 46 if short else 370, 2)):
        path = made(network, kind, size)
        name = f"{size} MB " + ("bulk" if kind == BULK else "short connections")
        result += side_by_side(path, name, goal, repeats)
        once, heap = memory(path, network.directory)
        result.append(Figure("  heap it may take", heap, "MiB", goal=f"<= {MAX_HEAP_MEBIBYTES} MiB",
                             met=0 < heap <= MAX_HEAP_MEBIBYTES))
        more, _ = memory(multiplied(path), network.directory)
        result.append(Figure(f"  most memory, file {TIMES} times the size", more / MEBIBYTE, "MiB",
                             f"{size} MB", once / MEBIBYTE, more / once, f"<= {GROWTH} x",
                             more <= GROWTH * once))
    few = os.path.join(network.directory, "few.pcap")
    command("editcap", "-r", "-F", "pcap", path, few, f"1-{FIRST_PACKETS}")
    progress("files: 100 packets")
    ours, expert = [], []
    for _ in range(3 if short else 9):
        ours.append(wall([LAUNCHER, "analyze", few]))
        expert.append(wall(["tshark", "-q", "-z", "expert", "-r", few]))
    result.append(Figure(f"analyze, {FIRST_PACKETS} packets", median(ours), "s",
                         "tshark -q -z expert", median(expert), median(expert) / median(ours),
                         "<= 0.5 s", median(ours) <= 0.5))
    shutil.rmtree(few, ignore_errors=True)
    return result

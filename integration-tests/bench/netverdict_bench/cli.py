"""The command line: which figures, in which order."""
import argparse
import dataclasses
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback

from . import answers, exam, files, flows, found, reach, reports, restart, saturation, table
from .network import Network, sweep
from .processes import LAUNCHER, command, progress

PARTS = {
    "capture": (saturation.measure, "drops, CPU, requests, allocation, memory, start and stop"),
    "found": (found.measure, "from the wire to being found"),
    "flows": (flows.measure, "memory for an hour of new connections"),
    "reach": (reach.measure, "how far back the ring reaches with the cutoff"),
    "exam": (exam.measure, "verdicts with and without the cutoff"),
    "answers": (answers.measure, "from report to verdict, ring full"),
    "reports": (reports.measure, "100 reports a second at saturation"),
    "restart": (restart.measure, "what is found after kill -9"),
    "files": (files.measure, "analyze on capture files"),
}
NOT_SHORT = ("exam",)
FAILED, INCOMPLETE = 1, 3
TOOLS = {"ip": "iproute2", "ethtool": "ethtool", "sysctl": "procps", "wrk": "wrk",
         "nginx": "nginx-light", "tcpdump": "tcpdump", "dumpcap": "wireshark-common",
         "editcap": "wireshark-common", "tshark": "tshark", "tcptrace": "tcptrace",
         "jcmd": "openjdk-17-jdk-headless", "mvn": "maven"}
OPTIONAL = {"netsniff-ng": "netsniff-ng"}

EPILOG = """parts:
""" + "\n".join(f"  {name:<9} {what}" for name, (_, what) in PARTS.items()) + """

examples:
  sudo integration-tests/bench/run                        everything, about 17 minutes
  sudo integration-tests/bench/run --short                under 5 minutes, for CI
  sudo integration-tests/bench/run --only capture reach   two parts of it

It works in namespaces of its own and leaves nothing but capture files in
~/.cache/netverdict-bench, which it makes once. README.md explains each figure.
"""


def arguments():
    parser = argparse.ArgumentParser(
        prog="integration-tests/bench/run", epilog=EPILOG,
        description="Measures Netverdict beside the tools people would use instead.",
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true",
                        help="one round, smaller ring and files; without "
                        + ", ".join(NOT_SHORT) + " unless named")
    parser.add_argument("--only", nargs="+", metavar="PART", choices=PARTS, default=[],
                        help="measure only these parts")
    parser.add_argument("--trace", action="store_true",
                        help="where a part cannot be measured, tell where it broke")
    return parser.parse_args()


def require():
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        sys.exit(f"bench: not installed: {' '.join(missing)}; on Debian: apt-get install "
                 + " ".join(sorted({TOOLS[tool] for tool in missing})))
    if os.geteuid() != 0:
        sys.exit("bench: needs root, for namespaces and capture: sudo integration-tests/bench/run")


def version(*words):
    """The version number that a tool tells, wherever it tells it."""
    if not shutil.which(words[0]):
        return "-"
    ran = subprocess.run(words, check=False, capture_output=True, text=True)
    found = re.search(r"\d+\.\d+[.\w+]*", ran.stdout + ran.stderr)
    return found.group(0) if found else "?"


def machine(short):
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        model = re.search(r"model name\s*: (.*)", info.read())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    tools = [("java", "-version"), ("tshark", "--version"), ("dumpcap", "--version"),
             ("tcpdump", "--version"), ("tcptrace", "-v"), ("netsniff-ng", "--version"),
             ("wrk", "-v"), ("nginx", "-v")]
    return (f"load {load}; {os.uname().sysname} {os.uname().release},"
            f" {os.cpu_count()} CPUs ({model.group(1) if model else os.uname().machine}),"
            f" {memory} GiB; " + ", ".join(f"{words[0]} {version(*words)}" for words in tools)
            + ("; short form" if short else ""))


class Ended(Exception):
    """A signal has ended the run."""


def end(*_unused):
    raise Ended()


@dataclasses.dataclass
class Bench:
    """What every part works with."""
    network: Network
    short: bool
    table: table.Table


def main():
    options = arguments()
    require()
    # Ended by a signal, the namespaces go too.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, end)
    print(machine(options.short), flush=True)
    parts = options.only or [name for name in PARTS if not (options.short and name in NOT_SHORT)]
    sweep()
    progress("building")
    command(LAUNCHER, "--version")
    shown, broken = table.Table(), []
    shown.head()
    try:
        with tempfile.TemporaryDirectory(prefix="netverdict-bench-") as directory, \
                Network(directory) as network:
            bench = Bench(network, options.short, shown)
            for name in parts:
                progress(name)
                try:
                    shown.add(PARTS[name][0](bench))
                except (RuntimeError, OSError) as problem:
                    # The other parts are worth having all the same.
                    broken.append(name)
                    print(f"bench: {name} could not be measured: {problem}", file=sys.stderr)
                    if options.trace:
                        traceback.print_exc()
    except (KeyboardInterrupt, Ended):
        broken.append("stopped")
        print("bench: stopped; the table tells what was measured", file=sys.stderr)
    shown.foot()
    if shown.failures():
        print("bench: failed: " + "; ".join(shown.failures()), file=sys.stderr)
    sys.exit(FAILED if shown.failures() else INCOMPLETE if broken else 0)

"""Processes of ours: what they cost, and that each of them ends."""
import os
import re
import signal
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.realpath(__file__)))))
LAUNCHER = os.path.join(ROOT, "netverdict")
TICKS = os.sysconf("SC_CLK_TCK")
MEBIBYTE = 1 << 20


BEGAN = time.monotonic()


def progress(text):
    print(f"bench: {time.monotonic() - BEGAN:4.0f} s: {text} …", file=sys.stderr, flush=True)


def command(*words, **options):
    """Runs a command to its end; its output. What it complains about is the exception's text."""
    ran = subprocess.run(words, check=False, capture_output=True, text=True,
                         stdin=subprocess.DEVNULL, **options)
    if ran.returncode:
        said = (ran.stderr.strip() or ran.stdout.strip() or "no reason given").splitlines()[-1]
        raise RuntimeError(f"{' '.join(words)}: {said}")
    return ran.stdout


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def median(values):
    return statistics.median(values) if values else float("nan")


class Process:
    """A process that is ended by its own id, out of reach of the terminal's Ctrl-C."""

    def __init__(self, words, log):
        self.log = log
        with open(log, "w", encoding="utf-8") as out:
            self.popen = subprocess.Popen(words, stdout=out, stderr=out,
                                          stdin=subprocess.DEVNULL, start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.stop(signal.SIGKILL)

    def running(self):
        return self.popen.poll() is None

    def cpu_seconds(self):
        """User and system time of all its threads."""
        with open(f"/proc/{self.popen.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_bytes(self, field="VmHWM"):
        """A field of /proc/PID/status; VmHWM is the most that was ever resident."""
        with open(f"/proc/{self.popen.pid}/status", encoding="ascii") as status:
            return int(re.search(field + r":\s+(\d+)", status.read()).group(1)) * 1024

    def output(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def stop(self, with_signal=signal.SIGINT, patience=20):
        """Ends it, by force where it does not go in time; what it has printed."""
        if self.running():
            self.popen.send_signal(with_signal)
            try:
                self.popen.wait(patience)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()
        return self.output()

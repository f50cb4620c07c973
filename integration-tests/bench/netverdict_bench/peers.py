"""The capture tools that Netverdict is measured beside, with the same kernel buffer."""
import glob
import os
import re
import shutil

from .network import CLIENT_DEVICE
from .processes import Process
from .service import KERNEL_BUFFER_MEBIBYTES

RING_FILES = 5
RING_FILE_KILOBYTES = 200_000


class Peer:
    """A tool: the words that start it, and how it tells what it has dropped."""

    def __init__(self, name, words, dropped):
        self.name = name
        self.words = words
        self.pattern = dropped

    def installed(self):
        return shutil.which(self.words[0]) is not None

    def start(self, network):
        words = [word.replace("DIR", network.directory) for word in self.words]
        return Process(network.within(*words), f"{network.directory}/peer.log")

    def dropped(self, output):
        found = re.search(self.pattern, output)
        return int(found.group(1)) if found else -1

    def clean(self, network):
        for path in glob.glob(network.directory + "/peer*.pcap*"):
            os.remove(path)


def tcpdump(target):
    return ["tcpdump", "-i", CLIENT_DEVICE, "-n", "-Z", "root", "-s", "262144", "-B",
            str(KERNEL_BUFFER_MEBIBYTES * 1024), "-w", target]


def dumpcap_ring(target, kilobytes=RING_FILE_KILOBYTES):
    return ["dumpcap", "-q", "-i", CLIENT_DEVICE, "-B", str(KERNEL_BUFFER_MEBIBYTES), "-b",
            f"filesize:{kilobytes}", "-b", f"files:{RING_FILES}", "-w", target]


TCPDUMP_NULL = Peer("tcpdump /dev/null", tcpdump("/dev/null"), r"(\d+) packets dropped by kernel")
TCPDUMP_FILE = Peer("tcpdump to a file", tcpdump("DIR/peer.pcap"),
                    r"(\d+) packets dropped by kernel")
DUMPCAP_RING = Peer("dumpcap -b", dumpcap_ring("DIR/peer.pcapng"),
                    r"on interface '[^']*': \d+/(\d+)")
NETSNIFF = Peer("netsniff-ng to a file",
                ["netsniff-ng", "--in", CLIENT_DEVICE, "--out", "DIR/peer.pcap", "--silent",
                 "--no-sock-mem", "--ring-size", f"{KERNEL_BUFFER_MEBIBYTES}MiB"],
                r"(\d+)\s+packets failed filter")

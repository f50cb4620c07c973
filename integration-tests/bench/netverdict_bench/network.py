"""Two namespaces joined by a veth pair without offloads, nginx in one, wrk in the other."""
import contextlib
import ctypes
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

from .processes import Process, command

CLIENT, SERVER = "10.99.7.1", "10.99.7.2"
CLIENT_DEVICE, SERVER_DEVICE = "nvb0", "nvb1"
BULK, SHORT = "bulk", "short"
BODY_BYTES = {BULK: 27_000, SHORT: 2_048}
CONNECTIONS = 50
PREFIX = "nvbench"
CLONE_NEWNET = 0x40000000
LIBC = ctypes.CDLL(None, use_errno=True)

NGINX = """daemon off; worker_processes 1; user root; pid {0}/nginx.pid; error_log {0}/nginx.log;
events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000000;
  client_body_temp_path {0}; proxy_temp_path {0}; fastcgi_temp_path {0}; uwsgi_temp_path {0};
  scgi_temp_path {0}; server {{ listen {1}:80 backlog=4096; root {0}/www; }} }}
"""


@contextlib.contextmanager
def inside(namespace):
    """Sockets that this thread makes meanwhile belong to the namespace."""
    with open("/proc/thread-self/ns/net", encoding="ascii") as home, \
            open(f"/run/netns/{namespace}", encoding="ascii") as there:
        if LIBC.setns(there.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), f"setns {namespace}")
        try:
            yield
        finally:
            LIBC.setns(home.fileno(), CLONE_NEWNET)


def sweep():
    """Removes what a run that was killed has left behind."""
    for name in os.listdir("/run/netns") if os.path.isdir("/run/netns") else ():
        owner = re.fullmatch(PREFIX + r"-[cs](\d+)", name)
        if owner and not os.path.exists(f"/proc/{owner.group(1)}"):
            remove(name)


def remove(namespace):
    """A namespace and whatever still runs in it, which is ours."""
    listed = subprocess.run(["ip", "netns", "pids", namespace], check=False,
                            capture_output=True, text=True)
    for pid in listed.stdout.split():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
    subprocess.run(["ip", "netns", "delete", namespace], check=False, capture_output=True)


class Network:
    """Lives in a with statement; at its end everything is gone."""

    def __init__(self, directory):
        self.client, self.server = f"{PREFIX}-c{os.getpid()}", f"{PREFIX}-s{os.getpid()}"
        self.directory = directory
        self.nginx = None

    def __enter__(self):
        try:
            self.build()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *unused):
        if self.nginx:
            self.nginx.stop(signal.SIGTERM)
        for name in (self.client, self.server):
            remove(name)

    def build(self):
        for name in (self.client, self.server):
            command("ip", "netns", "add", name)
            command("ip", "-n", name, "link", "set", "lo", "up")
        command("ip", "-n", self.client, "link", "add", CLIENT_DEVICE, "type", "veth",
                "peer", "name", SERVER_DEVICE, "netns", self.server)
        for name, device, address in ((self.client, CLIENT_DEVICE, CLIENT),
                                      (self.server, SERVER_DEVICE, SERVER)):
            command("ip", "-n", name, "address", "add", address + "/24", "dev", device)
            command("ip", "-n", name, "link", "set", device, "up")
            command("ip", "netns", "exec", name, "ethtool", "-K", device,
                    "tso", "off", "gso", "off", "gro", "off", "tx", "off", "rx", "off")
            # So that a connection for each request finds a port for minutes.
            command("ip", "netns", "exec", name, "sysctl", "-q", "-w",
                    "net.ipv4.ip_local_port_range=1100 65000", "net.ipv4.tcp_tw_reuse=1")
        os.chmod(self.directory, 0o755)
        os.makedirs(self.directory + "/www", exist_ok=True)
        for name, size in BODY_BYTES.items():
            with open(f"{self.directory}/www/{name}", "wb") as body:
                body.write(os.urandom(size))
        with open(self.directory + "/nginx.conf", "w", encoding="ascii") as conf:
            conf.write(NGINX.format(self.directory, SERVER))
        self.nginx = Process(
            ["ip", "netns", "exec", self.server, "nginx", "-c", self.directory + "/nginx.conf"],
            self.directory + "/nginx.out")
        self.wait_for_nginx()

    def wait_for_nginx(self):
        for _ in range(100):
            with contextlib.suppress(OSError), inside(self.client), \
                    socket.create_connection((SERVER, 80), 1):
                return
            if not self.nginx.running():
                break
            time.sleep(0.05)
        raise RuntimeError("nginx does not answer: " + self.nginx.output().strip())

    def packets(self):
        """Packets that have crossed the client's interface, both ways."""
        links = json.loads(command("ip", "-n", self.client, "-j", "-s", "link", "show",
                                   CLIENT_DEVICE))
        counters = links[0]["stats64"]
        return counters["rx"]["packets"] + counters["tx"]["packets"]

    def within(self, *words):
        """The words of a command that runs beside the client."""
        return ["ip", "netns", "exec", self.client, *words]

    def start_load(self, seconds, kind=BULK):
        words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", f"http://{SERVER}/{kind}"]
        if kind == SHORT:
            words += ["-H", "Connection: close"]
        return Process(self.within(*words), f"{self.directory}/wrk-{time.monotonic_ns()}.log")

    def load(self, seconds, kind=BULK):
        """Requests a second that wrk got."""
        with self.start_load(seconds, kind) as wrk:
            wrk.popen.wait(seconds + 30)
            found = re.search(r"Requests/sec:\s+([\d.]+)", wrk.output())
        if not found:
            raise RuntimeError("wrk: " + wrk.output().strip())
        return float(found.group(1))

    def flood(self, flows, first=0):
        """So many flows of two packets each, as fast as they go; seconds it took."""
        sender = os.path.join(os.path.dirname(os.path.realpath(__file__)), "flood.py")
        before = time.monotonic()
        command("ip", "netns", "exec", self.server, sys.executable, sender, SERVER_DEVICE,
                str(flows), str(first))
        return time.monotonic() - before

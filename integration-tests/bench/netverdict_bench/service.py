"""The service under measurement."""
import datetime
import http.client
import json
import re
import shutil
import signal
import socket
import tempfile
import time

from .network import CLIENT_DEVICE, SERVER, inside
from .processes import LAUNCHER, Process, command

API_PORT = 18321
CLOSED_PORT = 81
REFUSED = "tcp.refused"
KERNEL_BUFFER_MEBIBYTES = 256
OVERHEAD_MEBIBYTES = 256
START_SECONDS = 30
WARM_SECONDS = 120
DROPS = ("droppedByKernel", "droppedByInterface", "refusedByRing")


class NamespaceConnection(http.client.HTTPConnection):
    """HTTP to an address of another network namespace."""

    def __init__(self, namespace):
        super().__init__("127.0.0.1", API_PORT, timeout=60)
        self.namespace = namespace

    def connect(self):
        with inside(self.namespace):
            super().connect()


def exchange(connection, path, text):
    """Status and body of one request; after a failure the connection is closed."""
    try:
        connection.request("GET" if text is None else "POST", path, text,
                           {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except BaseException:
        connection.close()
        raise


class Service:
    """netverdict serve on the client's interface; lives in a with statement."""

    def __init__(self, network, ring, cutoff="64KiB", extra=(), data=None):
        self.network = network
        self.ring = ring
        self.data = data or tempfile.mkdtemp(prefix="data-", dir=network.directory)
        self.began = time.monotonic()
        self.process = Process(
            network.within(
                LAUNCHER, "serve", "--interface", CLIENT_DEVICE, "--ring", f"{ring}MiB",
                "--kernel-buffer", f"{KERNEL_BUFFER_MEBIBYTES}MiB", "--cutoff", cutoff,
                "--data", self.data, "--settle", "0s", "--listen", f"127.0.0.1:{API_PORT}",
                *extra),
            f"{network.directory}/serve.log")
        self.connection = None
        self.started_seconds = self.stopped_seconds = 0.0
        try:
            self.await_start()
        except BaseException:
            self.process.stop(signal.SIGKILL)
            raise

    def await_start(self):
        while True:
            try:
                self.status()
                self.started_seconds = time.monotonic() - self.began
                return
            except (OSError, http.client.HTTPException):
                if not self.process.running() or time.monotonic() > self.began + START_SECONDS:
                    raise RuntimeError(
                        "serve does not start: " + self.process.output().strip()) from None
                time.sleep(0.01)

    def __enter__(self):
        return self

    def __exit__(self, kind, *unused):
        if kind is None:
            self.stop()
        else:
            self.process.stop(signal.SIGKILL)
        shutil.rmtree(self.data, ignore_errors=True)

    def stop(self):
        """Ends it as an administrator would; seconds until it was gone."""
        if self.process.running():
            before = time.monotonic()
            self.process.stop(signal.SIGTERM)
            self.stopped_seconds = time.monotonic() - before
        return self.stopped_seconds

    def connect(self):
        """A connection of one's own, for another thread."""
        return NamespaceConnection(self.network.client)

    def call(self, path, body=None, connection=None):
        """The answer to a call, read as JSON, and the seconds it took."""
        if connection is None:
            self.connection = self.connection or self.connect()
            connection = self.connection
        text = None if body is None else json.dumps(body).encode()
        before = time.monotonic()
        try:
            status, read = exchange(connection, path, text)
        except ConnectionError:
            # Idle connections are closed by the server; keys make reports safe to repeat.
            connection.close()
            before = time.monotonic()
            status, read = exchange(connection, path, text)
        took = time.monotonic() - before
        if status >= 400:
            raise RuntimeError(f"{path}: {status} {read.decode(errors='replace')}")
        return json.loads(read), took

    def status(self):
        return self.call("/api/v1/status")[0]

    def await_warm(self):
        """Waits until the service has warmed up, as one that has run for a minute has."""
        end = time.monotonic() + WARM_SECONDS
        while not self.status()["warm"]:
            if time.monotonic() > end:
                raise RuntimeError("serve does not warm up")
            time.sleep(0.2)

    def recorder(self):
        return self.status()["recorder"]

    def dropped(self):
        recorder = self.recorder()
        return sum(recorder[key] for key in DROPS)

    def report(self, key, wait="30s", connection=None, at=None):
        """Reports a refused connection; its cause, None where undecided, and the seconds."""
        body = {"message": f"connect ECONNREFUSED {SERVER}:{CLOSED_PORT}",
                "url": f"http://{SERVER}:{CLOSED_PORT}/", "key": key}
        if at:
            body["occurredAt"] = at
        path = "/api/v1/errors" + (f"?wait={wait}" if wait else "")
        answer, took = self.call(path, body, connection)
        return (answer.get("verdict") or {}).get("cause"), took

    def be_refused(self):
        """A connection that fails, to be reported; when it failed, as reports tell it."""
        with inside(self.network.client), socket.socket() as client:
            client.settimeout(5)
            client.connect_ex((SERVER, CLOSED_PORT))
        return datetime.datetime.now(datetime.timezone.utc).isoformat().replace("+00:00", "Z")

    def allocated_bytes(self):
        """What its capture threads have allocated since they began, by the JVM's own count."""
        dump = command("jcmd", str(self.process.popen.pid), "Thread.print", "-e")
        found = re.findall(r'^"capture-(?!follower).*?allocated=(\d+)([BKMG])', dump,
                           re.MULTILINE)
        if not found:
            raise RuntimeError("jcmd shows no capture thread")
        return sum(int(count) << 10 * "BKMG".index(unit) for count, unit in found)

    def promised_bytes(self):
        """What --ring promises: the ring, the kernel's buffer and 256 MiB."""
        return self.ring + KERNEL_BUFFER_MEBIBYTES + OVERHEAD_MEBIBYTES << 20

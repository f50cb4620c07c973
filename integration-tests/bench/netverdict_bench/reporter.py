"""reporter.py PORT HOST CLOSED_PORT THREADS REPORTS_PER_SECOND SECONDS: reports errors at a fixed pace.

A process of its own that runs where the errors happen, with plain sockets: on a machine that is full
the cost of the reporting itself is not to count. Each thread connects to a port that nobody listens
on and reports that a tenth of a second later. Prints a line a report: cause, milliseconds.
"""
import re
import socket
import sys
import threading
import time

# Longer than libpcap and a busy machine hold a packet back.
PACKET_SECONDS = 0.1
# A verdict that takes longer counts as none.
WAIT = "5s"
HEAD = ("POST /api/v1/errors?wait={wait} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n")
BODY = ('{{"message":"connect ECONNREFUSED {host}:{closed}","url":"http://{host}:{closed}/",'
        '"key":"{key}"}}')
CAUSE = re.compile(rb'"cause":"([^"]*)"')


class Connection:
    """HTTP on a plain socket: a client library takes as long as a good part of the answer."""

    def __init__(self, port, host, closed):
        self.port, self.host, self.closed = port, host, closed
        self.socket = socket.create_connection(("127.0.0.1", port), 30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def be_refused(self):
        """A connection that fails, to be reported."""
        with socket.socket() as client:
            client.settimeout(5)
            client.connect_ex((self.host, self.closed))

    def report(self, key):
        """Reports a refused connection; its cause and the milliseconds."""
        body = BODY.format(host=self.host, closed=self.closed, key=key).encode()
        head = HEAD.format(wait=WAIT, port=self.port, length=len(body)).encode()
        before = time.monotonic()
        self.socket.sendall(head + body)
        answer = self.answer()
        took = time.monotonic() - before
        cause = CAUSE.search(answer)
        return cause.group(1).decode() if cause else "-", took * 1e3

    def answer(self):
        """One whole answer, its head included."""
        read = b""
        while b"\r\n\r\n" not in read:
            read += self.more()
        head = read[:read.index(b"\r\n\r\n") + 4]
        if int(head.split(b" ", 2)[1]) >= 400:
            raise ValueError(head.decode(errors="replace").split("\r\n")[0])
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        if length:
            while len(read) < len(head) + int(length.group(1)):
                read += self.more()
        else:
            while not read.endswith(b"\r\n0\r\n\r\n"):
                read += self.more()
        return read

    def more(self):
        part = self.socket.recv(1 << 18)
        if not part:
            raise ValueError("the connection was closed")
        return part


class Reporter(threading.Thread):
    """One application that fails again and again."""

    def __init__(self, port, host, closed, number):
        super().__init__(daemon=True)
        self.number = number
        self.lines = []
        self.problem = None
        self.connection = Connection(port, host, closed)

    def pace(self, due, pace, end):
        self.due, self.pace_seconds, self.end = due, pace, end

    def run(self):
        try:
            while self.due < self.end:
                time.sleep(max(0.0, self.due - time.monotonic()))
                self.due += self.pace_seconds
                self.connection.be_refused()
                time.sleep(PACKET_SECONDS)
                self.lines.append(
                    self.connection.report(f"reports-{self.number}-{len(self.lines)}"))
        except (OSError, ValueError) as problem:
            self.problem = problem


def main():
    port, host, closed, threads = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    pace, seconds = threads / float(sys.argv[5]), float(sys.argv[6])
    reporters = [Reporter(port, host, closed, number) for number in range(threads)]
    began = time.monotonic()
    for number, each in enumerate(reporters):
        each.pace(began + pace * number / threads, pace, began + seconds)
        each.start()
    for each in reporters:
        each.join(seconds + 60)
    for each in reporters:
        if each.problem:
            sys.exit(f"reporter: {each.problem}")
        for cause, millis in each.lines:
            print(cause, f"{millis:.3f}")


if __name__ == "__main__":
    main()

"""Reports HTTP requests that fail to the netverdict service on this machine, and logs why.

One file, standard library only, for urllib, http.client, requests, httpx, aiohttp and whatever
else raises exceptions; copy it into your program (Python 3.8 or newer).

    import netverdict
    netverdict.install()

From then on exceptions of failed requests that are logged (``log.exception``, ``exc_info=True``)
or end the program are reported, and a moment later the logger ``netverdict`` warns with the hint.
To know the URL and when the request began, and to have the hint in the exception itself:

    with netverdict.watch("https://store.example/img", wait=3):
        requests.get("https://store.example/img")

Nothing here raises into the program, and nothing waits unless ``wait`` says how long it may.
"""

import atexit
import contextlib
import datetime
import json
import logging
import os
import platform
import queue
import socket
import ssl
import sys
import threading
import time
import traceback
import urllib.parse
import urllib.request
import uuid

SERVICE = (os.environ.get("NETVERDICT_URL") or "http://127.0.0.1:8321").rstrip("/")
HINT_DEADLINE = 10  # seconds a hint is awaited in the background
EXIT_WAIT = 5  # seconds the end of the program may wait for reports under way
MAX_MESSAGE = 32 * 1024
MAX_PENDING = 100
LONGEST_REST = 60
MAX_CAUSES = 32

log = logging.getLogger("netverdict")

_NETWORK_MODULES = ("requests", "urllib", "urllib3", "http", "httpx", "httpcore", "aiohttp",
                    "botocore", "ssl", "socket")
_NETWORK_ERRORS = (ConnectionError, socket.timeout, socket.gaierror, socket.herror, ssl.SSLError)


class Hint:
    """The service's answer."""

    def __init__(self, incident, cause, text):
        self.incident, self.cause, self.text = incident, cause, text

    def __str__(self):
        return "%s [%s, incident %s]" % (self.text, self.cause, self.incident)


class _Report:
    def __init__(self, body, error):
        self.body, self.error = body, error
        self.hint, self.done = None, threading.Event()


class _Reporter:
    """A thread of its own that sends reports, started with the first."""

    def __init__(self):
        self.lock = threading.Lock()
        self.queue = queue.Queue(MAX_PENDING)
        self.thread, self.rest, self.away_until, self.left_out = None, 0, 0, 0

    def send(self, report):
        with self.lock:
            if time.monotonic() < self.away_until or self.queue.full():
                self.left_out += 1
                report.done.set()
                return
            if self.left_out:
                report.body["attributes"]["netverdict.leftOut"] = str(self.left_out)
                self.left_out = 0
            self.queue.put_nowait(report)
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="netverdict", daemon=True)
                self.thread.start()

    def run(self):
        while True:
            report = self.queue.get()
            try:
                self.deliver(report)
            except Exception as failure:  # pylint: disable=broad-except
                log.debug("no hint: %s", failure)
            finally:
                report.done.set()
                self.queue.task_done()

    def deliver(self, report):
        if time.monotonic() < self.away_until:
            return
        try:
            report.hint = _post(report.body)
        except Exception as failure:  # pylint: disable=broad-except
            if not self.rest:
                log.warning("failed requests go unreported until %s answers: %s", SERVICE, failure)
            self.rest = min(LONGEST_REST, 2 * self.rest or 1)
            self.away_until = time.monotonic() + self.rest
            return
        self.rest = self.away_until = 0
        if report.hint:
            if report.error is not None and hasattr(report.error, "add_note"):
                report.error.add_note("netverdict: %s" % report.hint)
            log.warning("hint for %s: %s", report.body.get("url") or "the request", report.hint,
                        extra={"netverdict_cause": report.hint.cause,
                               "netverdict_incident": report.hint.incident})

    def flush(self):
        end = time.monotonic() + EXIT_WAIT
        while self.queue.unfinished_tasks and time.monotonic() < end:
            time.sleep(0.02)


_reporter = _Reporter()
atexit.register(_reporter.flush)


def _post(body):
    request = urllib.request.Request(
        "%s/api/v1/errors?wait=%ds" % (SERVICE, HINT_DEADLINE), json.dumps(body).encode(),
        {"Content-Type": "application/json"})
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=HINT_DEADLINE + 2) as answer:
            incident = json.loads(answer.read(8 << 20))
    except urllib.error.HTTPError as answer:
        if answer.code >= 500 or answer.code == 429:
            raise
        return None  # this report is refused, the next may be taken
    except ValueError:
        return None
    verdict = incident.get("verdict") if isinstance(incident, dict) else None
    if not verdict or not verdict.get("cause"):
        return None
    return Hint(incident.get("id"), verdict["cause"], verdict.get("hint"))


def _limited(text):
    if len(text) <= MAX_MESSAGE:
        return text
    half = MAX_MESSAGE // 2
    left_out = len(text) - 2 * half
    return "%s\n[... %d characters left out ...]\n%s" % (text[:half], left_out, text[-half:])


def _without_user(url):
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _time(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat()


def _causes(error):
    for _ in range(MAX_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def is_of_the_network(error):
    """Whether an exception, or what caused it, says that a request failed on the network."""
    for cause in _causes(error):
        if isinstance(cause, urllib.error.HTTPError):
            return False  # an answer
        if isinstance(cause, _NETWORK_ERRORS):
            return True
        if (type(cause).__module__ or "").split(".")[0] in _NETWORK_MODULES:
            return getattr(cause, "response", None) is None
    return False


def _request_of(error):
    """URL and method, where the library's exception tells them (requests, httpx)."""
    for cause in _causes(error):
        try:
            request = getattr(cause, "request", None)
            if request is not None and getattr(request, "url", None):
                return str(request.url), getattr(request, "method", None)
        except RuntimeError:
            continue  # httpx: not set
    return None, None


def report(error, url=None, method=None, started=None, message=None, wait=0):
    """Reports an exception, once; waits for the hint no longer than told. Never raises."""
    try:
        if getattr(error, "_netverdict_reported", False):
            return None
        with contextlib.suppress(Exception):
            error._netverdict_reported = True
        known_url, known_method = _request_of(error)
        texts = ["".join(traceback.format_exception_only(type(e), e)).strip()
                 for e in _causes(error)]
        url = url or known_url
        body = {
            "message": _limited("\n".join(([message] if message else []) + texts)),
            "url": _limited(_without_user(url)) if url else None,
            "method": method or known_method,
            "occurredAt": _time(time.time()),
            "startedAt": _time(started) if started else None,
            "client": "python %s" % platform.python_version(),
            "key": "python-%s" % uuid.uuid4(),
            "attributes": {"exception": type(error).__module__ + "." + type(error).__name__},
        }
        sent = _Report({k: v for k, v in body.items() if v is not None}, error)
        _reporter.send(sent)
        if wait:
            sent.done.wait(wait)
        return sent.hint
    except Exception as failure:  # pylint: disable=broad-except
        log.debug("not reported: %s", failure)
        return None


@contextlib.contextmanager
def watch(url=None, method="GET", wait=0):
    """Reports what the requests in its body raise."""
    started = time.time()
    try:
        yield
    except Exception as error:
        if is_of_the_network(error):
            report(error, url, method, started, wait=wait)
        raise


def _logged(record):
    error = record.exc_info[1] if record.exc_info else None
    if (error is not None and record.levelno >= logging.WARNING and record.name != log.name
            and is_of_the_network(error)):
        report(error, message=record.getMessage())


def install():
    """Reports what is logged, and what ends the program or a thread."""
    factory = logging.getLogRecordFactory()

    def made(*arguments, **named):
        # No handler: with one of ours, logging would no longer set up its own.
        record = factory(*arguments, **named)
        with contextlib.suppress(Exception):
            _logged(record)
        return record

    logging.setLogRecordFactory(made)
    program, thread = sys.excepthook, threading.excepthook

    def ended(kind, error, trace):
        if error is not None and is_of_the_network(error):
            report(error)
        program(kind, error, trace)

    def thread_ended(arguments):
        if arguments.exc_value is not None and is_of_the_network(arguments.exc_value):
            report(arguments.exc_value)
        thread(arguments)

    sys.excepthook, threading.excepthook = ended, thread_ended

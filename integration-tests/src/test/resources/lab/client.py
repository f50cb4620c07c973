"""A program that logs what urllib raises, and has installed error-hook's reporter: seconds, URLs."""
import logging
import sys
import urllib.request

import netverdict

logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(message)s")
netverdict.install()
for url in sys.argv[2:]:
    print("== " + url, flush=True)
    try:
        with netverdict.watch(url, wait=15):
            urllib.request.urlopen(url, timeout=int(sys.argv[1])).read()
    except OSError:
        logging.exception("cannot get %s", url)
    except Exception:
        logging.exception("cannot read %s", url)

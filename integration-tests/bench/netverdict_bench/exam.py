"""The exam's verdicts with and without the cutoff: the test that compares them, run."""
import os
import re
import subprocess

from .processes import ROOT, progress
from .table import Figure

TEST = "CutoffExamTest"
REPORT = os.path.join(ROOT, "integration-tests", "target", "surefire-reports",
                      f"TEST-io.netverdict.it.exam.{TEST}.xml")


def measure(_bench):
    progress("exam: each case with and without the cutoff")
    ran = subprocess.run(
        ["mvn", "-q", "-B", "-ntp", "-f", os.path.join(ROOT, "pom.xml"), "-pl",
         "integration-tests", "-am", "test", f"-Dtest={TEST}", "-Dspotless.check.skip=true",
         "-Dsurefire.failIfNoSpecifiedTests=false"],
        check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    try:
        with open(REPORT, encoding="utf-8") as report:
            told = report.read()
    except OSError:
        told = ""
    found = re.search(r"of (\d+) cases (\d+) had packets cut, (\d+) changed cause", told)
    if not found:
        complaint = (ran.stdout.strip() or "no reason given").splitlines()[0]
        raise RuntimeError("the cases are not here" if "skipped: the exam" in told else complaint)
    cases, cut, changed = map(int, found.groups())
    return [Figure("exam: causes that the cutoff changes", changed, "cases",
                   f"{cut} of {cases} cut", goal="0", met=changed == 0, fails=changed > 0)]

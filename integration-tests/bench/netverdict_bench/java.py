"""Java programs of the tests: compiled by Maven when they are not, run with the tests' classpath."""
import os
import subprocess
import sys

from .processes import ROOT

MODULE = os.path.join(ROOT, "integration-tests")
CLASSPATH = os.path.join(MODULE, "target", "bench.classpath")
CLASSES = os.path.join(MODULE, "target", "test-classes")
SOURCES = ("native-lib", "capture-core", "correlator", "storage", "service", "error-hook",
           "integration-tests")

# As the launcher starts the service.
FLAGS = ["-XX:+UseSerialGC", "-Xmx256m", "-XX:MaxDirectMemorySize=1024g"]


def is_stale():
    if not os.path.exists(CLASSPATH):
        return True
    built = os.path.getmtime(CLASSPATH)
    for module in SOURCES:
        top = os.path.join(ROOT, module)
        if os.path.getmtime(os.path.join(top, "pom.xml")) > built:
            return True
        for directory, _, names in os.walk(os.path.join(top, "src")):
            if any(os.path.getmtime(os.path.join(directory, name)) > built
                   for name in names if name.endswith((".java", ".xml", ".ksy", ".sql"))):
                return True
    return False


def build():
    """Compiles what has changed; raises RuntimeError with Maven's complaint."""
    if not is_stale():
        return
    ran = subprocess.run(
        ["mvn", "-q", "-B", "-ntp", "-f", os.path.join(ROOT, "pom.xml"), "-pl",
         "integration-tests", "-am", "-Dspotless.check.skip=true", "test-compile",
         "org.apache.maven.plugins:maven-dependency-plugin:build-classpath",
         "-Dmdep.includeScope=test", "-Dmdep.outputFile=target/bench.classpath"],
        check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if ran.returncode:
        raise RuntimeError("the tests do not compile:\n" + ran.stdout.strip())
    # Maven leaves the file alone where the classpath is what it was.
    os.utime(CLASSPATH)


def words(main_class, *arguments, flags=()):
    """The command that runs a class of the tests."""
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else "java"
    with open(CLASSPATH, encoding="utf-8") as file:
        classpath = CLASSES + os.pathsep + file.read().strip()
    return [java, *FLAGS, *flags, "-cp", classpath, main_class, *map(str, arguments)]


def run_benchmarks(arguments):
    """JMH in the place of this process."""
    try:
        build()
    except RuntimeError as problem:
        sys.exit(f"jmh: {problem}")
    line = words("org.openjdk.jmh.Main", "-jvmArgs", " ".join(FLAGS), "-prof", "gc", *arguments)
    os.execvp(line[0], line)

"""The one table."""
import dataclasses
import math


@dataclasses.dataclass
class Figure:
    """A line: ours, a peer's, their ratio, the goal, and whether it is met.

    met None: told for the record, without a goal. fails: reason enough for a failed run.
    """
    what: str
    ours: float
    unit: str
    peer: str = ""
    theirs: float = math.nan
    ratio: float = math.nan
    goal: str = ""
    met: bool = None
    fails: bool = False

    def line(self):
        verdict = "" if self.met is None else "met" if self.met else "NOT MET"
        return (f"{self.what:<46} {number(self.ours):>9} {self.unit:<7} {self.peer:<25}"
                f" {number(self.theirs):>9} {number(self.ratio):>8}{' ' if math.isnan(self.ratio) else 'x'}"
                f"  {self.goal:<20} {verdict}").rstrip()


def number(value):
    """Three significant digits, no more than that can be trusted; nothing for what is not."""
    if math.isnan(value):
        return ""
    if value == int(value) and abs(value) < 1e9:
        return f"{int(value)}"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{min(digits, 4)}f}"


HEAD = (f"{'figure':<46} {'ours':>9} {'':<7} {'peer':<25} {'':>9} {'ratio':>9}  {'goal':<20}")


class Table:
    """Prints each figure as soon as it is there, and what belongs to them at the end."""

    def __init__(self):
        self.figures, self.notes = [], []

    def head(self):
        print("\n" + HEAD.rstrip(), flush=True)

    def add(self, figures):
        for figure in figures:
            self.figures.append(figure)
            print(figure.line(), flush=True)

    def note(self, text):
        """A line to be printed below the table."""
        self.notes.append(text)

    def foot(self):
        judged = [figure for figure in self.figures if figure.met is not None]
        print(f"{sum(figure.met for figure in judged)} of {len(judged)} goals met")
        print("\n".join(["", *self.notes]) if self.notes else "", flush=True)

    def failures(self):
        return [figure.what.strip() for figure in self.figures if figure.fails]

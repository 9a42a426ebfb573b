"""What a figure has to reach, and what came of a case: rows of the summary, and tables of the figures behind them."""
from dataclasses import dataclass, field
from statistics import median

MISSED, MET, REACHES_AIM, INFORMATION, FAILED = "**missed**", "met", "reaches the aim", "information", "FAILED"


@dataclass(frozen=True)
class Goal:
    """The bar must be reached; the aim is what it should be."""
    bar: float
    aim: float | None = None
    unit: str = "×"
    at_least: bool = False      # Else at most.

    def text(self, value):
        return "" if value is None else f"{'≥' if self.at_least else '≤'} {value:g} {self.unit}"

    def is_reached(self, value, limit):
        return value >= limit if self.at_least else value <= limit

    def verdict(self, value):
        if not self.is_reached(value, self.bar):
            return MISSED
        return REACHES_AIM if self.aim is not None and self.is_reached(value, self.aim) else MET

    def margin(self, value):
        """How many times as good as the bar asks for."""
        return value / self.bar if self.at_least else self.bar / max(value, 1e-9)


def at_least(bar, aim=None, unit="×"):
    return Goal(bar, aim, unit, at_least=True)


def at_most(bar, aim=None, unit="×"):
    return Goal(bar, aim, unit)


@dataclass
class Row:
    """One line of the summary."""
    what: str                   # requests/s, CPU per request, p99, …
    measured: str
    yardstick: str = ""
    ratio: str = ""
    value: float | None = None  # What the goal is about.
    goal: Goal | None = None

    @property
    def verdict(self):
        return INFORMATION if self.goal is None else self.goal.verdict(self.value)


@dataclass
class Result:
    """A case's outcome."""
    case: object
    rows: list = field(default_factory=list)
    head: list = field(default_factory=list)        # Of the table behind it
    details: list = field(default_factory=list)
    failure: str = ""

    @property
    def is_met(self):
        return all(row.verdict != MISSED for row in self.rows)


def spread(values, form="{:,.0f}"):
    """The median, and from the smallest to the largest."""
    values = [value for value in values if value is not None]
    if not values:
        return ""
    return f"{form.format(median(values))} ({form.format(min(values))} – {form.format(max(values))})"

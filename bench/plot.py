"""The picture of a run: for each figure with a bar, how many times as good as the bar it is, and where the aim is."""
import math

from goals import MET, MISSED, REACHES_AIM

# Tones that can be read on a white page and on a dark one; the background is left to the page.
INK, FAINT = "#768390", "#8b949e"
COLOURS = {MISSED: "#e5534b", MET: "#4184e4", REACHES_AIM: "#2da44e"}
NAMES = {MISSED: "misses its bar", MET: "meets its bar", REACHES_AIM: "reaches its aim"}
SPAN_MIN, SPAN_MAX = 0.25, 12   # Of the axis: what lies beyond ends at its edge, with its figure beside it.
ROW_INCHES, WIDTH_INCHES = 0.34, 11.5


def entries(results):
    """(name, row) of what has a bar, in the order of the page; without a row where a case has no figure."""
    found = []
    for result in results:
        found += [(result.case.name, row) for row in result.rows if row.goal is not None]
        if result.failure:
            found.append((result.case.name, None))
    return found


def value_text(row):
    unit = row.goal.unit
    form = "{:.2f}" if unit == "×" and row.value < 10 else "{:.0f}" if row.value >= 10 else "{:.1f}"
    return f"{form.format(row.value)} {unit}"


def bounds(rows):
    """Of the axis. It begins low enough for half a bar, and ends high enough for twice one."""
    measured = [row for _, row in rows if row]
    margins = [row.goal.margin(row.value) for row in measured]
    margins += [row.goal.margin(row.goal.aim) for row in measured if row.goal.aim is not None]
    return max(SPAN_MIN, min(0.5, *margins, 1) * 0.9), min(SPAN_MAX, max(2.2, *margins, 1) * 1.1)


def write(axes, side, at, offset, text, **how):
    """Text beside the axes, so many points from the left side (0) or the right one (1)."""
    axes.annotate(text, (side, at), xycoords=("axes fraction", "data"), xytext=(offset, 0), textcoords="offset points",
                  va="center", annotation_clip=False, **how)


def draw_row(axes, at, name, row, low, high):
    write(axes, 0, at, -330, name, ha="left", fontsize=10, color=INK, fontweight="bold")
    if row is None:
        write(axes, 1, at, 62, "no figure", ha="right", fontsize=10, color=COLOURS[MISSED], fontweight="bold")
        return
    goal, colour = row.goal, COLOURS[row.verdict]
    shown = min(max(goal.margin(row.value), low), high)
    axes.barh(at, math.log2(shown), height=0.5, color=colour, linewidth=0, zorder=2)
    if goal.aim is not None:
        aim = min(max(goal.margin(goal.aim), low), high)
        axes.plot([math.log2(aim)] * 2, [at - 0.36, at + 0.36], color=INK, linewidth=2, solid_capstyle="round",
                  zorder=3)
    write(axes, 0, at, -12, row.what, ha="right", fontsize=9, color=FAINT)
    write(axes, 1, at, 62, value_text(row), ha="right", fontsize=10, color=colour, fontweight="bold")
    wanted = goal.text(goal.bar) + (f", aim {goal.aim:g}" if goal.aim is not None else "")
    write(axes, 1, at, 74, wanted, ha="left", fontsize=9, color=FAINT)


def draw_axes(axes, count, low, high):
    axes.set_xlim(math.log2(low), math.log2(high))
    axes.set_ylim(count - 0.4, -0.9)
    axes.set_yticks([])
    ticks = [tick for tick in (0.25, 0.5, 1, 2, 4, 8, 16) if low <= tick <= high]
    axes.set_xticks([math.log2(tick) for tick in ticks])
    axes.set_xticklabels(["bar" if tick == 1 else f"{tick:g} ×" for tick in ticks], color=FAINT, fontsize=9)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, pad=4)
    for tick in ticks:
        axes.axvline(math.log2(tick), color=INK if tick == 1 else FAINT, linewidth=1.4 if tick == 1 else 0.6,
                     alpha=1 if tick == 1 else 0.35, zorder=1 if tick != 1 else 4)
    for side in axes.spines.values():
        side.set_visible(False)


def draw(results, title, file):
    """Writes the SVG."""
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "contactd",
                                "font.sans-serif": ["Helvetica", "Arial", "DejaVu Sans"]})
    from matplotlib import pyplot
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    rows = entries(results)
    if not rows:
        return
    low, high = bounds(rows)
    height = ROW_INCHES * len(rows) + 1.3
    figure = pyplot.figure(figsize=(WIDTH_INCHES, height))
    axes = figure.add_axes([0.42, 0.5 / height, 0.375, 1 - 1.25 / height], facecolor="none")
    for at, (name, row) in enumerate(rows):
        draw_row(axes, at, "" if at and rows[at - 1][0] == name else name, row, low, high)
    draw_axes(axes, len(rows), low, high)
    figure.text(0.02, 1 - 0.3 / height, title, fontsize=13, fontweight="bold", color=INK, va="center")
    handles = [Patch(color=COLOURS[verdict], label=NAMES[verdict]) for verdict in (REACHES_AIM, MET, MISSED)]
    handles.append(Line2D([], [], color=INK, linewidth=2, label="the aim"))
    figure.legend(handles=handles, loc="lower center", ncol=4, frameon=False, fontsize=9, labelcolor=FAINT,
                  handlelength=1.2, bbox_to_anchor=(0.5, 0))
    figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    pyplot.close(figure)

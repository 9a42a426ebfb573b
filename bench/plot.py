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
    """(name, row) of what has a bar, in the order of the page."""
    return [(result.case.name, row) for result in results for row in result.rows if row.goal is not None]


def value_text(row):
    unit = row.goal.unit
    form = "{:.2f}" if unit == "×" and row.value < 10 else "{:.0f}" if row.value >= 10 else "{:.1f}"
    return f"{form.format(row.value)} {unit}"


def bounds(rows):
    margins = [row.goal.margin(row.value) for _, row in rows]
    aims = [row.goal.margin(row.goal.aim) for _, row in rows if row.goal.aim is not None]
    low = min(0.5, *margins, *aims)
    return max(SPAN_MIN, low * 0.9), min(SPAN_MAX, max(2.2, *margins, *aims) * 1.1)


def draw_row(axes, at, name, row, low, high):
    margin = row.goal.margin(row.value)
    shown = min(max(margin, low), high)
    colour = COLOURS[row.verdict]
    axes.barh(at, math.log2(shown), height=0.5, color=colour, linewidth=0, zorder=2)
    if row.goal.aim is not None:
        aim = min(max(row.goal.margin(row.goal.aim), low), high)
        axes.plot([math.log2(aim)] * 2, [at - 0.36, at + 0.36], color=INK, linewidth=2, solid_capstyle="round",
                  zorder=3)
    axes.annotate(name, (0, at), xycoords=("axes fraction", "data"), xytext=(-330, 0), textcoords="offset points",
                  ha="left", va="center", fontsize=10, color=INK, fontweight="bold", annotation_clip=False)
    axes.annotate(row.what, (0, at), xycoords=("axes fraction", "data"), xytext=(-12, 0), textcoords="offset points",
                  ha="right", va="center", fontsize=9, color=FAINT, annotation_clip=False)
    goal = row.goal
    wanted = f"{goal.text(goal.bar)}" + (f", aim {goal.aim:g}" if goal.aim is not None else "")
    axes.annotate(value_text(row), (1, at), xycoords=("axes fraction", "data"), xytext=(62, 0),
                  textcoords="offset points", ha="right", va="center", fontsize=10, color=colour, fontweight="bold",
                  annotation_clip=False)
    axes.annotate(wanted, (1, at), xycoords=("axes fraction", "data"), xytext=(74, 0), textcoords="offset points",
                  ha="left", va="center", fontsize=9, color=FAINT, annotation_clip=False)


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

"""What the pictures share: series that differ without colour, and words that never overlap."""
import matplotlib
import matplotlib.pyplot as plt
import numpy as np

INK, PALE, GRID = "#222222", "#666666", "#dddddd"
SCENARIOS = {  # name: words, colour, hatching, dashes, marker
    "stalemate": ("stalemate", "#8c97a3", "////", "-", "s"),
    "partial_deal": ("partial deal", "#e2a13b", "....", "--", "o"),
    "full_settlement": ("full settlement", "#2b8a6b", "", "-.", "^"),
}
STYLE = {
    "font.family": "DejaVu Sans", "font.size": 9, "axes.edgecolor": PALE, "axes.titlesize": 11, "axes.titleweight": "bold",
    "axes.titlelocation": "left", "axes.spines.top": False, "axes.spines.right": False, "text.color": INK,
    "axes.labelcolor": INK, "xtick.color": PALE, "ytick.color": PALE, "xtick.labelcolor": INK, "ytick.labelcolor": INK,
    "hatch.linewidth": 0.6, "hatch.color": INK, "axes.axisbelow": True, "figure.facecolor": "white"}
plt.rcParams.update(STYLE)


def percent(share, digits=1):
    """A share as people write it: 66.7 %."""
    return f"{100 * share:.{digits}f} %"


def percent_axis(axis, decimals=0):
    axis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=decimals, symbol=" %"))


def size_of(ax, text, **style):
    """Width and height of a text in inches."""
    probe = ax.text(0, 0, text, **style)
    box = probe.get_window_extent(ax.figure.canvas.get_renderer())
    probe.remove()
    return box.width / ax.figure.dpi, box.height / ax.figure.dpi


def spread(wanted, gap, low, high):
    """Positions near the wanted ones, in their order, at least `gap` apart and within bounds where there is room."""
    order = np.argsort(wanted)
    placed = np.array(wanted, float)[order]
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap)
    if len(placed) and placed[-1] > high:
        placed[-1] = high
        for i in range(len(placed) - 2, -1, -1):
            placed[i] = min(placed[i], placed[i + 1] - gap)
    if len(placed) and placed[0] < low:
        placed += low - placed[0]
    out = np.empty(len(placed))
    out[order] = placed
    return out


def name_lines(ax, ends, x, gap=0.055):
    """Names lines at their right end: [(y, words, colour)], as shares of the height of the axes."""
    low, high = ax.get_ylim()
    wanted = [(y - low) / (high - low) for y, _, _ in ends]
    for place, (y, words, colour) in zip(spread(wanted, gap, 0.02, 0.98), ends):
        ax.annotate(words, (x, y), xytext=(1.03, place), textcoords=ax.transAxes, va="center", ha="left", fontsize=8.5,
                    color=INK, annotation_clip=False,
                    arrowprops=dict(arrowstyle="-", color=colour, lw=0.8, shrinkA=1, shrinkB=0))

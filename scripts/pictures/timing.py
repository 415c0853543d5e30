"""When agreements come: the share of runs that had signed, truced or held fire for 30 days, month by month."""
import numpy as np

from .result import DAYS_A_MONTH, NEVER
from .style import GRID, INK, PALE, name_lines, percent_axis

EVENTS = [  # column, words, dashes, marker, colour
    ("deal_round", "signed deal", "-", "o", "#2b8a6b"),
    ("ceasefire_round", "ceasefire that\nheld 30 days", "--", "s", "#e2a13b"),
    ("truce_round", "truce", ":", "^", "#8c97a3"),
]


def months_until(result, column):
    """Months from the start to the first such event, of the runs that had one; a round's event comes at its end."""
    first = result[column].astype(float)
    days = result.swept().get("rounds.days")
    days = result.days if days is None else days[result["cell"]]
    return np.sort(((first + 1) * days / DAYS_A_MONTH)[first != NEVER])


def draw_timing(ax, result, history):
    end = max(result.horizon * result.days / DAYS_A_MONTH, 0.1)
    counted = max(int((result["scenario"] != 255).sum()), 1)
    grid = np.linspace(0, end, result.horizon + 1)
    every = max(3, result.horizon // 6)
    ends = []
    for i, (column, words, dashes, marker, colour) in enumerate(EVENTS):
        share = np.searchsorted(months_until(result, column), grid + 1e-9, side="right") / counted
        # Markers of lines that coincide stand side by side.
        ax.plot(grid, share, ls=dashes, color=INK, lw=1.6, marker=marker, mfc=colour, mec=INK, ms=5.5, mew=0.8,
                markevery=(every * (i + 1) // 3, every))
        ends.append((share[-1], words, INK))
    if history:
        rate, low, high = (1 - np.exp(-r / 100 * grid) for r in history)
        ax.fill_between(grid, low, high, color="#d9d9d9", alpha=0.5, hatch="\\\\\\\\", edgecolor="white", linewidth=0, zorder=0)
        ax.plot(grid, rate, color=PALE, lw=1.2, ls=(0, (6, 2, 1, 2)), zorder=1)
        ends.append((rate[-1], "history, {:g} %\na month (band:\n{:g} to {:g} %)".format(*history), PALE))
    ax.set_title("When an agreement comes")
    ax.set_ylim(0, min(1.0, max([y for y, _, _ in ends] + [0.05]) * 1.35))
    ax.set_xlim(0, end)
    ax.set_xticks(np.arange(0, end + 0.01, next((s for s in (1, 2, 3, 6, 12, 24) if end / s <= 9), 36)))
    percent_axis(ax.yaxis, None)
    ax.set_xlabel("months from the start")
    ax.set_ylabel("share of runs")
    ax.grid(color=GRID)
    name_lines(ax, ends, end, 0.165)

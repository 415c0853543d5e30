"""How the talks end: shares of the scenarios with intervals, of one game or over the axes of a sweep."""
import numpy as np

from .result import wilson
from .style import GRID, INK, PALE, SCENARIOS, name_lines, percent, percent_axis


def draw_shares(ax, result):
    summary = result.file["summary"]
    total = int(np.sum(summary["runs"][:]) - np.sum(summary["failed"][:]))
    counts = np.sum(summary["scenario_count"][:], axis=0)
    kinds = np.sum(summary["kind_count"][:], axis=0)
    names = summary["stalemate_kind"].asstr()[:]
    shares, lows, highs = wilson(counts, total)
    ax.set_title("How the talks end")
    for row, (share, low, high, (words, colour, hatch, _, _)) in enumerate(zip(shares, lows, highs, SCENARIOS.values())):
        ax.barh(-row, share, height=0.62, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.8)
        ax.errorbar(share, -row, xerr=[[share - low], [high - share]], color=INK, capsize=3, lw=1.2)
        ax.annotate(f"{percent(share)}  [{100 * low:.1f}, {100 * high:.1f}]", (high, -row), xytext=(8, 0),
                    textcoords="offset points", va="center", fontweight="bold" if share == shares.max() else "normal")
    ax.set_yticks([0, -1, -2], [words for words, *_ in SCENARIOS.values()])
    ax.tick_params(axis="y", length=0, labelsize=10)
    parts = [f"{name} {percent(count / max(total, 1))}" for name, count in zip(names, kinds) if count and name != "none"]
    if parts:
        ax.text(0, -2.85, "Stalemates, of all runs: " + " · ".join(parts), fontsize=8.5, color=PALE, va="center")
    ax.set_xlim(0, max(1.0, highs.max()) * 1.3)
    ax.set_ylim(-3.1, 0.5)
    ax.set_xticks(np.arange(0, 1.01, 0.25))
    percent_axis(ax.xaxis)
    ax.spines["bottom"].set_bounds(0, 1)
    ax.spines["left"].set_bounds(-2.5, 0.5)
    ax.grid(axis="x", color=GRID)


def short_path(path):
    return path if len(path) <= 34 else "…" + path[-33:]


def draw_axis(ax, result, path, values, named):
    """Scenario shares over one swept number, the other axes pooled; gives the runs behind a point."""
    summary = result.file["summary"]
    counts, totals = summary["scenario_count"][:], summary["runs"][:] - summary["failed"][:]
    points = np.unique(values)
    if len(points) <= 25:
        member = [values == point for point in points]
    else:  # a sampled design: equal numbers of cells to a point
        edges = np.unique(np.quantile(values, np.linspace(0, 1, 11)))
        index = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
        member = [index == i for i in range(len(edges) - 1)]
        points = np.array([values[m].mean() for m in member])
    grouped = np.array([counts[m].sum(axis=0) for m in member])
    sizes = np.array([totals[m].sum() for m in member])
    ends = []
    for k, (words, colour, _, dashes, marker) in enumerate(SCENARIOS.values()):
        share, low, high = wilson(grouped[:, k], sizes)
        ax.fill_between(points, low, high, color=colour, alpha=0.35, linewidth=0)
        ax.errorbar(points, share, yerr=[share - low, high - share], color=INK, ecolor=PALE, lw=1.4, ls=dashes, marker=marker,
                    ms=6, mfc=colour, mec=INK, mew=0.8, capsize=2, elinewidth=0.9)
        ends.append((share[-1], words, colour))
    margin = 0.04 * (points.max() - points.min())
    ax.set_xlim(points.min() - margin, points.max() + margin)
    ax.set_ylim(-0.03, 1.03)
    percent_axis(ax.yaxis)
    if set(points) == {0.0, 1.0} and result.file[f"cells/{path}"].attrs.get("units") == "switch":
        ax.set_xticks([0, 1], ["off", "on"])
    elif len(points) <= 7:
        ax.set_xticks(points, [f"{p:g}" for p in points])
    ax.set_xlabel(short_path(path))
    ax.grid(color=GRID)
    if named:
        name_lines(ax, ends, points[-1], 0.1)
    return int(np.median(sizes))

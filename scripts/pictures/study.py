"""A study of two axes: deals in force, and full settlements, along the first, a line for each value of the second."""
import numpy as np

from .result import wilson
from .style import GRID, INK, name_lines, percent_axis

LINES = [("#1f5fa8", "-", "o"), ("#b4540a", "--", "s"), ("#1e7a5a", "-.", "^"), ("#7a3e9d", ":", "D"), ("#555555", (0, (5, 1, 1, 1)), "v")]


def words_of(result, path):
    """An axis in words: who and what, from a path such as actors.ukraine.mood."""
    parts = path.split(".")
    if parts[0] == "mechanisms":
        return parts[1].replace("_", " ")
    if len(parts) >= 3 and parts[0] in ("actors", "issues", "rungs"):
        return f"{result.titled(parts[0], parts[1])}: {' '.join(parts[2:]).replace('_', ' ')}"
    return path


def value_words(result, path, value):
    if path.startswith("mechanisms."):
        return f"with {words_of(result, path)}" if value else f"without {words_of(result, path)}"
    if path.endswith(".seat"):
        return "with its seat" if value else "without its seat"
    return f"{words_of(result, path)} {value:g}"


def draw_study(axes, result):
    """Two axes side by side; the second axis of the sweep names the lines of both."""
    (across, x), (lines, y) = list(result.swept().items())[:2]
    summary = result.file["summary"]
    counts, totals = summary["scenario_count"][:], summary["runs"][:] - summary["failed"][:]
    mood = across.endswith(".mood")  # people know support in per cent, not its logit
    place = 100 / (1 + np.exp(-x)) if mood else x
    for ax, title, scenarios in zip(axes, ("A deal in force at the end", "A full settlement in force at the end"), ([1, 2], [2])):
        ends = []
        for (colour, dashes, marker), value in zip(LINES, np.unique(y)[::-1]):
            member = np.flatnonzero(y == value)
            member = member[np.argsort(place[member])]
            share, low, high = wilson(counts[member][:, scenarios].sum(axis=1), totals[member])
            ax.fill_between(place[member], low, high, color=colour, alpha=0.2, linewidth=0)
            ax.plot(place[member], share, color=colour, ls=dashes, marker=marker, ms=5.5, mec=INK, mew=0.6, lw=1.5)
            ends.append((share[-1], value_words(result, lines, value), colour))
        ax.set_title(title)
        ax.set_xlabel(f"{words_of(result, across).split(':')[0]}: support for the reference package, %" if mood else words_of(result, across))
        ax.set_ylim(0, None)
        percent_axis(ax.yaxis, 0 if ax.get_ylim()[1] > 0.06 else 1)
        ax.grid(axis="y", color=GRID)
        name_lines(ax, ends, place.max(), gap=0.07)

"""Who stood in the way: how often each actor refused, and whose term bound most."""
import textwrap

import matplotlib
import numpy as np

from .style import GRID, INK, PALE, percent, percent_axis


def draw_vetoes(ax, table, result):
    """Left: in how many rounds each actor refused. Right: whose term bound most, and which."""
    actors = result.names("actor")
    titles = [result.titled("actors", a) for a in actors]
    talked = max(float(result["rounds_talked"].sum()), 1.0)
    refused = result["vetoes"].sum(axis=0) / talked
    rows = -np.arange(len(actors))
    ax.set_title("Who refused")
    ax.barh(rows, refused, height=0.62, color="#8c97a3", hatch="////", edgecolor=INK, linewidth=0.8)
    for row, share in zip(rows, refused):
        ax.annotate(percent(share, 0), (share, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8.5)
    ax.set_yticks(rows, [textwrap.fill(t, 16) for t in titles])
    ax.tick_params(axis="y", length=0)
    ax.set_xlim(0, max(refused.max() * 1.25, 0.05))
    ax.set_ylim(rows[-1] - 0.5, 0.5)
    ax.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4))
    percent_axis(ax.xaxis)
    ax.set_xlabel("of the rounds with a table")
    ax.grid(axis="x", color=GRID)

    terms = result.enum("blocking_term")
    actor_of, term_of = result["blocking_actor"], result["blocking_term"]
    share = np.zeros((len(actors), 256))
    np.add.at(share, (actor_of[actor_of < len(actors)], term_of[actor_of < len(actors)]), 1.0 / max(len(actor_of), 1))
    shown = [t for t in np.argsort(-share.sum(axis=0), kind="stable") if share[:, t].sum() > 0 and t in terms and terms[t] != "none"][:6]
    full = table.get_position()
    table.set_position([full.x0, full.y0, full.width * min(1, max(len(shown), 1) / 3), full.height])  # one column is not a wall
    table.set_title("Whose term bound most, and which")
    if not shown:
        table.axis("off")
        table.text(0.5, 0.5, "nobody ever refused", transform=table.transAxes, ha="center", va="center", color=PALE, style="italic")
        return
    grid = share[:, shown]
    table.imshow(grid, cmap="Greys", vmin=0, vmax=max(grid.max() * 2.2, 0.01), aspect="auto")
    for i in range(len(actors)):
        for j in range(len(shown)):
            value = grid[i, j]
            words = "–" if value == 0 else "<1 %" if value < 0.005 else percent(value, 0)
            table.text(j, i, words, ha="center", va="center", fontsize=8.5, fontweight="bold" if value == grid.max() else "normal")
    table.set_yticks(range(len(actors)), [""] * len(actors))
    table.set_xticks(range(len(shown)), [textwrap.fill(terms[t].replace("_", " "), 11, break_long_words=False) for t in shown], fontsize=8)
    table.set_xticks(np.arange(len(shown) + 1) - 0.5, minor=True)
    table.set_yticks(np.arange(len(actors) + 1) - 0.5, minor=True)
    table.grid(which="minor", color=GRID, lw=0.8)
    table.tick_params(which="both", length=0)
    table.set_xlabel("share of runs")
    for spine in table.spines.values():
        spine.set_visible(False)

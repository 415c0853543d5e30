"""What deals contain: where agreements in force at the horizon stand on each issue, between the issue's own words."""
import textwrap

import matplotlib.pyplot as plt
import numpy as np

from .style import INK, PALE, percent, size_of


def issue_blocks(result):
    """[(issue, title, anchors, status quo, values agreed, share of runs)]; an issue counts where the rung settles it."""
    names, rung, package = result.names("issue"), result["rung"], result["package"]
    rungs = result.enum("rung")
    tables = result.words.get("rungs", {})
    blocks = []
    for k, name in enumerate(names):
        settled = np.isfinite(package[:, k]) & (rung != 255)
        for value, label in rungs.items():
            if label in tables and name not in tables[label].get("settles", []):
                settled &= rung != value
        issue = result.words.get("issues", {}).get(name, {})
        blocks.append((result.titled("issues", name), issue.get("anchors", [[0, "0"], [1, "1"]]), issue.get("status_quo"),
                       package[settled, k], settled.mean() if len(settled) else 0.0))
    return blocks


STRIP = 0.5   # least height of an issue's distribution, in inches
LEGEND = 0.3  # height of the line that explains the marks
WORDS = dict(fontsize=7.5, linespacing=1.05)


def wrapped(words, inches, letter):
    return "\n".join(textwrap.wrap(str(words), max(7, int(inches / letter)), break_long_words=False)) or " "


def plan_anchors(ax, anchors, width):
    """Wraps and places an issue's anchor words: [(position, text, centre in inches, row)] and the height of each row."""
    letter = size_of(ax, "abcdefghijklmnopqrst", **WORDS)[0] / 20
    places = [float(a[0]) * width for a in anchors]
    taken, heights, out = {}, [], []  # row: right edge so far
    for i, (position, words) in enumerate(anchors):
        left = places[i] - places[i - 1] if i else 2 * places[i] + 0.9
        right = places[i + 1] - places[i] if i + 1 < len(anchors) else 2 * (width - places[i]) + 0.9
        text = wrapped(words, max(0.55, min(left, right) - 0.1, (left + right) / 2 - 0.35), letter)
        w, h = size_of(ax, text, **WORDS)
        centre = min(max(places[i], w / 2 - 0.45), width - w / 2 + 0.45)
        row = next(r for r in range(len(anchors) + 1) if taken.get(r, -9) + 0.08 <= centre - w / 2)
        taken[row] = centre + w / 2
        while len(heights) <= row:
            heights.append(0.0)
        heights[row] = max(heights[row], h)
        out.append((places[i], text, centre, row))
    return out, heights


def measure_packages(fig_width, result):
    """The blocks with their places, and the height of the whole panel in inches."""
    probe, ax = plt.subplots(figsize=(fig_width, 2))
    plans = [(block, *plan_anchors(ax, block[1], fig_width)) for block in issue_blocks(result)]
    plt.close(probe)
    return plans, packages_height(plans)


def packages_height(plans):
    return sum(0.45 + STRIP + sum(h + 0.07 for h in heights) for _, _, heights in plans) + LEGEND


def draw_packages(ax, plans, width, height):
    """One strip an issue: where agreements in force at the horizon stand between its ends."""
    strip = min(1.1, STRIP + (height - packages_height(plans)) / len(plans))
    ax.set_title("What is agreed, issue by issue", pad=10)
    ax.set_xlim(0, width)
    ax.set_ylim(-height, 0)
    ax.axis("off")
    top = 0.0
    for (title, _, status_quo, values, share), placed, heights in plans:
        base = top - 0.22 - strip
        ax.text(0, top - 0.08, title, fontweight="bold", va="center", fontsize=9)
        ax.text(width, top - 0.08, f"settled in {percent(share)} of runs", ha="right", va="center", fontsize=8, color=PALE)
        ax.plot([0, width], [base, base], color=INK, lw=1, solid_capstyle="butt")
        if len(values):
            counts, edges = np.histogram(np.clip(values, 0, 1), bins=60, range=(0, 1))
            ax.stairs(base + strip * 0.92 * counts / counts.max(), edges * width, baseline=base, fill=True, color="#e2a13b", alpha=0.75)
            ax.stairs(base + strip * 0.92 * counts / counts.max(), edges * width, baseline=base, color=INK, lw=0.7)
            low, middle, high = np.quantile(np.clip(values, 0, 1), [0.1, 0.5, 0.9]) * width
            ax.plot([low, high], [base - 0.055] * 2, color=INK, lw=2.4, solid_capstyle="butt")
            ax.plot(middle, base - 0.055, marker="o", color="white", mec=INK, ms=5, mew=1.1)
        else:
            ax.text(width / 2, base + strip / 2, "never settled", ha="center", va="center", color=PALE, style="italic")
        if status_quo is not None:
            ax.plot([status_quo * width] * 2, [base, base + strip], color=INK, lw=1.1, ls=(0, (2, 2)), clip_on=False)
        bottoms = [base - 0.17 - sum(h + 0.07 for h in heights[:row]) for row in range(len(heights))]
        for place, text, centre, row in placed:
            ax.plot([place, place, centre], [base, base - 0.1, bottoms[row] + 0.015], color=PALE, lw=0.7, clip_on=False)
            ax.text(centre, bottoms[row], text, ha="center", va="top", **WORDS)
        top = base - 0.17 - sum(h + 0.07 for h in heights) - 0.06
    ax.text(0, top - 0.12, "bar: middle 80 % of agreements · circle: median · dashes: status quo at the start", fontsize=8,
            color=PALE, va="center")

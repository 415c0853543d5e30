#!/usr/bin/env python3
"""Writes the two worked examples of `parley backtest`: decisions whose outcomes follow a known rule.

compromise.csv     60 decisions in long form. Outcome: the mean of positions with weights capability times salience,
                   plus a normal error of standard deviation 3. power_weighted_mean must win.
majority_wide.csv  60 decisions in wide form, capabilities in the second line. Outcome: the position that wins every
                   pairwise vote with weights capability times salience; in every fifth it is 4 points off. condorcet_median
                   must win, with an error of .8 on average.

The numbers come from a small congruential generator so that any Python writes the same files.
"""
import csv
import pathlib

FOLDER = pathlib.Path(__file__).parent
ACTORS = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel"]
CAPABILITY = [29, 29, 27, 13, 12, 10, 7, 4]


class Chance:
    """Numbers in [0, 1): Lehmer's generator with modulus 2^31 - 1 (Park and Miller 1988)."""

    def __init__(self, seed):
        self.state = seed

    def share(self):
        self.state = self.state * 48271 % 2147483647
        return self.state / 2147483647

    def error(self):
        return sum(self.share() for _ in range(12)) - 6


def stands(chance):
    """Positions in two camps, some extreme; one actor in eight has none."""
    rows = []
    for actor, capability in zip(ACTORS, CAPABILITY):
        camp = 15 if chance.share() < 0.5 else 75
        position = round(min(100, max(0, camp + 30 * (chance.share() - 0.5))))
        salience = round(10 + 90 * chance.share())
        if chance.share() < 0.875:
            rows.append((actor, capability, position, salience))
    return rows


def weighted_mean(rows):
    return sum(c * s * x for _, c, x, s in rows) / sum(c * s for _, c, _, s in rows)


def condorcet(rows):
    return min((x for _, _, x, _ in rows), key=lambda y: sum(c * s * abs(x - y) for _, c, x, s in rows))


def write_compromise():
    chance = Chance(20260131)
    with open(FOLDER / "compromise.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["issue", "actor", "capability", "position", "salience", "outcome", "reference"])
        for number in range(1, 61):
            rows = stands(chance)
            outcome = round(min(100, max(0, weighted_mean(rows) + 3 * chance.error())), 2)
            reference = "" if number % 3 == 0 else round(100 * chance.share())
            for actor, capability, position, salience in rows:
                out.writerow([f"decision {number}", actor, capability, position, salience, outcome, reference])


def write_majority():
    chance = Chance(19480601)
    with open(FOLDER / "majority_wide.csv", "w", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n")
        out.writerow(["number", "name"] + ["p" + a.lower() for a in ACTORS] + ["s" + a.lower() for a in ACTORS] + ["rp", "out"])
        out.writerow(["", ""] + CAPABILITY + [""] * (len(ACTORS) + 2))
        for number in range(1, 61):
            rows = stands(chance)
            by_actor = {actor: (position, salience) for actor, _, position, salience in rows}
            outcome = condorcet(rows)
            if number % 5 == 0:
                outcome += 4 if outcome < 50 else -4
            positions = [by_actor[a][0] if a in by_actor else "" for a in ACTORS]
            saliences = [by_actor[a][1] if a in by_actor else 0 for a in ACTORS]
            out.writerow([number, f"decision {number}"] + positions + saliences + [round(100 * chance.share()), outcome])


if __name__ == "__main__":
    write_compromise()
    write_majority()

"""What parley explain, polls and analyse print with --json, in their shapes, with numbers made up for a picture."""
import datetime
import math

SCENARIOS = ("stalemate", "partial_deal", "full_settlement")
PUBLICS = ("russia", "ukraine", "united_states", "europe")

EXPLAIN = {"stalemate": 0.7, "without_all": 0.1, "best_single_lift": "ratification", "runs": 2000, "seed": 1, "mechanisms": [
    {"name": "ratification", "title": "the public has to ratify", "meaning": "a vote", "shapley": 0.31, "low": 0.29, "high": 0.33, "lifted_alone": 0.4},
    {"name": "fear", "title": "fear that a fragile peace will not last, whoever signs it", "shapley": 0.2, "low": 0.17, "high": 0.22, "lifted_alone": 0.55},
    {"name": "attrition", "shapley": -0.05, "low": -0.07, "high": -0.03, "lifted_alone": 0.74}]}


def change(x):
    return {"change": x, "low": x - 0.002, "high": x + 0.002}


def changes(x):
    return dict(zip(SCENARIOS, (change(-x), change(0.9 * x), change(0.1 * x))))


def series(question, measures):
    first = datetime.date(2024, 2, 1)
    days = [str(first + datetime.timedelta(days=31 * i)) for i in range(20)]
    houses = ("KIIS", "Levada", "An institute with a very long name")
    return {"question": question, "text": "Would you accept this in exchange for guarantees?", "measures": measures,
            "next_wave": {"date": "2026-03-01", "median": 0.4, "low80": 0.35, "high80": 0.45},
            "polls": [{"date": d, "organisation": houses[i % 3], "share": 0.4 + 0.04 * math.cos(i), "margin": 0.03} for i, d in enumerate(days)],
            "path": [{"date": d, "median": 0.4, "low80": 0.37, "high80": 0.43} for d in days]}


def public(name):
    response = [{"issue": k, "prior": 1.0, "prior_sd": 0.5, "estimate": 1.1, "sd": 0.4, "informed": k == "territory", "refit": 1.2, "refit_sd": 0.4} for k in ("territory", "guarantees")]
    return {"public": name, "mood": -0.42, "sd": 0.13, "response_source": "assumed", "response": response,
            "series": [series(f"{name}_package", "mood"), series(f"{name}_freeze", "package")]}


def sensitivity(name):
    curve = [{"points": p, "shares": dict(zip(SCENARIOS, (0.7 - 0.01 * p, 0.27 + 0.009 * p, 0.03 + 0.001 * p)))} for p in range(-20, 25, 5)]
    tip = {"points": 18, "low": 16, "high": 21, "from": "stalemate", "to": "partial_deal"}
    return {"public": name, "support": 0.4, "per_point": changes(0.016), "curve": curve, "tipping": {"up": tip if name == "ukraine" else None, "down": None}}


POLLS = {"as_of": "2026-01-31", "publics": [public(p) for p in PUBLICS],
         "sensitivity": {"publics": [sensitivity(p) for p in PUBLICS], "without": [{"organisation": "KIIS", "moves": changes(0.02)}]}}


def index(x):
    return {"estimate": x, "low": x - 0.03, "high": x + 0.03}


PATHS = [f"actors.{actor}.ratification_threshold" for actor in PUBLICS] + ["durability.guarantee_effect", "war.drift"]
ANALYSIS = {"design": "saltelli", "cells": 8192, "cells_used": 8192, "output": {"name": "stalemate", "meaning": "share of stalemates", "mean": 0.7},
            "sobol": {"parameters": [{"path": p, "first": index(0.4 / (i + 1)), "total": index(0.5 / (i + 1))} for i, p in enumerate(PATHS)]},
            "morris": {"parameters": [{"path": p, "mu_star": index(0.3 / (i + 1))} for i, p in enumerate(PATHS)]},
            "pawn": {"parameters": [{"path": p, "median": index(0.2)} for p in PATHS]},
            "boxes": {"boxes": [{"coverage": 0.6, "density": index(0.7), "limits": [{"path": PATHS[0], "low": 0.1, "high": None}, {"path": PATHS[5], "low": None, "high": -0.001}]}]},
            "warnings": ["the indices have not converged"]}

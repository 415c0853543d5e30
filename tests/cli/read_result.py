"""Reads a result of `parley run` as its users do. read_result.py COMMAND FILE…; prints JSON or nothing, fails loudly."""
import json
import subprocess
import sys
import warnings

import h5py
import numpy as np

warnings.simplefilter("ignore")

ROWS = {  # name: type, second dimension, value of what is missing
    "cell": ("u4", None), "replicate": ("u4", None), "scenario": ("u1", None), "stalemate_kind": ("u1", None),
    "truce_round": ("u2", None), "ceasefire_round": ("u2", None), "deal_round": ("u2", None), "relapses": ("u1", None),
    "rung": ("u1", None), "package": ("f4", "issue"), "utility": ("f4", "actor"), "approval": ("f4", "actor"),
    "hazard": ("f4", None), "survival": ("f4", None), "order_index": ("f4", None), "front": ("f4", None), "energy": ("f4", None),
    "vetoes": ("u2", "actor"), "rounds_talked": ("u2", None), "blocking_actor": ("u1", None), "blocking_term": ("u1", None),
    "military_end": ("u1", None),
}


def names_of(dataset):
    enum = h5py.check_enum_dtype(dataset.dtype)
    return {value: name for name, value in enum.items()} if enum else None


def value_in(dataset, at):
    """One value as `replay --json` shows it."""
    value, names = dataset[at], names_of(dataset)
    if names:
        return int(value) if dataset.name.endswith("military_end") else names[int(value)]
    if np.ndim(value):
        along = [d for d in dataset.dims[1].values()][0]
        positions = along.asstr()[:] if along.dtype.kind in "OS" else along[:]
        return {str(k): None if np.issubdtype(value.dtype, np.floating) and np.isnan(v) else v.item() for k, v in zip(positions, value)}
    if np.issubdtype(value.dtype, np.floating):
        return None if np.isnan(value) else value.item()
    return None if dataset.name.endswith("_round") and value == 65535 else value.item()


def compare_rows(parley, path, *runs):
    """`replay` of a run prints exactly what its row says."""
    with h5py.File(path) as f:
        numbers = f["runs/run"][:]
        for run in map(int, runs):
            told = json.loads(subprocess.run([parley, "replay", path, "--run", str(run), "--json"], check=True, capture_output=True).stdout)
            at = int(np.flatnonzero(numbers == run)[0])
            for name in ROWS:
                if name in ("cell", "replicate"):
                    assert told[name] == int(f["runs"][name][at]), (run, name)
                else:
                    assert told["row"][name] == value_in(f["runs"][name], at), (run, name, told["row"][name], value_in(f["runs"][name], at))
            assert set(told["row"]) == set(ROWS) - {"cell", "replicate"}


def check_layout(path):
    """Every dataset has its type, dimensions, unit and meaning; enumerations go by name; shares follow from the rows."""
    with h5py.File(path) as f:
        about = dict(f["about"].attrs)
        for fact in ("configuration", "configuration_hash", "seed", "version", "commit", "compiler", "flags", "command", "runs"):
            assert fact in about, fact
        runs = f["runs"]
        assert set(runs) >= set(ROWS) | {"run"}, set(ROWS) - set(runs)
        extra = set(runs) - set(ROWS) - {"run", "issue", "actor"}
        assert not extra, extra
        for name, (kind, dimension) in ROWS.items():
            d = runs[name]
            assert d.dtype.kind + str(d.dtype.itemsize) == kind, (name, d.dtype)
            assert d.dims[0][0] == runs["run"], name
            assert d.ndim == (2 if dimension else 1), name
            if dimension:
                assert d.shape[1] == runs[dimension].shape[0] and d.dims[1][0] == runs[dimension], name
            assert d.attrs["units"] and d.attrs["meaning"], name
        assert set(names_of(runs["scenario"]).values()) == {"stalemate", "partial_deal", "full_settlement", "failed"}
        assert set(names_of(runs["stalemate_kind"]).values()) == {"none", "fighting", "truce", "relapsed"}
        for name in ("rung", "blocking_actor", "blocking_term"):
            assert names_of(runs[name])[255] == "none", name
        scenario, cell = runs["scenario"][:], runs["cell"][:]
        replicates = int(about["runs"])
        assert np.array_equal(runs["run"][:], cell.astype(np.uint64) * replicates + runs["replicate"][:])
        summary = f["summary"]
        for c in range(len(summary["cell"])):
            for s in range(3):
                count = int(np.sum((cell == c) & (scenario == s)))
                assert summary["scenario_count"][c, s] == count, (c, s)
            counted = np.sum((cell == c) & (scenario < 3))
            if counted:
                assert np.allclose(summary["scenario_share"][c].sum(), 1)
                assert np.all(summary["scenario_low"][c] <= summary["scenario_share"][c])
                assert np.all(summary["scenario_share"][c] <= summary["scenario_high"][c])
            assert summary["signed_deal"][c] == np.sum((cell == c) & (runs["deal_round"][:] != 65535) & (scenario < 3))
        deal = np.isin(scenario, (1, 2))
        in_force = deal | (runs["stalemate_kind"][:] == 2)
        for name in ("hazard", "survival"):
            assert np.array_equal(np.isnan(runs[name][:]), ~in_force), name
        assert np.array_equal(np.isnan(runs["package"][:]), np.repeat(~in_force[:, None], runs["package"].shape[1], axis=1))
        assert np.array_equal(runs["rung"][:] == 255, ~in_force)
        assert np.all(runs["order_index"][:][~in_force] == 1)

    import pandas as pd
    import xarray as xr

    with h5py.File(path) as f:
        frame = pd.DataFrame({n: d[:] for n, d in f["runs"].items() if d.shape == f["runs/run"].shape}).set_index("run")
        assert len(frame) == len(f["runs/run"])
    runs = xr.open_dataset(path, group="runs", engine="h5netcdf")
    assert runs.sizes["run"] == len(frame) and set(runs.package.dims) == {"run", "issue"}
    assert float(runs.vetoes.sel(actor="ukraine").max()) > 0
    assert np.isnan(runs.deal_round.where(runs.scenario == 0)).any()
    cells = xr.open_dataset(path, group="cells", engine="h5netcdf")
    assert "cell" in cells.sizes


def check_failed_cells(path):
    with h5py.File(path) as f:
        failed = f["cells/failed"][:]
        reasons = f["cells/reason"].asstr()[:]
        drawn = f["cells/actors.ukraine.cost"][:]
        assert 0 < failed.sum() < len(failed)
        assert np.array_equal(failed == 1, (drawn < 0) | (drawn > 2))
        assert all(("out of bounds" in why) == bool(bad) for why, bad in zip(reasons, failed))
        bad_runs = failed[f["runs/cell"][:]] == 1
        assert np.array_equal(f["runs/scenario"][:] == 255, bad_runs)
        assert np.array_equal(f["summary/failed"][:] > 0, failed == 1)
        assert np.all(np.isnan(f["summary/scenario_share"][:][failed == 1]))


def check_parts(whole, *parts):
    """The rows of the shards, one after the other, are the rows of the whole."""
    with h5py.File(whole) as w:
        files = [h5py.File(p) for p in parts]
        for name in list(ROWS) + ["run"]:
            joined = np.concatenate([f["runs"][name][:] for f in files])
            assert np.array_equal(joined, w["runs"][name][:], equal_nan=joined.dtype.kind == "f"), name


def check_traces(path, *runs):
    with h5py.File(path) as f:
        assert sorted(set(f["traces/run"][:].tolist())) == sorted(map(int, runs))
        for run in map(int, runs):
            here = f["traces/run"][:] == run
            talked = np.sum(f["traces/rung"][:][here] != 255)
            assert talked == f["runs/rounds_talked"][run]
            refusals = (f["traces/seated"][:] == 1) & ~((f["traces/leadership"][:] == 1) & (f["traces/ratifies"][:] == 1))
            refusals &= (here & (f["traces/rung"][:] != 255))[:, None]
            assert np.array_equal(refusals.sum(axis=0), f["runs/vetoes"][run])
            assert np.float32(f["traces/front"][:][here][-1]) == f["runs/front"][run]


def check_no_rows(path):
    with h5py.File(path) as f:
        assert "runs" not in f and len(f["summary/runs"]) == 1 and f["summary/runs"][0] > 0


def check_summary(rows_path, summary_path):
    """The sums of each cell are those that its rows give."""
    with h5py.File(rows_path) as r, h5py.File(summary_path) as s:
        runs, sums = r["runs"], s["summary"]
        assert "runs" not in s
        cells = runs["cell"][:]
        for name in ["package", "utility", "approval", "front", "energy", "deal_round", "vetoes", "relapses", "rounds_talked"]:
            offset, quantum = (sums[f"{name}_sum"].attrs[a] for a in ("offset", "quantum"))
            for cell in range(len(sums["runs"])):
                v = runs[name][:][cells == cell]
                here = ~np.isnan(v) if v.dtype.kind == "f" else v != runs[name].attrs.get("_FillValue", -1)
                q = np.where(here, np.floor((np.where(here, v, 0).astype(float) - offset) / quantum + 0.5), 0).astype(np.uint64)
                assert np.array_equal(sums[f"{name}_count"][cell], here.sum(axis=0)), name
                assert np.array_equal(sums[f"{name}_sum"][cell], q.sum(axis=0)), name
                assert np.array_equal(sums[f"{name}_squares"][cell], (q * q).sum(axis=0)), name
        # A histogram, its edges and its bins by name.
        at = list(sums["actor"].asstr()[:]).index("ukraine")
        histogram = sums["utility_histogram_ukraine"]
        low, width = histogram.attrs["low"], histogram.attrs["bin_width"]
        bins = len(histogram[0]) - 2
        edges = np.concatenate([[-np.inf], low + width * np.arange(bins + 1), [np.inf]])
        for cell in range(len(sums["runs"])):
            expected = np.histogram(runs["utility"][:, at][cells == cell].astype(float), edges)[0]
            assert np.array_equal(histogram[cell], expected), (histogram[cell], expected)
        for dataset in sums.values():
            assert dataset.attrs.get("meaning") or h5py.h5ds.is_scale(dataset.id), dataset.name
    import xarray as xr

    table = xr.open_dataset(summary_path, group="summary", engine="h5netcdf")
    assert 0 < float(table.utility_mean.sel(actor="ukraine").max()) < 1
    assert int(table.deal_round_histogram.sel(deal_round_bin="0 to 1").sum()) >= 0


def change(path, to, what):
    """A copy in which one thing is another."""
    import shutil

    shutil.copy(path, to)
    with h5py.File(to, "r+") as f:
        if what == "a row":
            f["runs/front"][3] += 0.25
        elif what == "a run number":
            f["runs/run"][3] = 4
        elif what == "a unit":
            f["runs/front"].attrs["units"] = "metres"
        elif what == "a count of the summary":
            f["summary/signed_deal"][0] += 1
        elif what == "a swept value":
            f["cells/actors.ukraine.mood"][0] = 0.123
        elif what == "the configuration":
            f["about"].attrs["configuration"] = f["about"].attrs["configuration"].replace("0.4", "0.5")
        elif what == "the seed":
            f["about"].attrs["seed"] = np.uint64(f["about"].attrs["seed"] + 1)
        elif what == "the stored bits":
            f["about"].attrs["bits"] = "0123456789abcdef"
        else:
            raise ValueError(what)


globals()[sys.argv[1]](*sys.argv[2:])

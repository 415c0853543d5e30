"""Reads a result the way its users do, and computes its fingerprint from the definition alone, which it prints."""
import struct
import sys
import warnings
import zlib

import h5py
import numpy as np

warnings.simplefilter("ignore")
import pandas as pd
import xarray as xr
import xxhash


def is_scale(dataset):
    return h5py.h5ds.is_scale(dataset.id)


def fingerprint(runs):
    digests = b""
    for name in sorted(runs, key=lambda n: n.encode()):
        dataset = runs[name]
        if is_scale(dataset):
            continue
        values = dataset[:]
        if values.dtype == np.float32:
            words = values.view(np.uint32).copy()
            words[np.isnan(values)] = 0x7FC00000
            assert np.array_equal(words, values.view(np.uint32)), f"{name} holds another NaN than the canonical one"
            values = words
        digests += struct.pack("<Q", xxhash.xxh3_64_intdigest(values.tobytes()))
    return xxhash.xxh3_64_hexdigest(digests)


def check_chunks(dataset):
    """Every chunk holds as many bytes as its shape says, also where the rows end within it."""
    if dataset.chunks is None:
        return
    full = int(np.prod(dataset.chunks)) * dataset.dtype.itemsize
    for i in range(dataset.id.get_num_chunks()):
        mask, stored = dataset.id.read_direct_chunk(dataset.id.get_chunk_info(i).chunk_offset)
        size = len(zlib.decompress(stored)) if dataset.compression == "gzip" else len(stored)
        assert mask == 0 and size == full, f"a chunk of {dataset.name} holds {size} bytes, not {full}"


path, rows = sys.argv[1], int(sys.argv[2])
sample = len(sys.argv) > 3

with h5py.File(path) as f:
    about = dict(f["about"].attrs)
    assert about["complete"] == 1 and about["rows"] == rows, about
    assert about["bits"] == fingerprint(f["runs"]), (about["bits"], fingerprint(f["runs"]))
    print(about["bits"])
    run = f["runs/run"]
    assert run.dtype == np.uint64 and is_scale(run) and np.all(np.diff(run[:].astype(np.int64)) > 0)
    for name, dataset in f["runs"].items():
        check_chunks(dataset)
        if not is_scale(dataset):
            assert dataset.dims[0][0] == run, name
            assert isinstance(dataset.attrs["units"], str) and dataset.attrs["meaning"], name
    if sample:
        names = h5py.check_enum_dtype(f["runs/scenario"].dtype)
        assert names == {"stalemate": 0, "partial_deal": 1, "full_settlement": 2, "failed": 255}, names
        assert f["runs/package"].dims[1][0].asstr()[:].tolist() == ["territory", "guarantees", "sanctions"]
        assert f["runs/deal_round"].attrs["units"] == "rounds"
        assert np.array_equal(f["runs/cell"][:], run[:] // 1000)
        assert f["cells/reason"].asstr()[1] == "Überlauf in round 3" and f["cells/failed"][:].tolist() == [0, 1, 0]
        assert is_scale(f["cells/cell"]) and f["cells/actors.ukraine.mood"].dims[0][0] == f["cells/cell"]
        assert about["seed"] == "7" and about["balance"] == -3 and about["share"] == 0.25
        assert about["configuration"].startswith("# a configuration\n")

# pandas
f = h5py.File(path)
frame = pd.DataFrame({name: d[:] for name, d in f["runs"].items() if d.shape == f["runs/run"].shape}).set_index("run")
assert len(frame) == rows
if sample:
    names = {value: name for name, value in h5py.check_enum_dtype(f["runs/scenario"].dtype).items()}
    shares = frame.scenario.map(names).value_counts()
    assert shares.sum() == rows and set(shares.index) <= {"stalemate", "partial_deal", "full_settlement", "failed"}
f.close()

# xarray
runs = xr.open_dataset(path, group="runs", engine="h5netcdf")
assert runs.sizes["run"] == rows
if sample:
    assert runs.package.sel(issue="guarantees").shape == (rows,)
    assert not float(runs.deal_round.max()) >= 52, "missing rounds are not NaN"
    assert runs.scenario.attrs["flag_meanings"].split() == ["stalemate", "partial_deal", "full_settlement", "failed"]
    assert set(np.unique(runs.scenario)) <= {0, 1, 2, 255}
    cells = xr.open_dataset(path, group="cells", engine="h5netcdf")
    assert cells["actors.ukraine.mood"].sel(cell=1) == -0.25 and str(cells.reason.values[1]) == "Überlauf in round 3"

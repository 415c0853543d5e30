"""A result file as the pictures read it."""
import pathlib

import h5py
import numpy as np

try:
    import tomllib
except ModuleNotFoundError:  # before Python 3.11: pictures do without the configuration's words
    tomllib = None

DAYS_A_MONTH = 30.44
NEVER = 65535


class Result:
    """A result file and the words of the configuration that made it."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.file = h5py.File(path, "r")
        self.about = dict(self.file["about"].attrs)
        text = self.about.get("configuration", "")
        self.words = tomllib.loads(text) if tomllib and text else {}
        self.runs = self.file.get("runs")
        self.title = self.about.get("title") or self.path.stem
        self.cells = len(self.file["summary/runs"])
        self.rows = int(self.about.get("rows", 0)) or int(np.sum(self.file["summary/runs"][:]))
        self.days = float(self.about.get("horizon_months", 0)) * DAYS_A_MONTH / max(1, int(self.about.get("horizon_rounds", 1)))
        self.horizon = int(self.about.get("horizon_rounds", 0))

    def __getitem__(self, column):
        return self.runs[column][:]

    def names(self, dimension):
        return list(self.runs[dimension].asstr()[:])

    def enum(self, column):
        """{value: name} of an enumeration."""
        return {value: name for name, value in h5py.check_enum_dtype(self.runs[column].dtype).items()}

    def titled(self, table, name):
        return self.words.get(table, {}).get(name, {}).get("title", name.replace("_", " "))

    def swept(self):
        """{path: value of each cell} of what varies between cells."""
        group = self.file.get("cells", {})
        return {name: data[:] for name, data in group.items()
                if name not in ("cell", "failed", "reason") and data.shape == (self.cells,) and data.dtype.kind in "fiu"
                and len(np.unique(data[:])) > 1}

    def subtitle(self):
        cells = f" in {self.cells:,} cells" if self.cells > 1 else ""
        settings = ", ".join(str(self.about.get("settings", "")).split("\n")).strip(", ")
        return (f"{self.path.stem}: {self.rows:,} runs{cells}, seed {self.about.get('seed', '?')}, "
                f"parley {self.about.get('version', '?')}" + (f"; set: {settings}" if settings else ""))


def wilson(count, total, z=1.959963984540054):
    """Share and 95 % interval (Wilson 1927)."""
    count, total = np.asarray(count, float), np.maximum(np.asarray(total, float), 1e-300)
    share = count / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return share, np.minimum(middle - half, share), np.maximum(middle + half, share)

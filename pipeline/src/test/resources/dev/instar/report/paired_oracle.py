"""Makes paired.json: what SciPy says of paired differences, which PairedTestTest compares with.

/usr/bin/python3 paired_oracle.py > paired.json
"""

import json
import random
import warnings

import numpy
import scipy
from scipy import stats

warnings.simplefilter("ignore")


def case(name, differences):
    d = numpy.array(differences)
    others = d[d != 0]
    n = len(d)
    ties = len(set(abs(others))) < len(others)
    out = {"name": name, "differences": differences, "mean": float(d.mean()), "zeros": int((d == 0).sum())}
    if n > 1:
        out["deviation"] = float(d.std(ddof=1))
    if n > 1 and len(set(differences)) > 1:
        low, high = stats.t.interval(0.95, n - 1, d.mean(), stats.sem(d))
        out.update(low=float(low), high=float(high), t=float(stats.ttest_1samp(d, 0).pvalue))
    if len(others) > 1:
        method = "approx" if ties else "exact"
        p = float(stats.wilcoxon(others, zero_method="wilcox", mode=method, correction=ties).pvalue)
        out.update(wilcoxon=max(p, 2 / 2 ** len(others)), exact=not ties)
    return out


draw = random.Random(20)
cases = [
    case("twelve", [round(draw.gauss(0.01, 0.02), 6) for _ in range(12)]),
    case("eight, all up", [round(abs(draw.gauss(0.02, 0.01)), 6) for _ in range(8)]),
    case("a zero", [0.0, 0.011, 0.02, -0.03, 0.04, 0.05]),
    case("ties", [0.01, 0.01, 0.02, -0.02, 0.03, 0.04]),
    case("two", [0.01, 0.03]),
    case("one", [0.01]),
    case("equal", [0.005, 0.005, 0.005]),
    case("none", [0.0, 0.0, 0.0]),
    case("thirty-six", [round(draw.gauss(-0.5, 1), 6) for _ in range(36)]),
]
print(json.dumps({"made_with": f"SciPy {scipy.__version__}, NumPy {numpy.__version__}", "cases": cases}, indent=1))

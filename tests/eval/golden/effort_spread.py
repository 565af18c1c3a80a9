#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
"""Writes effort_spread.json: mean, median, percentiles and the bootstrap interval of the median as numpy and scipy
(Debian's python3-numpy and python3-scipy) give them. Run once, by hand: python3 effort_spread.py

Percentiles are numpy's default ("linear"). The interval is that of the exact bootstrap: the r-th of n values drawn
with replacement is at most the i-th smallest with probability P(Bin(n, i/n) >= r). Before anything is written it is
held against drawing 20,000 times."""
import json
import os

import numpy as np
from scipy.stats import binom

LEVEL = 0.95


def exact_interval(values):
    x = np.sort(values)
    n = len(x)
    i = np.arange(1, n + 1)

    def end(r, share):
        return x[np.argmax(binom.sf(r - 1, n, i / n) >= share)]

    return end((n + 1) // 2, (1 - LEVEL) / 2), end(n // 2 + 1, (1 + LEVEL) / 2)


def drawn_interval(values, random):
    draws = random.choice(values, size=(20000, len(values)))
    return np.percentile(np.median(draws, axis=1), [2.5, 97.5])


def case(name, values, random):
    values = np.asarray(values, dtype=float)
    low, high = exact_interval(values)
    if len(values) % 2 and len(values) > 1:
        # Of an odd number the median is one of the values; drawing may miss the place by one of them.
        x = np.sort(values)
        for exact, drawn in zip((low, high), drawn_interval(values, random)):
            near = np.searchsorted(x, [exact, drawn])
            assert abs(int(near[0]) - int(near[1])) <= max(1, len(x) // 100), (name, exact, drawn)
    p = np.percentile(values, [50, 25, 75, 5, 95])
    return {"name": name, "values": values.tolist(), "mean": float(np.mean(values)), "median": p[0],
            "median_low": float(low), "median_high": float(high), "quarter": p[1], "three_quarters": p[2],
            "fifth": p[3], "ninety_fifth": p[4]}


def main():
    random = np.random.default_rng(20261122)
    cases = [
        case("one", [3.25], random),
        case("two", [4.0, 1.0], random),
        case("three", [2.0, 9.0, 4.0], random),
        case("all the same", [1.5] * 40, random),
        case("zeros and one outlier", [0.0] * 30 + [600.0], random),
        case("keys, many ties", random.integers(0, 4, 101), random),
        case("lognormal, odd", np.round(random.lognormal(1.2, 0.8, 255), 3), random),
        case("lognormal, even", np.round(random.lognormal(1.2, 0.8, 1000), 3), random),
        case("large", np.round(random.gamma(2.0, 2.0, 5001), 3), random),
    ]
    tails = [{"n": n, "p": p, "k": k, "tail": float(binom.sf(k - 1, n, p))}
             for n, p, k in [(1, 0.5, 1), (5, 0.2, 3), (40, 0.5, 21), (1000, 0.499, 500), (1000, 0.9, 850),
                             (100000, 0.4975, 50001), (100000, 0.5, 50000), (7, 1.0, 7), (7, 0.3, 0), (7, 0.3, 8)]]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "effort_spread.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"cases": cases, "tails": tails}, out)
        out.write("\n")


main()

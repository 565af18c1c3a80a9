#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
"""Expected values of test_tailfigures.cpp, from scipy, mpmath, numpy and scikit-learn alone.

    python3 tests/eval/golden/tail.py > tests/eval/golden/tail.json

Debian 12: python3-scipy 1.10.1, python3-numpy 1.24.2, python3-sklearn 1.2.1, python3-mpmath 1.2.1.
Roots and minima are found in 50 digits, so that nothing here depends on how scipy stops.
"""
import json
import sys

import mpmath as mp
import numpy as np
from scipy import optimize, stats
from sklearn.metrics import f1_score

mp.mp.dps = 50
MASK = (1 << 64) - 1


def number(value):
    value = float(value)
    return None if not np.isfinite(value) else value


def zipf(counts):
    ranked = sorted((c for c in counts if c > 0), reverse=True)
    n, total = len(ranked), sum(ranked)
    if n < 2:
        return {"counts": counts, "classes": n, "exponent": None}
    logs = [mp.log(r) for r in range(1, n + 1)]
    mean = sum(c * l for c, l in zip(ranked, logs)) / total

    def moment(s, power):
        shares = [mp.exp(-s * l) for l in logs]
        return sum(p * l**power for p, l in zip(shares, logs)) / sum(shares)

    if ranked[0] == ranked[-1]:
        s = mp.mpf(0)
    else:
        start = optimize.minimize_scalar(
            lambda x: float(x * total * mean + total * mp.log(sum(mp.exp(-x * l) for l in logs))),
            bounds=(0, 40), method="bounded").x
        s = mp.findroot(lambda x: moment(x, 1) - mean, start)
    variance = moment(s, 2) - moment(s, 1) ** 2
    shares = [mp.exp(-s * l) for l in logs]
    out = {"counts": counts, "classes": n, "exponent": number(s),
           "standard_error": number(1 / mp.sqrt(total * variance)),
           "expected": [number(total * p / sum(shares)) for p in shares]}
    if ranked[0] != ranked[-1]:
        line = stats.linregress(np.log(np.arange(1, n + 1)), np.log(ranked))
        out["least_squares"] = number(-line.slope)
        out["r_squared"] = number(line.rvalue**2)
    return out


def shape(counts):
    x = np.array(counts, dtype=float)
    total = x.sum()
    present = x[x > 0]
    out = {"counts": counts, "ratio": None, "gini": None, "entropy": None}
    if total > 0:
        out["ratio"] = number(present.max() / present.min())
        # by its definition: mean absolute difference over twice the mean
        out["gini"] = number(np.abs(x[:, None] - x[None, :]).mean() / (2 * x.mean()))
        if len(x) > 1:
            out["entropy"] = number(stats.entropy(present) / np.log(len(x)))
    out["effective"] = {str(beta): [number(mp.fsum(mp.mpf(beta)**i for i in range(c))) for c in counts]
                        for beta in ("0.9", "0.999")}
    return out


def curve(points):
    n, y, w = (np.array([p[i] for p in points], dtype=float) for i in range(3))

    def model(p):
        return p[0] - p[1] * n ** -p[2]

    best = None
    for c in (0.05, 0.2, 0.5, 1, 2, 4):
        fit = optimize.least_squares(lambda p: np.sqrt(w) * (y - model(p)), [y.max(), 0.5, c],
                                     bounds=([-np.inf, 0, 1e-3], [1, np.inf, 10]), xtol=1e-15, ftol=1e-15,
                                     gtol=1e-15, max_nfev=20000, x_scale="jac")
        if best is None or fit.cost < best.cost:
            best = fit
    N, Y, W = ([mp.mpf(float(v)) for v in x] for x in (n, y, w))
    capped = best.x[0] > 1 - 1e-9
    if capped:
        def gradient(b, c):
            r = [v - 1 + b * k**-c for v, k in zip(Y, N)]
            return [sum(g * q * k**-c for g, q, k in zip(W, r, N)),
                    sum(g * q * k**-c * mp.log(k) for g, q, k in zip(W, r, N))]
        b, c = mp.findroot(gradient, (best.x[1], best.x[2]), maxsteps=200)
        a = mp.mpf(1)
    else:
        def gradient(a, b, c):
            r = [v - a + b * k**-c for v, k in zip(Y, N)]
            return [sum(g * q for g, q in zip(W, r)), sum(g * q * k**-c for g, q, k in zip(W, r, N)),
                    sum(g * q * k**-c * mp.log(k) for g, q, k in zip(W, r, N))]
        a, b, c = mp.findroot(gradient, tuple(best.x), maxsteps=200)
    residual = sum(g * (v - a + b * k**-c) ** 2 for g, v, k in zip(W, Y, N))
    target = a - b * mp.mpf(4) ** -c * mp.mpf(float(n.max())) ** -c
    return {"points": points, "a": number(a), "b": number(b), "c": number(c), "capped": bool(capped),
            "residual": number(residual), "target": number(target), "examples": number(4 * float(n.max()))}


class SplitMix:
    """The generator that the program draws subjects with (Steele, Lea, Flood 2014)."""

    def __init__(self, seed):
        self.state = seed & MASK

    def below(self, n):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return (z ^ (z >> 31)) % n


def subject_f1(rng, subjects, classes, seed, resamples):
    clips = []
    for subject in range(subjects):
        m = int(rng.integers(3, 30))
        truth = rng.integers(0, classes - 1, m)  # the last class is never true
        guess = np.where(rng.random(m) < 0.7, truth, rng.integers(0, classes, m))
        clips.append((truth, guess))
    draw = SplitMix(seed)
    values = []
    for _ in range(resamples):
        drawn = [draw.below(subjects) for _ in range(subjects)]
        truth = np.concatenate([clips[s][0] for s in drawn])
        guess = np.concatenate([clips[s][1] for s in drawn])
        f1 = f1_score(truth, guess, labels=list(range(classes)), average=None, zero_division=0)
        occurs = [np.any(truth == c) or np.any(guess == c) for c in range(classes)]
        values.append(np.where(occurs, f1, np.nan))
    values = np.array(values)
    intervals = []
    for c in range(classes):
        known = values[:, c][~np.isnan(values[:, c])]
        intervals.append([number(np.percentile(known, 2.5)), number(np.percentile(known, 97.5)), len(known)]
                         if len(known) else [None, None, 0])
    return {"seed": seed, "resamples": resamples, "intervals": intervals,
            "clips": [[truth.tolist(), guess.tolist()] for truth, guess in clips]}


def wilson_f1(truth, predicted, correct):
    n = truth + predicted - correct
    if n == 0:
        return {"tally": [truth, predicted, correct], "low": 0.0, "high": 1.0}
    ends = stats.binomtest(correct, n).proportion_ci(0.95, method="wilson")
    return {"tally": [truth, predicted, correct], "low": number(2 * ends.low / (1 + ends.low)),
            "high": number(2 * ends.high / (1 + ends.high))}


def main():
    rng = np.random.default_rng(20260609)
    lists = [[7], [0, 0, 0], [], [5, 5, 5, 5], [100, 50, 33, 25, 20], [1000, 1], [3, 0, 12, 1, 0, 7]]
    for size in (2, 17, 32, 52):
        lists.append(np.maximum(0, rng.zipf(1.6, size) - rng.integers(0, 2, size)).clip(0, 5000).tolist())
    lists.append(np.round(3765 / np.arange(1, 33) ** 1.3).astype(int).tolist())
    curves = []
    for a, b, c, noise, size in ((0.9, 0.8, 0.5, 0.03, 32), (0.75, 1.5, 0.9, 0.02, 12), (0.97, 0.9, 0.3, 0.0, 8),
                                 (1.15, 1.1, 0.25, 0.01, 40), (0.6, 3.0, 1.7, 0.05, 52)):
        n = np.unique(np.round(np.exp(rng.uniform(np.log(3), np.log(2000), size))).astype(int))
        y = np.clip(a - b * n**-c + noise * rng.standard_normal(len(n)), 0, 1)
        w = rng.integers(1, 40, len(n))
        curves.append(curve([[int(k), float(v), int(g)] for k, v, g in zip(n, y, w)]))
    tallies = [(10, 12, 8), (1, 1, 1), (1, 0, 0), (0, 3, 0), (0, 0, 0), (200, 180, 150), (5, 5, 5)]
    json.dump({"zipf": [zipf(one) for one in lists], "shape": [shape(one) for one in lists], "curves": curves,
               "subject_f1": [subject_f1(rng, 9, 6, 7, 400), subject_f1(rng, 1, 3, 1, 20),
                              subject_f1(rng, 2, 4, 123456789, 100)],
               "wilson_f1": [wilson_f1(*one) for one in tallies]}, sys.stdout)
    print()


main()

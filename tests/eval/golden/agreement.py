#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
"""Expected values of agreement between annotators, from libraries that know nothing of this project.

    apt install python3-numpy python3-scipy python3-sklearn python3-statsmodels
    python3 agreement.py > agreement.json

Frames are made one by one here, pairs come from scipy's linear_sum_assignment, Cohen's kappa from scikit-learn,
Fleiss' kappa from statsmodels, Krippendorff's alpha and the kappa with unmatched spans (iterative proportional
fitting) from short scripts after the papers. The drawings of the bootstrap are made with the same generator
(splitmix64), percentiles with numpy. null: the figure is not defined.
"""
import json
import math

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

TIOUS = [0.1, 0.3, 0.5]
PAIR_OVERLAP = 0.3
RESAMPLES = 60
SEED = 11
MASK = (1 << 64) - 1


class SplitMix:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)


def value_or_none(x):
    return None if x is None or not math.isfinite(x) else float(x)


# ---- frames ----

def frame_labels(unit, coder, labels):
    """Label of each frame; labels: background, -1: not coded."""
    coding = unit["codings"][coder]
    frames = unit["frames"]
    if coding is None:
        return np.full(frames, -1)
    if coding["looked"] is None:
        line = np.full(frames, labels)
    else:
        line = np.full(frames, -1)
        for first, last in coding["looked"]:
            line[first:last] = labels
    rows = sorted(range(len(coding["spans"])), key=lambda i: (coding["spans"][i][0], i))
    for i in rows:
        first, last, label = coding["spans"][i]
        line[max(first, 0):max(last, 0)] = label
    return line


def kappa(a, b):
    if len(a) == 0 or (len(set(a)) == 1 and set(a) == set(b)):
        return None
    return value_or_none(cohen_kappa_score(a, b))


def kappa_of(a, b, label):
    a = (np.asarray(a) == label).astype(int)
    b = (np.asarray(b) == label).astype(int)
    return None if a.sum() + b.sum() == 0 else kappa(a, b)


def fleiss(matrix):
    if matrix.shape[0] == 0 or matrix.shape[1] < 2 or len(np.unique(matrix)) == 1:
        return None
    table, _ = aggregate_raters(matrix)
    return value_or_none(fleiss_kappa(table))


def alpha(matrix):
    """Krippendorff 2011: rows are units, NaN or negative is missing; nominal."""
    names = [x for x in np.unique(matrix) if x >= 0]
    place = {name: i for i, name in enumerate(names)}
    coincidences = np.zeros((len(names), len(names)))
    for row in matrix:
        given = [place[x] for x in row if x >= 0]
        if len(given) < 2:
            continue
        for i, c in enumerate(given):
            for j, k in enumerate(given):
                if i != j:
                    coincidences[c, k] += 1 / (len(given) - 1)
    margins = coincidences.sum(axis=0)
    total = margins.sum()
    if total == 0 or (margins > 0).sum() < 2:
        return None
    observed = (total - np.trace(coincidences)) / total
    expected = (total * total - (margins**2).sum()) / (total * (total - 1))
    return value_or_none(1 - observed / expected)


def binary(matrix, label):
    matrix = np.asarray(matrix, dtype=float)
    return np.where(matrix < 0, -1, (matrix == label).astype(float))


# ---- spans ----

def iou(a, b):
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    whole = (a[1] - a[0]) + (b[1] - b[0]) - shared
    return shared / whole if whole > 0 else 0.0


def assign(a, b, least, same_label=False):
    if not a or not b:
        return []
    weights = np.array([[iou(x, y) if not same_label or x[2] == y[2] else 0 for y in b] for x in a])
    weights[weights < least] = 0
    rows, columns = linear_sum_assignment(-weights)
    return [(int(i), int(j)) for i, j in zip(rows, columns) if weights[i, j] > 0]


def unmatched_kappa(table):
    """table: pairs, last row and column: spans of one coder alone; its corner is a structural zero."""
    if table.sum() == 0 or table[:-1, :-1].sum() == 0:
        return None
    a, b = table[:-1].sum(axis=1), table[:, :-1].sum(axis=0)
    if (a > 0).sum() == 1 and (b > 0).sum() == 1 and (a > 0).tolist() == (b > 0).tolist():
        return None
    fitted = np.ones_like(table)
    fitted[-1, -1] = 0
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    for _ in range(20000):
        before = fitted.copy()
        sums = fitted.sum(axis=1)
        fitted *= np.divide(rows, sums, out=np.zeros_like(rows), where=sums > 0)[:, None]
        sums = fitted.sum(axis=0)
        fitted *= np.divide(columns, sums, out=np.zeros_like(columns), where=sums > 0)[None, :]
        if np.abs(fitted - before).max() < 1e-14 * table.sum():
            break
    total = table.sum()
    same, chance = np.trace(table) / total, np.trace(fitted) / total
    return value_or_none((same - chance) / (1 - chance))


def unmatched_kappa_of(table, label):
    """One label against every other: agreement is what is not given to this label by one coder alone."""
    pairs = table[:-1, :-1].sum()
    a, b = table[label].sum(), table[:, label].sum()
    spans_a, spans_b = table[:-1].sum(), table[:, :-1].sum()
    if a + b == 0 or pairs == 0 or (a == spans_a and b == spans_b):
        return None
    fitted = np.ones_like(table)
    fitted[-1, -1] = 0
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    for _ in range(20000):
        sums = fitted.sum(axis=1)
        fitted *= np.divide(rows, sums, out=np.zeros_like(rows), where=sums > 0)[:, None]
        sums = fitted.sum(axis=0)
        fitted *= np.divide(columns, sums, out=np.zeros_like(columns), where=sums > 0)[None, :]
    total = table.sum()

    def agreement(t):
        return (total - (t[label].sum() - t[label, label]) - (t[:, label].sum() - t[label, label])) / total

    same, chance = agreement(table), agreement(fitted)
    return value_or_none((same - chance) / (1 - chance))


def spans_of(unit, coder):
    return unit["codings"][coder]["spans"]


def pair_figures(units, labels, a, b, all_labels=True):
    """The figures of two coders over a list of units (a unit may be there several times)."""
    both = [u for u in units if u["codings"][a] is not None and u["codings"][b] is not None]
    lines_a = [frame_labels(u, a, labels) for u in both]
    lines_b = [frame_labels(u, b, labels) for u in both]
    frames_a = np.concatenate(lines_a) if lines_a else np.array([], dtype=int)
    frames_b = np.concatenate(lines_b) if lines_b else np.array([], dtype=int)
    coded = (frames_a >= 0) & (frames_b >= 0)
    frames_a, frames_b = frames_a[coded], frames_b[coded]
    gesture = (frames_a < labels) & (frames_b < labels)
    table = np.zeros((labels + 1, labels + 1))
    start, end, start_ms, end_ms = [], [], [], []
    same_start, same_end = [[] for _ in range(labels)], [[] for _ in range(labels)]
    agreed = np.zeros((len(TIOUS), labels))
    pairs = []
    for index, u in enumerate(both):
        x, y = spans_of(u, a), spans_of(u, b)
        found = assign(x, y, PAIR_OVERLAP)
        pairs.append(found)
        for i, j in found:
            table[x[i][2], y[j][2]] += 1
            start.append(abs(x[i][0] - y[j][0]))
            end.append(abs(x[i][1] - y[j][1]))
            start_ms.append(start[-1] * u["msPerFrame"])
            end_ms.append(end[-1] * u["msPerFrame"])
            if x[i][2] == y[j][2]:
                same_start[x[i][2]].append(start[-1])
                same_end[x[i][2]].append(end[-1])
        for i in set(range(len(x))) - {i for i, _ in found}:
            table[x[i][2], -1] += 1
        for j in set(range(len(y))) - {j for _, j in found}:
            table[-1, y[j][2]] += 1
        for t, tiou in enumerate(TIOUS):
            for i, _ in assign(x, y, tiou, True):
                agreed[t, x[i][2]] += 1
    names_a = np.repeat(np.repeat(np.arange(labels), labels), table[:-1, :-1].astype(int).ravel())
    names_b = np.repeat(np.tile(np.arange(labels), labels), table[:-1, :-1].astype(int).ravel())
    spans_a, spans_b = table[:-1].sum(axis=1), table[:, :-1].sum(axis=0)

    def f1(hits, total):
        return None if total == 0 else float(2 * hits / total)

    def middle(values):
        return None if not values else float(np.median(values))

    def mean(values):
        return None if not values else float(np.mean(values))

    result = {
        "frameKappa": kappa(frames_a, frames_b),
        "gestureKappa": kappa(frames_a[gesture], frames_b[gesture]),
        "spanKappa": kappa(names_a, names_b),
        "unmatchedKappa": unmatched_kappa(table),
        "f1": [f1(agreed[t].sum(), spans_a.sum() + spans_b.sum()) for t in range(len(TIOUS))],
        "startMean": mean(start), "startMedian": middle(start),
        "endMean": mean(end), "endMedian": middle(end),
        "startMeanMs": mean(start_ms), "startMedianMs": middle(start_ms),
        "endMeanMs": mean(end_ms), "endMedianMs": middle(end_ms),
    }
    if all_labels:
        result["framesCompared"] = int(coded.sum())
        result["pairs"] = pairs
        result["labels"] = [{
            "spansA": int(spans_a[c]), "spansB": int(spans_b[c]), "named": int(table[c, c]),
            "pairedA": int(table[c, :-1].sum()), "pairedB": int(table[:-1, c].sum()),
            "framesA": int((frames_a == c).sum()), "framesB": int((frames_b == c).sum()),
            "frameKappa": kappa_of(frames_a, frames_b, c),
            "gestureKappa": kappa_of(frames_a[gesture], frames_b[gesture], c),
            "spanKappa": kappa_of(names_a, names_b, c),
            "unmatchedKappa": unmatched_kappa_of(table, c),
            "f1": [f1(agreed[t, c], spans_a[c] + spans_b[c]) for t in range(len(TIOUS))],
            "startMean": mean(same_start[c]), "startMedian": middle(same_start[c]),
            "endMean": mean(same_end[c]), "endMedian": middle(same_end[c]),
        } for c in range(labels)]
    return result


def group_figures(units, labels, coders, all_labels=True):
    matrix = np.concatenate([np.stack([frame_labels(u, c, labels) for c in range(coders)], axis=1)
                             for u in units]) if units else np.zeros((0, coders), dtype=int)
    complete = matrix[(matrix >= 0).all(axis=1)]
    two = matrix[(matrix >= 0).sum(axis=1) >= 2]
    gestures = two[(two != labels).all(axis=1)]
    complete_gestures = complete[(complete != labels).all(axis=1)]
    result = {"fleiss": fleiss(complete), "fleissGestures": fleiss(complete_gestures),
              "alpha": alpha(two), "alphaGestures": alpha(gestures)}
    if all_labels:
        def one(m, figure, c):
            cut = binary(m, c)
            return figure(cut.astype(int)) if (cut == 1).any() else None
        result["labels"] = [{"fleiss": one(complete, fleiss, c), "fleissGestures": one(complete_gestures, fleiss, c),
                             "alpha": one(two, alpha, c), "alphaGestures": one(gestures, alpha, c)}
                            for c in range(labels)]
    return result


def intervals(case, figures_of):
    """Percentile intervals of every scalar figure over drawings of groups."""
    groups = case["groups"]
    if groups < 2:
        return None
    random = SplitMix(SEED)
    found = {}
    for _ in range(RESAMPLES):
        units = []
        for _ in range(groups):
            drawn = random.next() % groups
            units += [u for u in case["units"] if u["group"] == drawn]
        for key, value in figures_of(units).items():
            values = value if isinstance(value, list) else [value]
            for i, one in enumerate(values):
                if one is not None:
                    found.setdefault(key if not isinstance(value, list) else f"{key}{i}", []).append(one)
    return {key: {"low": float(np.percentile(v, 2.5)), "high": float(np.percentile(v, 97.5)), "resamples": len(v)}
            for key, v in found.items()}


# ---- inputs ----

def random_case(rng, labels, coders, groups, units, missing=False, overlaps=False, partly=False):
    case = {"labels": labels, "coders": coders, "groups": groups, "units": []}
    for u in range(units):
        frames = int(rng.integers(900, 2500))
        truth, at = [], 0
        while True:
            at += int(rng.integers(5, 90))
            length = int(rng.integers(8, 70))
            if at + length >= frames:
                break
            truth.append((at, at + length, int(rng.integers(labels))))
            at += length if not overlaps else length // 2
        codings = []
        for c in range(coders):
            if missing and rng.random() < 0.25 and sum(x is not None for x in codings) + coders - c > 2:
                codings.append(None)
                continue
            spans = []
            for first, last, label in truth:
                if rng.random() < 0.18:
                    continue
                first = max(0, first + int(rng.integers(-9, 10)))
                last = min(frames, max(first + 2, last + int(rng.integers(-9, 10))))
                if rng.random() < 0.2:
                    label = int(rng.integers(labels))
                spans.append([first, last, label])
            for _ in range(int(rng.integers(0, 4))):
                first = int(rng.integers(0, frames - 50))
                spans.append([first, first + int(rng.integers(5, 50)), int(rng.integers(labels))])
            looked = None
            if partly and rng.random() < 0.7:
                cut = sorted(int(x) for x in rng.integers(0, frames, 4))
                looked = [[cut[0], cut[1]], [cut[2], cut[3]]]
            codings.append({"spans": spans, "looked": looked})
        case["units"].append({"group": u % groups, "frames": frames, "msPerFrame": [40.0, 33.3667, 20.0][u % 3],
                              "codings": codings})
    return case


def unit(group, frames, *codings):
    return {"group": group, "frames": frames, "msPerFrame": 40.0,
            "codings": [None if c is None else {"spans": c, "looked": None} for c in codings]}


def cases():
    rng = np.random.default_rng(20260511)
    yield "two coders", random_case(rng, 5, 2, 4, 8)
    yield "three coders, some did not code some units", random_case(rng, 4, 3, 5, 10, missing=True)
    yield "spans that overlap, partly reviewed", random_case(rng, 6, 2, 3, 6, overlaps=True, partly=True)
    yield "four coders, one group", random_case(rng, 3, 4, 1, 3)
    yield "one class", random_case(rng, 1, 2, 2, 4)
    yield "one class everywhere", {"labels": 2, "coders": 2, "groups": 2, "units": [
        unit(0, 100, [[0, 100, 0]], [[0, 100, 0]]), unit(1, 50, [[0, 50, 0]], [[0, 50, 0]])]}
    yield "nobody marked anything", {"labels": 2, "coders": 2, "groups": 1, "units": [unit(0, 100, [], [])]}
    yield "only one coder marked", {"labels": 2, "coders": 2, "groups": 1, "units": [
        unit(0, 100, [[3, 20, 1], [30, 40, 0]], [])]}
    yield "never the same unit", {"labels": 2, "coders": 2, "groups": 2, "units": [
        unit(0, 100, [[3, 20, 1]], None), unit(1, 100, None, [[3, 20, 1]])]}
    yield "equal", {"labels": 3, "coders": 2, "groups": 2, "units": [
        unit(0, 200, [[3, 20, 1], [50, 90, 2]], [[3, 20, 1], [50, 90, 2]]),
        unit(1, 80, [[0, 30, 0]], [[0, 30, 0]])]}


def main():
    result = {"tious": TIOUS, "pairOverlap": PAIR_OVERLAP, "resamples": RESAMPLES, "seed": SEED, "cases": []}
    for name, case in cases():
        labels, coders = case["labels"], case["coders"]
        expected = {"group": group_figures(case["units"], labels, coders), "pairs": []}
        expected["group"]["intervals"] = intervals(
            case, lambda units: group_figures(units, labels, coders, False))
        for a in range(coders):
            for b in range(a + 1, coders):
                figures = pair_figures(case["units"], labels, a, b)
                figures["a"], figures["b"] = a, b
                if name in ("two coders", "spans that overlap, partly reviewed"):
                    figures["intervals"] = intervals(
                        case, lambda units: pair_figures(units, labels, a, b, False))
                expected["pairs"].append(figures)
        result["cases"].append({"name": name, "input": case, "expected": expected})
    print(json.dumps(result, separators=(",", ":")))


main()

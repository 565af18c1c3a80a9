#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
"""Expected values for test_confusion.cpp, from scikit-learn and scipy (Debian 12: 1.2.1 and 1.10.1).

    python3 tests/eval/golden/confusion.py > tests/eval/golden/confusion.json

Numbers are random with fixed seeds; among the classes are some without support, some that nobody predicts,
and some that occur neither way.
"""
import json
import math
import sys
import warnings

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import squareform
from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support

warnings.filterwarnings("ignore")


def clips(seed, classes, count, absent_truth, absent_predicted):
    rng = np.random.default_rng(seed)
    weights = 1.0 / np.arange(1, classes + 1)
    weights[absent_truth] = 0
    truth = rng.choice(classes, count, p=weights / weights.sum())
    predicted = np.where(rng.random(count) < 0.6, truth, rng.integers(0, classes, count))
    for c in absent_predicted:
        predicted[predicted == c] = 0
    labels = list(range(classes))
    p, r, f, s = precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=0)
    present = sorted(set(truth) | set(predicted))
    return {
        "classes": classes, "truth": truth.tolist(), "predicted": predicted.tolist(),
        "counts": confusion_matrix(truth, predicted, labels=labels).tolist(),
        # Cells of rows and columns without support are 0 here; the test knows them from the counts.
        "rows": confusion_matrix(truth, predicted, labels=labels, normalize="true").tolist(),
        "columns": confusion_matrix(truth, predicted, labels=labels, normalize="pred").tolist(),
        "precision": p.tolist(), "recall": r.tolist(), "f1": f.tolist(), "support": s.tolist(),
        "macro": f1_score(truth, predicted, labels=present, average="macro", zero_division=0),
        "micro": f1_score(truth, predicted, labels=labels, average="micro", zero_division=0),
        "weighted": f1_score(truth, predicted, labels=labels, average="weighted", zero_division=0),
        "accuracy": float((truth == predicted).mean()),
    }


def spans(seed, videos, count, classes):
    """Spans with classes, their pairs of the largest sum, and the matrix with scikit-learn, which knows the
    background as one more class."""
    rng = np.random.default_rng(seed)

    def some():
        start = rng.uniform(0, 100, count)
        return [[int(v), int(c), float(a), float(a + l)] for v, c, a, l in zip(
            rng.integers(0, videos, count), rng.integers(0, classes, count), start, rng.uniform(2, 12, count))]

    truth, found = some(), some()
    tiou = 0.2
    weights = np.zeros((count, count))
    for i, (v, _, a, b) in enumerate(truth):
        for j, (w, _, c, d) in enumerate(found):
            shared = min(b, d) - max(a, c)
            if v == w and shared > 0:
                overlap = shared / ((b - a) + (d - c) - shared)
                weights[i, j] = overlap if overlap >= tiou else 0
    pairs = [[int(i), int(j), float(weights[i, j])]
             for i, j in zip(*linear_sum_assignment(weights, maximize=True)) if weights[i, j] > 0]
    own = {i: j for i, j, _ in pairs}
    taken = set(own.values())
    y = [s[1] for s in truth] + [classes] * (count - len(taken))
    z = [found[own[i]][1] if i in own else classes for i in range(count)]
    z += [found[j][1] for j in range(count) if j not in taken]
    labels = list(range(classes))
    return {
        "truth": truth, "found": found, "tiou": tiou, "classes": classes, "pairs": pairs,
        "sum": float(sum(p[2] for p in pairs)),
        "counts": confusion_matrix(y, z, labels=labels + [classes]).tolist(),
        "macro": f1_score(y, z, labels=labels, average="macro", zero_division=0),
        "micro": f1_score(y, z, labels=labels, average="micro", zero_division=0),
        "weighted": f1_score(y, z, labels=labels, average="weighted", zero_division=0),
    }


def clustering(seed, things):
    rng = np.random.default_rng(seed)
    d = rng.random((things, things))
    d = (d + d.T) / 2
    np.fill_diagonal(d, 0)
    z = linkage(squareform(d), "average")
    return {"distances": d.tolist(), "steps": z.tolist(), "leaves": leaves_list(z).tolist()}


def clustered(seed, classes):
    """A matrix in which no two symmetrised shares are the same, in the order of the leaves."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, 10000, (classes, classes))
    rows = counts / counts.sum(axis=1, keepdims=True)
    d = 1 - (rows + rows.T) / 2
    np.fill_diagonal(d, 0)
    return {"counts": counts.tolist(), "order": leaves_list(linkage(squareform(d), "average")).tolist()}


def wilson(correct, count):
    z = 1.959963984540054
    p = correct / count
    centre = (p + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))
    return [centre - half, centre + half]


json.dump({
    "clips": [clips(1, 6, 400, [], []), clips(2, 17, 900, [3, 11], [3, 5]), clips(3, 3, 5, [2], [2]),
              clips(4, 32, 60, [7], [0, 9]), clips(5, 1, 9, [], [])],
    "spans": [spans(11, 4, 60, 5), spans(12, 1, 40, 3)],
    "clustering": [clustering(21, 2), clustering(22, 9), clustering(23, 40)],
    "clustered": clustered(31, 12),
    "wilson": [[k, n] + wilson(k, n) for k, n in [(3, 10), (0, 7), (12, 12), (45, 200)]],
}, sys.stdout, indent=None, separators=(",", ":"))
sys.stdout.write("\n")

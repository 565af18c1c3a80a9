# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
"""Expected values for tests/eval/test_reliability.cpp and test_modalityagreement.cpp.

Run once with Debian 12's python3-sklearn (1.2.1) and python3-numpy:
    python3 tests/eval/golden/calibration.py > tests/eval/golden/calibration.json
Figures that scikit-learn has come from it; calibration errors are written here from the papers (Guo et al.
2017, eq. 3 and 5; Nixon et al. 2019, eq. 2; Nguyen and O'Connor 2015), item by item and not with our code.
"""
import json
import sys

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, cohen_kappa_score, log_loss

BINS = 15
MASK = (1 << 64) - 1


class SplitMix:
    """The generator of core/base/random.h."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n


def width_bin(p):
    """(low, high]; 0 is in none."""
    for b in range(BINS):
        if b / BINS < p <= (b + 1) / BINS:
            return b
    return -1


def width_error(confidence, right):
    total = 0.0
    for b in range(BINS):
        inside = [i for i, p in enumerate(confidence) if width_bin(p) == b]
        if inside:
            accuracy = sum(right[i] for i in inside) / len(inside)
            mean = sum(confidence[i] for i in inside) / len(inside)
            total += len(inside) / len(confidence) * abs(accuracy - mean)
    return total


def worst_bin(confidence, right):
    worst = 0.0
    for b in range(BINS):
        inside = [i for i, p in enumerate(confidence) if width_bin(p) == b]
        if inside:
            worst = max(worst, abs(np.mean([confidence[i] for i in inside]) - np.mean([right[i] for i in inside])))
    return worst


def mass_edges(confidence):
    """Inner edges at the quantiles i / BINS; places are exact fractions."""
    ordered = sorted(confidence)
    edges = []
    for i in range(1, BINS):
        place, rest = divmod(i * (len(ordered) - 1), BINS)
        low = ordered[place]
        high = ordered[place + 1] if rest else low
        edges.append(low + (high - low) * (rest / BINS))
    return edges


def mass_error(confidence, right):
    edges = mass_edges(confidence)
    bins = {}
    for p, r in zip(confidence, right):
        bins.setdefault(sum(edge < p for edge in edges), []).append((p, r))
    return sum(abs(np.mean([p for p, _ in b]) - np.mean([r for _, r in b])) * len(b) for b in bins.values()) / len(
        confidence
    )


def class_errors(rows, truth):
    found = []
    for k in range(rows.shape[1]):
        if not np.any(truth == k):
            found.append(None)
            continue
        found.append(width_error(rows[:, k].tolist(), (truth == k).astype(float).tolist()))
    return found


def class_mean(errors):
    known = [e for e in errors if e is not None]
    return float(np.mean(known)) if known else None


def brier_all(rows, truth):
    total = 0.0
    for row, label in zip(rows, truth):
        for k, p in enumerate(row):
            total += (p - (1.0 if k == label else 0.0)) ** 2
    return total / len(rows)


def figures(rows, truth):
    rows = np.asarray(rows)
    truth = np.asarray(truth)
    top = rows.argmax(axis=1)
    confidence = rows.max(axis=1)
    right = (top == truth).astype(float)
    errors = class_errors(rows, truth)
    named = truth >= 0
    out = {
        "error": width_error(confidence.tolist(), right.tolist()),
        "maximum_error": float(worst_bin(confidence.tolist(), right.tolist())),
        "error_by_mass": float(mass_error(confidence.tolist(), right.tolist())),
        "top_brier": float(brier_score_loss(right, confidence, pos_label=1)),
        "top_log_loss": float(log_loss(right, confidence, labels=[0, 1], eps=1e-12)),
        "class_errors": errors,
        "classwise_error": class_mean(errors),
        "brier": brier_all(rows, truth),
    }
    if named.any():
        picked = np.clip(rows[named, truth[named]], 1e-12, 1)
        out["log_loss"] = float(-np.log(picked).mean())
    if len(rows) > BINS:
        for strategy, name in (("uniform", "curve"), ("quantile", "mass_curve")):
            share, mean = calibration_curve(right, confidence, n_bins=BINS, strategy=strategy)
            out[name] = {"share": share.tolist(), "confidence": mean.tolist()}
    return out


def percentile(values, level):
    return [float(np.percentile(values, 50 * (1 - level))), float(np.percentile(values, 50 * (1 + level)))]


def intervals(rows, truth, subjects, seed, resamples, level):
    rows = np.asarray(rows)
    truth = np.asarray(truth)
    names = list(dict.fromkeys(subjects))
    over_subjects = len(names) >= 2
    clusters = (
        [[i for i, s in enumerate(subjects) if s == name] for name in names]
        if over_subjects
        else [[i] for i in range(len(rows))]
    )
    random = SplitMix(seed)
    lists = {"error": [], "error_by_mass": [], "classwise_error": [], "brier": [], "log_loss": []}
    classes = {}
    for _ in range(resamples):
        items = []
        for _ in clusters:
            items += clusters[random.below(len(clusters))]
        r, t = rows[items], truth[items]
        top, confidence = r.argmax(axis=1), r.max(axis=1)
        right = (top == t).astype(float)
        errors = class_errors(r, t)
        lists["error"].append(width_error(confidence.tolist(), right.tolist()))
        lists["error_by_mass"].append(mass_error(confidence.tolist(), right.tolist()))
        lists["brier"].append(brier_all(r, t))
        if class_mean(errors) is not None:
            lists["classwise_error"].append(class_mean(errors))
        named = t >= 0
        if named.any():
            lists["log_loss"].append(float(-np.log(np.clip(r[named, t[named]], 1e-12, 1)).mean()))
        for k, error in enumerate(errors):
            if error is not None:
                classes.setdefault(k, []).append(error)
    out = {name: percentile(values, level) for name, values in lists.items()}
    out["class_errors"] = {str(k): percentile(values, level) + [len(values)] for k, values in classes.items()}
    out["over_subjects"] = over_subjects
    return out


def sample(rng, items, classes, people, none_share=0.1, spread=1.5):
    logits = rng.normal(size=(items, classes)) * spread
    rows = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    rows = np.round(rows, 9)
    truth = np.array([rng.choice(classes, p=row / row.sum()) for row in rows])
    truth[rng.random(items) < 0.2] = rng.integers(0, classes)
    truth[rng.random(items) < none_share] = -1
    subjects = ["person %d" % rng.integers(0, people) for _ in range(items)]
    return rows, truth, subjects


def case(name, rows, truth, subjects, seed=None, resamples=60):
    entry = {
        "name": name,
        "rows": np.asarray(rows).tolist(),
        "truth": np.asarray(truth).tolist(),
        "subjects": subjects,
        "figures": figures(rows, truth),
    }
    if seed is not None:
        entry["seed"] = seed
        entry["resamples"] = resamples
        entry["intervals"] = intervals(rows, truth, subjects, seed, resamples, 0.95)
    return entry


def wilson(right, items):
    z = 1.959963984540054
    p = right / items
    centre = (p + z * z / (2 * items)) / (1 + z * z / items)
    half = z * np.sqrt(p * (1 - p) / items + z * z / (4 * items * items)) / (1 + z * z / items)
    return [max(0.0, centre - half), min(1.0, centre + half)]


def agreement(rng):
    out = []
    for items, classes, answered in ((200, 5, 1.0), (120, 12, 0.8), (1, 3, 1.0), (30, 1, 1.0)):
        truth = rng.integers(0, classes, items)
        voters = []
        for quality in (0.8, 0.6, 0.4):
            voter = np.where(rng.random(items) < quality, truth, rng.integers(0, classes, items))
            voter[rng.random(items) > answered] = -1
            voters.append(voter)
        truth = np.where(rng.random(items) < 0.1, -1, truth) if items > 1 else truth
        pairs = []
        for a in range(3):
            for b in range(a + 1, 3):
                both = (voters[a] >= 0) & (voters[b] >= 0)
                x, y = voters[a][both], voters[b][both]
                judged = both & (truth >= 0)
                ra, rb = voters[a][judged] == truth[judged], voters[b][judged] == truth[judged]
                kappa = float(cohen_kappa_score(x, y)) if len(set(x) | set(y)) > 1 else None
                pairs.append(
                    {
                        "first": a,
                        "second": b,
                        "items": int(both.sum()),
                        "share": float((x == y).mean()),
                        "kappa": kappa,
                        "judged": int(judged.sum()),
                        "both_wrong": int((~ra & ~rb).sum()),
                        "double_fault": float((~ra & ~rb).mean()) if judged.any() else None,
                        "error_overlap": float((~ra & ~rb).sum() / (~ra | ~rb).sum()) if (~ra | ~rb).any() else None,
                        "same_wrong": int((~ra & (voters[a][judged] == voters[b][judged])).sum()),
                    }
                )
        stacked = np.stack(voters)
        asked = (truth >= 0) & (stacked >= 0).any(axis=0)
        hits = ((stacked == truth) & (stacked >= 0))[:, asked]
        out.append(
            {
                "classes": classes,
                "truth": truth.tolist(),
                "voters": [v.tolist() for v in voters],
                "pairs": pairs,
                "oracle": float(hits.any(axis=0).mean()) if asked.any() else None,
                "judged": int(asked.sum()),
            }
        )
    return out


def main():
    rng = np.random.default_rng(20260522)
    cases = []
    # 500 - 1 is prime to the bins, so that no quantile of scikit-learn falls on an answer.
    rows, truth, subjects = sample(rng, 500, 6, 7)
    cases.append(case("many people", rows, truth, subjects, seed=7))
    rows, truth, _ = sample(rng, 83, 4, 1, spread=3)
    cases.append(case("one person", rows, truth, ["only"] * 83, seed=11))
    ties = np.array([[0.5, 0.3, 0.2]] * 40 + [[0.2, 0.7, 0.1]] * 21)
    cases.append(case("two confidences", ties, [0, 1, 2, -1] * 15 + [1], ["a", "b", "c"] * 20 + ["a"], seed=3))
    cases.append(case("sure and wrong", [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]], [1, 0, 1], ["a", "b", "c"], seed=5))
    cases.append(case("nobody made a gesture", [[0.9, 0.1], [0.25, 0.75]], [-1, -1], ["a", "a"]))
    cases.append(case("one answer", [[0.62, 0.38]], [0], ["a"]))
    json.dump(
        {
            "note": "made by tests/eval/golden/calibration.py; not to be edited by hand",
            "cases": cases,
            "wilson": [[r, n, *wilson(r, n)] for r, n in ((84, 100), (0, 7), (7, 7), (1, 2), (250, 1000))],
            "agreement": agreement(rng),
        },
        sys.stdout,
    )
    sys.stdout.write("\n")


main()

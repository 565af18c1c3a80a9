# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
"""The peer of `telltale-cli bench heads`: LogisticRegression of Debian's python3-sklearn.

Arguments: features (float32, rows x inputs), labels (int32), inputs, held-out rows at the end. Each line of the
input is a number of training rows; the answer is CPU and wall nanoseconds, accuracy and macro-F1 on the
held-out rows, and the peak of the resident memory so far in KiB.
"""
import resource
import sys
import time
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

warnings.filterwarnings("ignore")  # 100 iterations end before it converges
inputs, held = int(sys.argv[3]), int(sys.argv[4])
features = np.memmap(sys.argv[1], np.float32, "r").reshape(-1, inputs)
labels = np.fromfile(sys.argv[2], np.int32)
print("ready", flush=True)
for line in sys.stdin:
    rows = int(line)
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    model = LogisticRegression(solver="lbfgs", class_weight="balanced", max_iter=100)
    model.fit(features[:rows], labels[:rows])
    cpu, wall = time.process_time_ns() - cpu, time.perf_counter_ns() - wall
    found = model.predict(features[-held:])
    truth = labels[-held:]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(cpu, wall, (found == truth).mean(), f1_score(truth, found, average="macro"), peak, flush=True)

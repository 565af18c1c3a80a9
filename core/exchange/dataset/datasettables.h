// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/dataset/datasetplan.h"
#include "exchange/spanformat.h"

namespace telltale {

/// The files about spans, classes, videos and splits, for people and any program: spans.csv, classes.csv,
/// classes.txt, videos.csv, splits.json, reviewed.json and masks/VIDEO.npy.
std::vector<OutgoingFile> datasetTables(const DatasetPlan& plan);

/// The files that training programs read as they are: annotations/ for OpenTAD and ActionFormer, mmaction2/
/// for MMAction2. (PYSKL's is written with the points.)
std::vector<OutgoingFile> trainingLists(const DatasetPlan& plan);

/// README.md: what is in the dataset, who made it and how to read it.
OutgoingFile datasetCard(const DatasetPlan& plan);

/// Seconds that OpenTAD turns into exactly this frame: it cuts seconds / duration * frames off to a whole
/// number (opentad/datasets/thumos.py, get_gt), and a time stamp that was rounded down, to milliseconds in
/// many files, would land one frame early. At most a quarter of a frame later than the time stamp; the time
/// stamp itself where that is not enough (variable rate).
double secondsForOpenTad(const OutgoingVideo& video, int64_t frame);

} // namespace telltale

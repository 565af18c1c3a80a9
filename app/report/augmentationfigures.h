// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/report/projectreport.h"
#include "pipeline/augmentationcourse.h"
#include <string>

namespace telltale {

class CoursePlot;

/// The thirds of the long tail, a line each.
void showGroups(CoursePlot& plot, const AugmentationCourse& course);
std::vector<Table> tables(const AugmentationCourse& course);
/// Of the detector in use.
Result<SectionMaker> augmentationSection(const FrozenProject& project, ProgressSink& progress);

} // namespace telltale

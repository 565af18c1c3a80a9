// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pipeline/project.h"
#include <string>
#include <vector>

namespace telltale {

/// A video of a new project and whom it shows.
struct NewProjectVideo {
    ProbedVideo probed;
    std::string subject;
};

/// Everything a new project is made from; a copy, so that it can be made on any thread.
struct NewProjectRequest {
    std::filesystem::path folder; ///< an empty one, or one that is not there yet
    LabelScheme scheme;
    std::vector<NewProjectVideo> videos;
    SubjectRole role = SubjectRole::Train; ///< of all subjects
};

/// Makes the project beside its place and moves it there when it is whole: after Cancelled or an error
/// nothing of it is left. Conflict if the folder holds something. Blocks.
Status makeProject(const NewProjectRequest& request, ProgressSink& progress);

} // namespace telltale

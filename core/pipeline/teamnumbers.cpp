// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/teamnumbers.h"

namespace telltale {

void fetchNumbers(const Document& document)
{
    if (!document.isTeamProject())
        return;
    for (const VideoEntry& video : document.videos())
        for (const PredictionRun& run : document.runs(video.id))
            if (run.predictions > 0)
                (void)document.prediction(run.firstPrediction);
}

} // namespace telltale

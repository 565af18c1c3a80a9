// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/labelscheme.h"
#include "data/types.h"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace telltale {

/// Values to rows of the database and of the edit log, and back. A row is a JSON object of column names
/// without the id. Reading expects rows that this program wrote: names that are unknown fall back to the
/// type's default.

nlohmann::json rowOf(const LabelScheme& scheme);
nlohmann::json rowOf(const Subject& value);
nlohmann::json rowOf(const VideoEntry& value); ///< without what other tables know
nlohmann::json rowOf(const Person& value);
nlohmann::json rowOf(const ModelEntry& value);
nlohmann::json rowOf(const TrackEntry& value);
nlohmann::json rowOf(const PredictionRun& value);
nlohmann::json rowOf(const ScoreBlock& value);
nlohmann::json rowOf(const PseudoLabel& value);
nlohmann::json rowOf(const Annotation& value);
nlohmann::json rowOf(const ReviewedRange& value);
nlohmann::json rowOf(const Note& value);
nlohmann::json rowOf(const SyncedVideo& value);
nlohmann::json rowOf(const Member& value);
nlohmann::json rowOf(const Assignment& value);
nlohmann::json rowOf(const EditConflict& value);
nlohmann::json rowOf(const TrackEdit& value);
nlohmann::json rowOf(const PoseCorrection& value);
nlohmann::json rowOf(const SavedCrop& value);
nlohmann::json rowOf(const CropCorrection& value);
nlohmann::json rowOf(const Withholding& value);

/// For Subject, VideoEntry, ... as above; not for schemes.
template <typename Value> Value valueOf(int64_t id, const nlohmann::json& row);
/// BadFormat if the row is not a scheme.
Result<LabelScheme> schemeOf(const nlohmann::json& row);

/// A scheme as in models/schemes; `origin` names the file in messages.
Result<LabelScheme> parseLabelScheme(const std::string& text, const std::string& origin);
std::string formatLabelScheme(const LabelScheme& scheme);

} // namespace telltale

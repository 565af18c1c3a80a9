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
nlohmann::json rowOf(const VideoEntry& video);
nlohmann::json rowOf(const Annotation& annotation);
nlohmann::json rowOf(const PredictionRun& run);
nlohmann::json rowOf(const ModelEntry& model);
nlohmann::json rowOf(const SyncedVideo& camera);
/// `digest`: key of the payload that holds the numbers.
nlohmann::json rowOf(const Prediction& prediction, const std::string& digest);

VideoEntry videoOf(int64_t id, const nlohmann::json& row);
Annotation annotationOf(int64_t id, const nlohmann::json& row);
PredictionRun runOf(int64_t id, const nlohmann::json& row);
ModelEntry modelOf(int64_t id, const nlohmann::json& row);
SyncedVideo cameraOf(int64_t id, const nlohmann::json& row);
/// BadFormat if the row is not a scheme.
Result<LabelScheme> schemeOf(const nlohmann::json& row);
/// Without the numbers.
Prediction predictionOf(int64_t id, const nlohmann::json& row);

/// A scheme as in models/schemes; `origin` names the file in messages.
Result<LabelScheme> parseLabelScheme(const std::string& text, const std::string& origin);
std::string formatLabelScheme(const LabelScheme& scheme);

/// The probabilities and embeddings of a prediction: a line of JSON with the sizes, then float32
/// little-endian.
std::string formatPayload(const Prediction& prediction);
/// Fills the numbers in; BadFormat if the bytes do not fit their header.
Status parsePayload(const std::string& bytes, Prediction& prediction);

} // namespace telltale

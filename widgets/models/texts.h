// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include "base/timebase.h"
#include "data/labelscheme.h"
#include "data/types.h"
#include "widgets/models/classlooks.h"
#include <QColor>
#include <QString>
#include <filesystem>
#include <optional>

namespace telltale {

/// How project values are written for people; translated.
QString stateText(SpanState state);
QString originText(SpanOrigin origin);
QString roleText(SubjectRole role);
/// "joint" -> "Skeleton"; unknown names come back as they are.
QString modalityText(const std::string& modality);
/// Short name of a class, "unnamed gesture" for -1.
QString classText(const LabelScheme& scheme, int classId);
QString classLongText(const LabelScheme& scheme, int classId);
QString clockText(MediaTime time); ///< "00:04.393", with hours where there are any
QString percentText(double share); ///< "62 %"
/// The frame a person means by "123", "4.5s" or "1:02.3"; empty if it is none of these.
std::optional<int64_t> parsePosition(const QString& text, const FrameTimes& times);

QString toQString(const std::filesystem::path& path);
std::filesystem::path toPath(const QString& text);

} // namespace telltale

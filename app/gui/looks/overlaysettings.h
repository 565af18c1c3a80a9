// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "widgets/video/overlayoptions.h"

class QSettings;

namespace telltale {

/// The overlays as they were chosen last; what is missing or makes no sense is as it comes.
OverlayOptions loadOverlays(QSettings& stored);
void saveOverlays(QSettings& stored, const OverlayOptions& options);

} // namespace telltale

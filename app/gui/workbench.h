// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/gui/backgroundwork.h"
#include "app/gui/cameras.h"
#include "app/gui/cmpl/adaptation.h"
#include "app/gui/cmpl/pseudorounds.h"
#include "app/gui/cropediting.h"
#include "app/gui/player.h"
#include "app/gui/poseediting.h"
#include "app/gui/proxies.h"
#include "app/gui/review.h"
#include "app/gui/session.h"
#include "app/gui/sound.h"
#include "widgets/video/videoview.h"

namespace telltale {

class Commands;
class KeyMap;
class MainWindow;

/// What actions and panels work with. Owns nothing.
struct Workbench {
    Session& session;
    Player& player;
    Cameras& cameras;
    Sound& sound;
    Review& review;
    PoseEditing& poses;
    CropEditing& crops;
    Retraining& retraining;
    Analysis& analysis;
    Proxies& proxies;
    Commands& commands;
    MainWindow& window;
    KeyMap& keys;
    Adaptation& adaptation;
    PseudoRounds& rounds;
};

} // namespace telltale

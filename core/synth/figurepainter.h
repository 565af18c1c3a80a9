// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "synth/figure.h"
#include "synth/headmesh.h"

namespace telltale::synth {

/// Clothes, skin, hair and face of one subject, painted once; draws any pose. Const use is safe from any
/// thread.
class FigurePainter {
public:
    explicit FigurePainter(const Subject& subject);
    void draw(const Figure& figure, Painter& painter) const;

private:
    void drawTrunk(const Figure& figure, Painter& painter) const;
    void drawShoulder(const Figure& figure, const Arm& arm, Painter& painter) const;
    void drawHead(const Figure& figure, Painter& painter) const;
    void drawArm(const Arm& arm, double side, Painter& painter) const;
    void drawHand(const Arm& arm, Painter& painter) const;
    void drawLeg(const Leg& leg, Painter& painter) const;

    const Subject& m_subject;
    Texture m_skin;
    Texture m_sleeve;
    Texture m_trunk;
    Texture m_trousers;
    Texture m_shoes;
    Texture m_hair;
    std::vector<Texture> m_faces;
    Grid m_head;
    Grid m_puffedHead;
    Grid m_hairShell;
};

} // namespace telltale::synth

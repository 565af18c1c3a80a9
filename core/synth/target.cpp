// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "synth/target.h"

namespace telltale::synth {
namespace {

constexpr Vec3 kDown{0.35, -1, -0.15};
constexpr Vec3 kOut{0.7, -0.75, -0.05};
constexpr Vec3 kHigh{0.7, -0.55, 0.5};
constexpr Vec3 kForward{0.45, -0.7, 0.6};

constexpr TargetRow kRows[] = {
    {Target::Hang, Frame::Trunk, {0.245, -0.66, 0.06}, {0.03, -1, 0.12}, {-1, 0, 0.1}, {0.5, 0, -1}},
    {Target::Thigh, Frame::Pelvis, {0.125, 0.115, 0.33}, {-0.15, -0.1, 1}, {0, -1, -0.1}, {0.8, -0.5, -0.5}},
    {Target::TableTop, Frame::Pelvis, {0.11, 0.245, 0.40}, {-0.75, 0.12, 0.6}, {0, -1, 0},
        {0.6, -0.8, -0.25}},
    {Target::Armrest, Frame::Pelvis, {0.27, 0.22, 0.30}, {-0.05, -0.15, 1}, {-0.3, -1, 0}, {0.8, -0.3, -0.6}},
    {Target::Forehead, Frame::Head, {0.015, 0.152, 0.104}, {-0.65, 0.7, -0.05}, {0, -0.1, -1}, kForward},
    {Target::Eye, Frame::Head, {0.033, 0.098, 0.104}, {-0.4, 0.9, -0.15}, {-0.1, 0, -1}, kForward},
    {Target::Ear, Frame::Head, {0.087, 0.083, 0.005}, {-0.15, 0.85, -0.5}, {-1, 0, -0.1}, kHigh},
    {Target::Nose, Frame::Head, {0.004, 0.068, 0.128}, {-0.5, 0.8, -0.25}, {-0.2, 0, -1}, kForward},
    {Target::Cheek, Frame::Head, {0.062, 0.045, 0.078}, {-0.2, 0.95, -0.2}, {-0.8, 0, -0.6}, kForward},
    {Target::Mouth, Frame::Head, {0.005, 0.030, 0.112}, {-0.75, 0.6, -0.15}, {0, 0.1, -1}, kForward},
    {Target::Chin, Frame::Head, {0.004, -0.014, 0.098}, {-0.7, 0.6, -0.1}, {0, 0.5, -0.85}, kForward},
    {Target::Crown, Frame::Head, {0.03, 0.218, 0.02}, {-0.8, 0.1, -0.55}, {-0.15, -1, -0.2}, kHigh},
    {Target::HatBrim, Frame::Head, {0.03, 0.178, 0.120}, {-0.5, 0.55, -0.6}, {0, -0.5, -0.85}, kForward},
    {Target::Temple, Frame::Head, {0.078, 0.135, 0.045}, {-0.25, 0.7, -0.65}, {-1, -0.1, 0}, kHigh},
    {Target::HeadBack, Frame::Head, {0.035, 0.145, -0.1}, {-0.8, 0.35, -0.4}, {-0.1, -0.1, 1},
        {0.9, 0.35, 0.25}},
    {Target::FaceCover, Frame::Head, {0.04, 0.075, 0.118}, {-0.15, 0.97, -0.12}, {0, 0, -1}, kForward},
    {Target::NeckSide, Frame::Trunk, {0.05, 0.08, 0.03}, {-0.35, 0.45, -0.8}, {-1, 0, -0.15}, kForward},
    {Target::Nape, Frame::Trunk, {0.03, 0.075, -0.062}, {-0.85, 0.15, -0.35}, {-0.2, 0, 1}, {0.9, 0.3, 0.3}},
    {Target::Notch, Frame::Trunk, {0.0, -0.02, 0.088}, {-0.85, 0.5, -0.05}, {0, 0.1, -1}, kDown},
    {Target::Collar, Frame::Trunk, {0.035, 0.005, 0.088}, {-0.5, 0.8, -0.3}, {-0.2, 0, -1}, kForward},
    {Target::Chest, Frame::Trunk, {-0.05, -0.13, 0.135}, {-0.9, 0.4, 0}, {0, 0, -1}, kOut},
    {Target::ShoulderBack, Frame::Trunk, {-0.02, -0.02, -0.105}, {-0.5, -0.45, -0.75}, {-0.2, -0.3, 1},
        {0.5, 0.8, 0.6}},
    {Target::LowBack, Frame::Trunk, {0.05, -0.33, -0.135}, {-0.9, 0.3, 0}, {0, 0, 1}, {0.9, 0, -0.7}},
    {Target::BehindBack, Frame::Trunk, {0.0, -0.42, -0.165}, {-0.9, -0.25, -0.05}, {0, 0, -1},
        {0.9, 0.1, -0.7}},
    {Target::Waist, Frame::Trunk, {0.165, -0.40, 0.03}, {-0.5, -0.35, 0.75}, {-0.9, -0.2, -0.3},
        {1, 0.1, -0.35}},
    {Target::Belly, Frame::Trunk, {0.03, -0.31, 0.145}, {-0.9, -0.2, 0}, {0, 0, -1}, kOut},
    {Target::Flank, Frame::Trunk, {0.155, -0.24, 0.06}, {-0.5, -0.3, -0.4}, {-1, 0, -0.3}, {1, 0, 0}},
    {Target::FoldOver, Frame::Trunk, {-0.11, -0.235, 0.17}, {-0.9, 0.35, -0.25}, {-0.3, 0, -1},
        {0.8, -0.9, 0.2}},
    {Target::FoldUnder, Frame::Trunk, {-0.075, -0.28, 0.12}, {-0.95, 0.1, -0.3}, {0.2, 0, -1},
        {0.8, -0.9, 0.2}},
    {Target::Withdrawn, Frame::Trunk, {0.2, -0.36, 0.12}, {-0.35, 0.05, 0.9}, {-0.9, -0.3, 0},
        {0.4, -0.1, -1}},
    {Target::HandsMeet, Frame::Trunk, {0.012, -0.36, 0.25}, {-0.45, -0.15, 0.9}, {-1, 0, -0.45}, kOut},
    {Target::SteepleTop, Frame::Trunk, {0.008, -0.17, 0.3}, {-0.35, 0.85, 0.3}, {-0.95, -0.3, 0}, kOut},
    {Target::TableObject, Frame::Trunk, {0.03, -0.29, 0.3}, {-0.6, -0.15, 0.75}, {-0.6, -0.8, 0}, kOut},
    {Target::FrontSpace, Frame::Trunk, {0.17, -0.22, 0.33}, {-0.3, 0.45, 0.85}, {-0.5, 0.8, -0.2}, kOut},
    {Target::OtherForearm, Frame::OtherForearm, {0, 0.5, 0.045}, {-0.75, 0.35, -0.5}, {0, 0, -1}, kOut},
    {Target::OtherElbow, Frame::OtherForearm, {0, 0.06, 0.05}, {-0.85, 0.1, -0.5}, {0, 0, -1}, kDown},
    {Target::OtherUpperArm, Frame::OtherUpperArm, {0, 0.6, 0.055}, {-0.9, 0.3, -0.4}, {0, 0, -1}, kOut},
    {Target::OtherWrist, Frame::OtherForearm, {0, 0.95, 0.035}, {-0.8, 0.1, 0.4}, {0, -0.5, -0.8}, kOut},
};

// Where a table is in the way, hands meet on or over it.
constexpr TargetRow kTableRows[] = {
    {Target::HandsMeet, Frame::Pelvis, {0.012, 0.255, 0.40}, {-0.75, 0.05, 0.6}, {-0.6, -0.1, -0.75}, kOut},
    {Target::SteepleTop, Frame::Pelvis, {0.008, 0.40, 0.42}, {-0.35, 0.85, 0.3}, {-0.95, -0.3, 0}, kOut},
    {Target::TableObject, Frame::Pelvis, {0.04, 0.27, 0.44}, {-0.6, -0.25, 0.75}, {-0.5, -0.85, 0}, kOut},
    {Target::FrontSpace, Frame::Pelvis, {0.2, 0.36, 0.40}, {-0.3, 0.45, 0.85}, {-0.5, 0.8, -0.2}, kOut},
    {Target::Withdrawn, Frame::Pelvis, {0.13, 0.12, 0.2}, {-0.4, -0.1, 0.9}, {-0.2, -1, 0}, {0.5, 0, -1}},
};

const TargetRow& find(std::span<const TargetRow> rows, Target target, const TargetRow& otherwise)
{
    const auto row = std::ranges::find_if(rows, [&](const TargetRow& r) { return r.id == target; });
    return row == rows.end() ? otherwise : *row;
}

} // namespace

const TargetRow& targetRow(Target target, Seat seat)
{
    const TargetRow& plain = find(kRows, target, kRows[0]);
    return seat == Seat::Table ? find(kTableRows, target, plain) : plain;
}

} // namespace telltale::synth

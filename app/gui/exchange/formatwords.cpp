// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/exchange/formatwords.h"
#include <QtGlobal>

namespace telltale {
namespace {

// Names of programs and their files first, then what can be chosen, then the choices that are words.
constexpr const char* kWords[] = {
    QT_TRANSLATE_NOOP("FormatSetting", "ActivityNet JSON (OpenTAD, ActionFormer)"),
    QT_TRANSLATE_NOOP("FormatSetting", "SMG folders (SampleNNNN)"),
    QT_TRANSLATE_NOOP("FormatSetting", "iMiGUE folders"),
    QT_TRANSLATE_NOOP("FormatSetting", "Span list (CSV)"),
    QT_TRANSLATE_NOOP("FormatSetting", "ELAN (EAF 2.7 to 3.0)"),
    QT_TRANSLATE_NOOP("FormatSetting", "WebVTT subtitles"),
    QT_TRANSLATE_NOOP("FormatSetting", "SubRip subtitles (SRT)"),
    QT_TRANSLATE_NOOP("FormatSetting", "Praat TextGrid"),
    QT_TRANSLATE_NOOP("FormatSetting", "NOVA annotation"),
    QT_TRANSLATE_NOOP("FormatSetting", "CVAT for video 1.1"),
    QT_TRANSLATE_NOOP("FormatSetting", "BORIS project"),
    QT_TRANSLATE_NOOP("FormatSetting", "BORIS tabular events"),
    QT_TRANSLATE_NOOP("FormatSetting", "BORIS aggregated events"),
    QT_TRANSLATE_NOOP("FormatSetting", "Label Studio JSON"),
    QT_TRANSLATE_NOOP("FormatSetting", "MiGA submission, classes of clips (track 1)"),
    QT_TRANSLATE_NOOP("FormatSetting", "MiGA submission, spans of videos (track 2)"),
    QT_TRANSLATE_NOOP("FormatSetting", "MiGA submission, columns of your own"),
    QT_TRANSLATE_NOOP(
        "FormatSetting", "Skeletons (OpenPose, COCO, Halpe, SLEAP, DeepLabCut, PYSKL, NumPy, ...)"),
    QT_TRANSLATE_NOOP("FormatSetting", "Labelled dataset (PYSKL, MMAction2, OpenTAD, ActionFormer)"),
    QT_TRANSLATE_NOOP("FormatSetting", "What the file is for"),
    QT_TRANSLATE_NOOP("FormatSetting", "Spans of test videos"),
    QT_TRANSLATE_NOOP("FormatSetting", "Names of the parts: train or training"),
    QT_TRANSLATE_NOOP("FormatSetting", "Columns of the list"),
    QT_TRANSLATE_NOOP("FormatSetting", "Tiers to import, separated by commas (* stands for any text)"),
    QT_TRANSLATE_NOOP("FormatSetting", "A second line with person, state, score and annotator"),
    QT_TRANSLATE_NOOP("FormatSetting", "What the names of tiers are"),
    QT_TRANSLATE_NOOP("FormatSetting", "Spans with a confidence below 1 become"),
    QT_TRANSLATE_NOOP("FormatSetting", "The video has the name of the"),
    QT_TRANSLATE_NOOP("FormatSetting", "Class that means no gesture"),
    QT_TRANSLATE_NOOP("FormatSetting", "Continuous values make a span from"),
    QT_TRANSLATE_NOOP("FormatSetting", "A span is"),
    QT_TRANSLATE_NOOP("FormatSetting", "Modifiers of behaviours"),
    QT_TRANSLATE_NOOP("FormatSetting", "What separates the columns"),
    QT_TRANSLATE_NOOP("FormatSetting", "frameRate of the labelling interface (empty: that of the video)"),
    QT_TRANSLATE_NOOP("FormatSetting", "What stands before the names of videos"),
    QT_TRANSLATE_NOOP("FormatSetting", "Number of the first class"),
    QT_TRANSLATE_NOOP("FormatSetting", "name_10_20 means frames 10 to 20 of a video, or a clip of that name"),
    QT_TRANSLATE_NOOP("FormatSetting", "Template of a row"),
    QT_TRANSLATE_NOOP("FormatSetting", "First line (empty: none)"),
    QT_TRANSLATE_NOOP("FormatSetting", "Form of the files"),
    QT_TRANSLATE_NOOP("FormatSetting", "Clips of the spans"),
    QT_TRANSLATE_NOOP("FormatSetting", "Points of the spans"),
    QT_TRANSLATE_NOOP("FormatSetting", "Heatmaps of the spans"),
    QT_TRANSLATE_NOOP("FormatSetting", "Points of whole videos"),
    QT_TRANSLATE_NOOP("FormatSetting", "Whole videos"),
    QT_TRANSLATE_NOOP("FormatSetting", "Without identities: skeletons alone, no names"),
    QT_TRANSLATE_NOOP("FormatSetting", "predictions"),
    QT_TRANSLATE_NOOP("FormatSetting", "keep"),
    QT_TRANSLATE_NOOP("FormatSetting", "drop"),
    QT_TRANSLATE_NOOP("FormatSetting", "auto"),
    QT_TRANSLATE_NOOP("FormatSetting", "short"),
    QT_TRANSLATE_NOOP("FormatSetting", "long"),
    QT_TRANSLATE_NOOP("FormatSetting", "wide"),
    QT_TRANSLATE_NOOP("FormatSetting", "yes"),
    QT_TRANSLATE_NOOP("FormatSetting", "no"),
    QT_TRANSLATE_NOOP("FormatSetting", "ignore"),
    QT_TRANSLATE_NOOP("FormatSetting", "person"),
    QT_TRANSLATE_NOOP("FormatSetting", "annotator"),
    QT_TRANSLATE_NOOP("FormatSetting", "proposals"),
    QT_TRANSLATE_NOOP("FormatSetting", "accepted"),
    QT_TRANSLATE_NOOP("FormatSetting", "file"),
    QT_TRANSLATE_NOOP("FormatSetting", "folder"),
    QT_TRANSLATE_NOOP("FormatSetting", "tracks"),
    QT_TRANSLATE_NOOP("FormatSetting", "attributes"),
    QT_TRANSLATE_NOOP("FormatSetting", "comma"),
    QT_TRANSLATE_NOOP("FormatSetting", "tab"),
    QT_TRANSLATE_NOOP("FormatSetting", "frames"),
    QT_TRANSLATE_NOOP("FormatSetting", "clips"),
    QT_TRANSLATE_NOOP("FormatSetting", "encode"),
    QT_TRANSLATE_NOOP("FormatSetting", "none"),
    QT_TRANSLATE_NOOP("FormatSetting", "joint"),
    QT_TRANSLATE_NOOP("FormatSetting", "limb"),
    QT_TRANSLATE_NOOP("FormatSetting", "reference"),
    QT_TRANSLATE_NOOP("FormatSetting", "copy"),
};

} // namespace

std::span<const char* const> formatWords() { return kWords; }

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/augmentationfigures.h"
#include "pipeline/projectdetector.h"
#include "widgets/plot/courseplot.h"
#include <QCoreApplication>
#include <algorithm>

namespace telltale {
namespace {

struct AugmentationFigures {
    Q_DECLARE_TR_FUNCTIONS(AugmentationFigures)
};

ReportSection sectionOf(const AugmentationCourse& course)
{
    ReportSection section{QStringLiteral("augmentation"),
        QStringLiteral("Augmentation of rare and hard classes"), {}, {}, {}, {}};
    section.paragraphs << QString::fromStdString(course.recipe)
            + (course.adaptive
                    ? QStringLiteral(": the rarer and the harder a class, the more its windows were varied.")
                    : QStringLiteral(": every window was varied alike, whatever its classes."));
    CoursePlot plot;
    showGroups(plot, course);
    section.figures.push_back(figureOf(plot,
        QStringLiteral(
            "Mean over the classes of each third of the long tail; the epoch of the weights in use "
            "is marked.")));
    section.tables = tables(course);
    return section;
}

} // namespace

void showGroups(CoursePlot& plot, const AugmentationCourse& course)
{
    plot.setFigure(
        QStringLiteral("augmentation"), AugmentationFigures::tr("Intensity of the augmentation by epoch"));
    const std::pair<QString, const AugmentedGroup*> groups[]{{AugmentationFigures::tr("rare"), &course.tail},
        {AugmentationFigures::tr("medium"), &course.medium},
        {AugmentationFigures::tr("frequent"), &course.head}};
    std::vector<CoursePlot::Line> lines;
    for (const auto& [name, group] : groups)
        if (group->classes > 0)
            lines.push_back({name, {}, group->intensity,
                QStringList(static_cast<qsizetype>(group->intensity.size()),
                    AugmentationFigures::tr("mean of %n class(es)", nullptr, group->classes))});
    plot.setLines(course.epochs, std::move(lines), AugmentationFigures::tr("intensity"));
    plot.setMark(course.bestEpoch, AugmentationFigures::tr("used"));
}

std::vector<Table> tables(const AugmentationCourse& course)
{
    Table classes{"augmentation_classes", "Augmentation by class",
        "Rarity, difficulty and intensity lie in [0, 1]; the last two are of the last epoch.",
        {{"class", "Class"}, {"gestures", "Gestures"}, {"rarity", "Rarity"}, {"difficulty", "Difficulty"},
            {"intensity", "Intensity"}},
        {}};
    const auto last = [](const std::vector<double>& values) {
        return values.empty() ? TableCell() : cellOf(values.back());
    };
    for (const AugmentedClass& one : course.classes)
        classes.rows.push_back(
            {one.name, one.gestures, cellOf(one.rarity), last(one.difficulty), last(one.intensity)});
    Table epochs{"augmentation_epochs", "Augmentation by epoch", {},
        {{"epoch", "Epoch"}, {"class", "Class"}, {"difficulty", "Difficulty"}, {"intensity", "Intensity"}},
        {}};
    for (const AugmentedClass& one : course.classes)
        for (size_t i = 0; i < course.epochs.size(); ++i)
            epochs.rows.push_back(
                {int64_t{course.epochs[i]}, one.name, cellOf(one.difficulty[i]), cellOf(one.intensity[i])});
    return {std::move(classes), std::move(epochs)};
}

Result<SectionMaker> augmentationSection(const FrozenProject& project, ProgressSink&)
{
    const auto& models = project.models();
    const auto active = std::find_if(models.rbegin(), models.rend(),
        [](const ModelEntry& one) { return one.kind == kTrack2Kind && one.active; });
    const auto missing = [](const QString& why) {
        return SectionMaker([why] {
            return ReportSection{QStringLiteral("augmentation"),
                QStringLiteral("Augmentation of rare and hard classes"), {}, why, {}, {}};
        });
    };
    if (active == models.rend())
        return missing(QStringLiteral("No detector is in use. Train one: telltale-cli train PROJECT --system "
                                      "track2."));
    const auto course = readAugmentationCourse(project.absolute(active->file));
    if (!course)
        return missing(QString::fromStdString(course.error().message));
    if (course->epochs.empty() || course->classes.empty())
        return missing(QStringLiteral("The detector in use has no history of its training."));
    return SectionMaker([found = *course] { return sectionOf(found); });
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/projectreport.h"
#include "app/report/agreementfigures.h"
#include "app/report/augmentationfigures.h"
#include "app/report/calibrationfigures.h"
#include "app/report/confusionfigures.h"
#include "app/report/effortfigures.h"
#include "app/report/modalityfigures.h"
#include "app/report/tailsection.h"
#include "base/files.h"
#include "pipeline/analysis/datasnapshot.h"
#include <QDateTime>
#include <array>

namespace telltale {
namespace {

Result<SectionMaker> snapshotSection(const FrozenProject& project, ProgressSink&)
{
    return SectionMaker([snapshot = dataSnapshot(project)] {
        ReportSection section{QStringLiteral("data"), QStringLiteral("Data and models"), {}, {}, {}, {}};
        section.paragraphs << QStringLiteral("Figures of this report are measured on the data below, at the "
                                             "entry of the edit log that is named; "
                                             "none is quoted from elsewhere.");
        if (snapshot.transductive)
            section.paragraphs << QStringLiteral(
                "A system in use has adapted to unlabelled clips of the people that it is measured on: its "
                "figures are transductive, and are marked so.");
        section.tables = tables(snapshot);
        return section;
    });
}

/// A view of the report: what progress calls it, and who finds it.
struct ReportView {
    const char* name;
    Result<SectionMaker> (*find)(const FrozenProject&, ProgressSink&);
};

constexpr std::array kViews{
    ReportView{"data", snapshotSection},
    ReportView{"confusion", confusionSection},
    ReportView{"long tail", tailSection},
    ReportView{"calibration", calibrationSection},
    ReportView{"modalities", modalitySection},
    ReportView{"agreement", agreementSection},
    ReportView{"effort", effortSection},
    ReportView{"augmentation", augmentationSection},
};

} // namespace

Result<std::vector<SectionMaker>> analyseForReport(const FrozenProject& project, ProgressSink& progress)
{
    std::vector<SectionMaker> sections;
    for (size_t i = 0; i < kViews.size(); ++i) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        progress.report(static_cast<int64_t>(i), static_cast<int64_t>(kViews.size()), kViews[i].name);
        auto section = kViews[i].find(project, progress);
        if (!section)
            return section.error();
        sections.push_back(*std::move(section));
    }
    progress.report(1, 1, "report");
    return sections;
}

Report makeReport(const QString& name, const std::vector<SectionMaker>& sections)
{
    Report report;
    report.title = QStringLiteral("Analysis of %1").arg(name);
    report.subtitle
        = QStringLiteral("Telltale %1, %2")
              .arg(QString::fromStdString(versionText()),
                  QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'")));
    for (const SectionMaker& make : sections)
        report.sections.push_back(make());
    return report;
}

} // namespace telltale

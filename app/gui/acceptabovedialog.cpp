// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/acceptabovedialog.h"
#include "widgets/models/texts.h"
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPixmap>
#include <QPushButton>
#include <algorithm>

namespace telltale {
namespace {

constexpr double kUsualPercent = 90;
constexpr int kHintLines = 3;

} // namespace

AcceptAboveDialog::AcceptAboveDialog(Document& document, int64_t currentVideo, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_threshold(new QDoubleSpinBox)
    , m_class(new QComboBox)
    , m_video(new QComboBox)
    , m_hint(new QLabel)
{
    setWindowTitle(tr("Accept above a threshold"));
    readProposals();
    auto* form = new QFormLayout(this);
    m_threshold->setRange(0, 100);
    m_threshold->setDecimals(1);
    m_threshold->setSuffix(tr(" %"));
    m_threshold->setValue(kUsualPercent);
    m_threshold->setAccessibleName(tr("Least probability"));
    form->addRow(tr("&Least probability:"), m_threshold);
    m_class->addItem(tr("All classes"), -1);
    const LabelScheme& scheme = document.scheme();
    for (int id = 0; id < scheme.classCount(); ++id) {
        if (std::ranges::find(m_proposals, id, &Proposal::classId) == m_proposals.end())
            continue;
        m_class->addItem(classSwatch(scheme, id, 12), classText(scheme, id), id);
    }
    m_class->setAccessibleName(tr("Class"));
    form->addRow(tr("&Class:"), m_class);
    if (const VideoEntry* video = document.video(currentVideo))
        m_video->addItem(tr("This video (%1)").arg(QString::fromStdString(video->name)),
            static_cast<qlonglong>(currentVideo));
    m_video->addItem(tr("All videos"), 0);
    m_video->setAccessibleName(tr("Videos"));
    form->addRow(tr("&Videos:"), m_video);
    m_hint->setWordWrap(true);
    m_hint->setMinimumHeight(fontMetrics().lineSpacing() * kHintLines);
    m_hint->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    form->addRow(m_hint);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("Accept"));
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &AcceptAboveDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, &AcceptAboveDialog::check);
    connect(m_class, &QComboBox::currentIndexChanged, this, &AcceptAboveDialog::check);
    connect(m_video, &QComboBox::currentIndexChanged, this, &AcceptAboveDialog::check);
    resize(fontMetrics().averageCharWidth() * 64, sizeHint().height());
    check();
}

void AcceptAboveDialog::readProposals()
{
    for (const Annotation& span : m_document.allAnnotations()) {
        if (span.state != SpanState::Proposed || span.predictionId == 0)
            continue;
        const auto prediction = m_document.prediction(span.predictionId);
        if (prediction && !prediction->fused.empty())
            m_proposals.push_back({span.videoId, span.classId, *std::ranges::max_element(prediction->fused)});
    }
}

double AcceptAboveDialog::threshold() const { return m_threshold->value() / 100; }

bool AcceptAboveDialog::isMeant(const Proposal& proposal) const
{
    const int classId = m_class->currentData().toInt();
    const int64_t video = m_video->currentData().toLongLong();
    return (classId < 0 || proposal.classId == classId) && (video == 0 || proposal.videoId == video);
}

int64_t AcceptAboveDialog::wouldAccept() const
{
    return std::ranges::count_if(m_proposals, [this](const Proposal& one) {
        return isMeant(one) && static_cast<double>(one.score) >= threshold();
    });
}

void AcceptAboveDialog::check()
{
    const int64_t count = wouldAccept();
    int64_t all = 0;
    float best = 0;
    for (const Proposal& one : m_proposals) {
        if (!isMeant(one))
            continue;
        ++all;
        best = std::max(best, one.score);
    }
    m_ok->setEnabled(count > 0);
    if (all == 0)
        m_hint->setText(tr("There are no open proposals here: let the models analyze a video first."));
    else if (count == 0)
        m_hint->setText(tr("No open proposal is that probable; the most probable one has %1.")
                            .arg(percentText(static_cast<double>(best))));
    else
        m_hint->setText(
            tr("Accepts %n proposal(s) of the %1 that are open, without anybody having looked at them. "
               "One undo takes them all back.",
                nullptr, static_cast<int>(count))
                .arg(all));
}

void AcceptAboveDialog::accept()
{
    const auto count = m_document.acceptAbove(
        threshold(), m_class->currentData().toInt(), m_video->currentData().toLongLong());
    if (count)
        emit acceptedAbove(static_cast<qint64>(*count));
    else
        emit failed(QString::fromStdString(count.error().message));
    QDialog::accept();
}

} // namespace telltale

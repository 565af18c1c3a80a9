// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/firstrun/posepage.h"
#include "app/gui/pathedit.h"
#include "pose/estimator.h"
#include "widgets/models/texts.h"
#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QRadioButton>
#include <QVBoxLayout>

namespace telltale {

PosePage::PosePage(const QString& poseModel, QWidget* parent)
    : QWizardPage(parent)
    , m_sources{new QRadioButton(tr("&Find them with a pose model")),
          new QRadioButton(tr("&Import them later")), new QRadioButton(tr("&Without skeletons"))}
    , m_known(new QComboBox)
    , m_file(new PathEdit(PathEdit::Kind::OpenFile, tr("Pose model")))
{
    setTitle(tr("Skeletons"));
    setSubTitle(
        tr("Gestures are found by how body and hands move. Where do the skeletons come from? This can be "
           "changed at any time."));
    for (const KnownPoseModel& model : knownPoseModels())
        if (model.problem.empty())
            m_known->addItem(QString::fromStdString(model.name), toQString(model.file));
    const bool installed = m_known->count() > 0;
    m_known->addItem(tr("A file..."));
    if (const int last = m_known->findData(poseModel); !poseModel.isEmpty())
        m_known->setCurrentIndex(last >= 0 ? last : m_known->count() - 1);
    m_known->setToolTip(tr("Models that are installed, or a file of your own"));
    m_file->setFilter(QStringLiteral("*.onnx *.pb *.tflite *.caffemodel *.xml *.t7 *.pt *.pth *.ts"));
    m_file->setPath(poseModel);
    const QString meanings[] = {
        tr("As soon as the project is made, the model looks at every picture in the background, and then "
           "gestures are proposed. You can begin to look at the videos meanwhile.")
            + (installed ? QString()
                         : QLatin1Char(' ') + tr("No model is installed here: choose the file of one.")),
        tr("You have them already, from OpenPose, COCO or others, or will make them elsewhere: File > Import "
           "reads them, and Models > Analyze then proposes gestures."),
        tr("You mark gestures by hand. Models > Analyze can still propose spans by motion alone, without "
           "names."),
    };
    auto* rows = new QVBoxLayout(this);
    auto* form = new QFormLayout;
    form->addRow(tr("&Model:"), m_known);
    form->addRow(tr("Model f&ile:"), m_file);
    for (size_t i = 0; i < m_sources.size(); ++i) {
        auto* meaning = new QLabel(meanings[i]);
        meaning->setWordWrap(true);
        meaning->setIndent(fontMetrics().height() * 3 / 2);
        m_sources[i]->setAccessibleDescription(meanings[i]);
        m_sources[i]->setToolTip(meanings[i]);
        rows->addWidget(m_sources[i]);
        rows->addWidget(meaning);
        if (i == 0) {
            form->setContentsMargins(fontMetrics().height() * 3 / 2, 0, 0, 0);
            rows->addLayout(form);
        }
        rows->addSpacing(fontMetrics().height() / 2);
        connect(m_sources[i], &QRadioButton::toggled, this, &PosePage::follow);
    }
    rows->addStretch(1);
    connect(m_known, &QComboBox::currentIndexChanged, this, &PosePage::follow);
    connect(m_file, &PathEdit::changed, this, &PosePage::follow);
    m_sources[installed ? 0 : 1]->setChecked(true);
    follow();
}

void PosePage::initializePage()
{
    m_sources[static_cast<size_t>(source())]->setFocus(); // keys go on from what is chosen
}

PosePage::Source PosePage::source() const
{
    for (size_t i = 0; i < m_sources.size(); ++i)
        if (m_sources[i]->isChecked())
            return static_cast<Source>(i);
    return Source::None;
}

QString PosePage::poseModel() const
{
    if (source() != Source::Model)
        return {};
    const QString known = m_known->currentData().toString();
    return known.isEmpty() ? m_file->path() : known;
}

bool PosePage::isComplete() const { return source() != Source::Model || QFileInfo(poseModel()).isFile(); }

void PosePage::follow()
{
    const bool model = source() == Source::Model;
    m_known->setEnabled(model);
    m_file->setEnabled(model && m_known->currentData().isNull());
    emit completeChanged();
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/projectdialogs.h"
#include "app/gui/pathedit.h"
#include "data/document.h"
#include "pose/estimator.h"
#include "widgets/models/texts.h"
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {
namespace {

QDialogButtonBox* addButtons(QDialog& dialog, QVBoxLayout& layout, const QString& okText)
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(okText);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    layout.addWidget(buttons);
    return buttons;
}

QLabel* makeHint()
{
    auto* hint = new QLabel;
    hint->setWordWrap(true);
    hint->setMinimumHeight(hint->fontMetrics().height() * 2 + 4);
    hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    return hint;
}

const QString kOwnFile = QStringLiteral("file");

} // namespace

NewProjectDialog::NewProjectDialog(const QString& startFolder, QWidget* parent)
    : QDialog(parent)
    , m_folder(new PathEdit(PathEdit::Kind::Folder, tr("Project folder")))
    , m_scheme(new QComboBox)
    , m_file(new PathEdit(PathEdit::Kind::OpenFile, tr("Label file")))
    , m_form(new QFormLayout)
    , m_hint(makeHint())
{
    setWindowTitle(tr("New project"));
    auto* layout = new QVBoxLayout(this);
    m_folder->setStartFolder(startFolder);
    m_folder->setPlaceholder(tr("An empty folder, or one that will be made"));
    m_scheme->addItem(tr("SMG: 17 gestures (conversation, standing)"), QStringLiteral("smg"));
    m_scheme->addItem(tr("iMiGUE: 32 gestures (interviews, seated)"), QStringLiteral("imigue"));
    m_scheme->addItem(tr("Own: empty, imports extend it"), QStringLiteral("own"));
    m_scheme->addItem(tr("From a label file..."), kOwnFile);
    m_scheme->setAccessibleName(tr("Labels"));
    m_file->setFilter(QStringLiteral("*.json"));
    m_file->setStartFolder(startFolder);
    m_form->addRow(tr("&Project folder:"), m_folder);
    m_form->addRow(tr("&Labels:"), m_scheme);
    m_form->addRow(tr("Label &file:"), m_file);
    layout->addLayout(m_form);
    layout->addWidget(m_hint);
    layout->addStretch(1);
    m_buttons = addButtons(*this, *layout, tr("Create"));
    connect(m_folder, &PathEdit::changed, this, &NewProjectDialog::check);
    connect(m_file, &PathEdit::changed, this, &NewProjectDialog::check);
    connect(m_scheme, &QComboBox::currentIndexChanged, this, &NewProjectDialog::check);
    resize(fontMetrics().averageCharWidth() * 90, sizeHint().height());
    check();
}

QString NewProjectDialog::folder() const { return m_folder->path(); }

QString NewProjectDialog::scheme() const
{
    const QString chosen = m_scheme->currentData().toString();
    return chosen == kOwnFile ? m_file->path() : chosen;
}

void NewProjectDialog::check()
{
    const bool ownFile = m_scheme->currentData().toString() == kOwnFile;
    m_form->setRowVisible(m_file, ownFile);
    QString hint
        = tr("The folder will hold the project's database, cache and models. Videos stay where they are.");
    bool ready = !folder().isEmpty();
    if (ready && QFileInfo::exists(QDir(folder()).filePath(QStringLiteral("project.db")))) {
        hint = tr("There is a project in this folder already: open it, or choose another folder.");
        ready = false;
    }
    if (ownFile && !QFileInfo(m_file->path()).isFile())
        ready = false;
    m_hint->setText(hint);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(ready);
}

AddVideosDialog::AddVideosDialog(
    const Document& document, const QString& startFolder, const QStringList& files, QWidget* parent)
    : QDialog(parent)
    , m_known(document.subjects())
    , m_start(startFolder)
    , m_files(new QListWidget)
    , m_subject(new QComboBox)
    , m_role(new QComboBox)
    , m_roleHint(makeHint())
{
    setWindowTitle(tr("Add videos"));
    auto* layout = new QVBoxLayout(this);
    m_files->setAccessibleName(tr("Video files"));
    m_files->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_files->addItems(files);
    auto* hint = new QLabel(
        tr("The videos of one person. They stay where they are; more can be added at any time."));
    hint->setWordWrap(true);
    layout->addWidget(hint);
    layout->addWidget(m_files, 1);
    auto* row = new QHBoxLayout;
    auto* add = new QPushButton(tr("&Choose files..."));
    auto* remove = new QPushButton(tr("Take &off the list"));
    row->addWidget(add);
    row->addWidget(remove);
    row->addStretch(1);
    layout->addLayout(row);
    auto* form = new QFormLayout;
    std::ranges::sort(m_known, {}, &Subject::name);
    m_subject->setEditable(true);
    for (const Subject& subject : m_known)
        m_subject->addItem(QString::fromStdString(subject.name));
    m_subject->setCurrentText(tr("s%1").arg(m_known.size() + 1));
    m_subject->setAccessibleName(tr("Subject"));
    m_subject->setToolTip(tr("Who is seen: subjects keep training and testing apart"));
    for (const SubjectRole each :
        {SubjectRole::Train, SubjectRole::Validation, SubjectRole::Test, SubjectRole::Unlabelled})
        m_role->addItem(roleText(each), static_cast<int>(each));
    m_role->setAccessibleName(tr("Role"));
    form->addRow(tr("&Subject:"), m_subject);
    form->addRow(tr("&Role:"), m_role);
    layout->addLayout(form);
    layout->addWidget(m_roleHint);
    m_buttons = addButtons(*this, *layout, tr("Add"));
    connect(add, &QPushButton::clicked, this, &AddVideosDialog::choose);
    connect(remove, &QPushButton::clicked, this, [this] {
        qDeleteAll(m_files->selectedItems());
        check();
    });
    connect(m_subject, &QComboBox::currentTextChanged, this, &AddVideosDialog::check);
    connect(m_subject, &QComboBox::currentTextChanged, this, &AddVideosDialog::followSubject);
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 24);
    check();
    followSubject();
}

void AddVideosDialog::followSubject()
{
    const auto known = std::ranges::find(m_known, subject().toStdString(), &Subject::name);
    m_role->setEnabled(known == m_known.end());
    if (known == m_known.end()) {
        m_roleHint->setText(tr("Somebody new: the role holds for all videos of this person."));
        return;
    }
    m_role->setCurrentIndex(m_role->findData(static_cast<int>(known->role)));
    m_roleHint->setText(tr("%1 is in the project already, for %2. One person has one role, so that "
                           "training and testing stay apart; it is changed under Project, Subjects.")
                            .arg(subject(), roleText(known->role)));
}

void AddVideosDialog::choose()
{
    const QStringList chosen = QFileDialog::getOpenFileNames(this, tr("Add videos"), m_start,
        tr("Videos (*.mp4 *.avi *.mkv *.mov *.webm *.m4v *.mpg *.mpeg *.wmv);;All files (*)"));
    if (chosen.isEmpty())
        return;
    m_start = QFileInfo(chosen.front()).path();
    m_files->addItems(chosen);
    check();
}

QStringList AddVideosDialog::files() const
{
    QStringList files;
    for (int row = 0; row < m_files->count(); ++row)
        files.append(m_files->item(row)->text());
    files.removeDuplicates();
    return files;
}

QString AddVideosDialog::subject() const { return m_subject->currentText().trimmed(); }

SubjectRole AddVideosDialog::role() const { return static_cast<SubjectRole>(m_role->currentData().toInt()); }

void AddVideosDialog::check()
{
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(m_files->count() > 0 && !subject().isEmpty());
}

AnalyzeDialog::AnalyzeDialog(
    const Document& document, int64_t currentVideo, const QString& poseModel, QWidget* parent)
    : QDialog(parent)
    , m_videos(new QListWidget)
    , m_source(new QComboBox)
    , m_known(new QComboBox)
    , m_model(new PathEdit(PathEdit::Kind::OpenFile, tr("Pose model")))
    , m_form(new QFormLayout)
    , m_hint(makeHint())
{
    setWindowTitle(tr("Analyze videos"));
    auto* layout = new QVBoxLayout(this);
    m_videos->setAccessibleName(tr("Videos to analyze"));
    bool allTracks = true;
    for (const VideoEntry& video : document.videos()) {
        auto* item = new QListWidgetItem(
            tr("%1 (%2)").arg(QString::fromStdString(video.name), QString::fromStdString(video.subject)),
            m_videos);
        item->setData(Qt::UserRole, static_cast<qlonglong>(video.id));
        item->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsSelectable
            | (video.offline ? Qt::NoItemFlags : Qt::ItemIsEnabled));
        item->setCheckState(video.id == currentVideo && !video.offline ? Qt::Checked : Qt::Unchecked);
        if (video.offline)
            item->setToolTip(tr("The file is not there"));
        allTracks = allTracks && !video.track.empty();
    }
    layout->addWidget(m_videos, 1);
    m_source->addItem(allTracks ? tr("The skeletons that the videos have")
                                : tr("The skeletons that the videos have; motion alone where there is none"));
    m_source->addItem(tr("Run a pose model"));
    m_source->setCurrentIndex(allTracks ? 0 : 1);
    m_source->setAccessibleName(tr("Where the skeleton comes from"));
    m_model->setFilter(QStringLiteral("*.onnx *.pb *.tflite *.caffemodel *.xml *.t7 *.pt *.pth *.ts"));
    m_form->addRow(tr("&Skeleton:"), m_source);
    m_form->addRow(tr("&Pose model:"), m_known);
    m_form->addRow(tr("Model &file:"), m_model);
    addModels(poseModel);
    layout->addLayout(m_form);
    layout->addWidget(m_hint);
    m_buttons = addButtons(*this, *layout, tr("Analyze"));
    connect(m_videos, &QListWidget::itemChanged, this, &AnalyzeDialog::check);
    connect(m_source, &QComboBox::currentIndexChanged, this, &AnalyzeDialog::check);
    connect(m_known, &QComboBox::currentIndexChanged, this, &AnalyzeDialog::check);
    connect(m_model, &PathEdit::changed, this, &AnalyzeDialog::check);
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 22);
    check();
}

std::vector<int64_t> AnalyzeDialog::videos() const
{
    std::vector<int64_t> ids;
    for (int row = 0; row < m_videos->count(); ++row) {
        if (m_videos->item(row)->checkState() == Qt::Checked)
            ids.push_back(m_videos->item(row)->data(Qt::UserRole).toLongLong());
    }
    return ids;
}

void AnalyzeDialog::addModels(const QString& chosen)
{
    m_known->setAccessibleName(tr("Pose model"));
    for (const KnownPoseModel& model : knownPoseModels())
        if (model.problem.empty())
            m_known->addItem(QString::fromStdString(model.name), toQString(model.file));
    m_known->addItem(tr("A file..."));
    const int known = chosen.isEmpty() ? 0 : m_known->findData(chosen);
    m_known->setCurrentIndex(known >= 0 ? known : m_known->count() - 1);
    m_model->setPath(chosen);
}

QString AnalyzeDialog::poseModel() const
{
    if (m_source->currentIndex() != 1)
        return {};
    const QString known = m_known->currentData().toString();
    return known.isEmpty() ? m_model->path() : known;
}

void AnalyzeDialog::check()
{
    const bool model = m_source->currentIndex() == 1;
    m_form->setRowVisible(m_known, model);
    m_form->setRowVisible(m_model, model && m_known->currentData().isNull());
    const bool found = !model || QFileInfo(poseModel()).isFile();
    m_hint->setText(found
            ? tr("Runs in the background. Open proposals of earlier runs are replaced; what you "
                 "decided stays. Stopped work on skeletons goes on where it was.")
            : tr("Choose the file of a pose model (ONNX, TensorFlow, Caffe or TorchScript). "
                 "Without one, choose the skeletons that the videos have: gestures are then "
                 "looked for by motion alone where there is none."));
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(found && !videos().empty());
}

} // namespace telltale

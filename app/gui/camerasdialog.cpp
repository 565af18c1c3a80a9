// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/camerasdialog.h"
#include "widgets/models/texts.h"
#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {
namespace {

constexpr size_t kMostOthers = 3;

} // namespace

CamerasDialog::CamerasDialog(Document& document, int64_t videoId, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_videoId(videoId)
    , m_list(new QListWidget)
    , m_hint(new QLabel)
{
    setWindowTitle(tr("Cameras of this session"));
    auto* rows = new QVBoxLayout(this);
    const VideoEntry* self = document.video(videoId);
    auto* question
        = new QLabel(tr("Which videos were recorded together with %1? They are shown beside it and "
                        "follow it; move them in time with Alt+Left and Alt+Right.")
                         .arg(self ? QString::fromStdString(self->name) : QString()));
    question->setWordWrap(true);
    rows->addWidget(question);
    m_list->setAccessibleName(tr("Other videos of the project"));
    const std::vector<SyncedVideo> session = document.camerasOf(videoId);
    for (const VideoEntry& video : document.videos()) {
        if (video.id == videoId)
            continue;
        const bool in = std::ranges::find(session, video.id, &SyncedVideo::videoId) != session.end();
        auto* item = new QListWidgetItem(
            tr("%1  (%2)").arg(QString::fromStdString(video.name), clockText(MediaTime(video.durationUs))));
        item->setData(Qt::UserRole, static_cast<qlonglong>(video.id));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(in ? Qt::Checked : Qt::Unchecked);
        m_list->addItem(item);
    }
    rows->addWidget(m_list, 1);
    m_hint->setWordWrap(true);
    rows->addWidget(m_hint);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    rows->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &CamerasDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::itemChanged, this, &CamerasDialog::check);
    check();
    resize(fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 22);
}

std::vector<int64_t> CamerasDialog::chosen() const
{
    std::vector<int64_t> videos;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem* item = m_list->item(row);
        if (item->checkState() == Qt::Checked)
            videos.push_back(item->data(Qt::UserRole).toLongLong());
    }
    return videos;
}

void CamerasDialog::check()
{
    const size_t others = chosen().size();
    m_ok->setEnabled(others <= kMostOthers);
    if (m_list->count() == 0)
        m_hint->setText(tr("The project has no other video yet: add the other cameras' videos first."));
    else if (others > kMostOthers)
        m_hint->setText(tr("At most four videos can be shown together: uncheck %n.", nullptr,
            static_cast<int>(others - kMostOthers)));
    else
        m_hint->setText(others == 0 ? tr("Nothing checked: the video is shown alone.")
                                    : tr("%n videos side by side.", nullptr, static_cast<int>(others) + 1));
}

void CamerasDialog::accept()
{
    const std::vector<SyncedVideo> before = m_document.camerasOf(m_videoId);
    const auto offsetOf = [&before](int64_t video) {
        const auto at = std::ranges::find(before, video, &SyncedVideo::videoId);
        return at != before.end() ? at->offsetUs : 0;
    };
    std::vector<SyncedVideo> cameras{{0, m_videoId, 0, offsetOf(m_videoId)}};
    for (const int64_t video : chosen())
        cameras.push_back({0, video, 0, offsetOf(video)});
    Status status;
    if (cameras.size() > 1)
        status = m_document.synchronize(cameras);
    else if (!before.empty())
        status = m_document.unsynchronize(m_videoId);
    if (!status)
        emit failed(QString::fromStdString(status.error().message));
    QDialog::accept();
}

} // namespace telltale

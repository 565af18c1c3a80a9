// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/storestatus.h"
#include "app/gui/theme.h"
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace telltale {
namespace {

/// Edits that are durable sooner are not worth a word.
constexpr int kPatienceMs = 300;
constexpr int kLongestSentence = 60; ///< letters; the rest is in the tool tip

} // namespace

QString wholeSentence(const std::string& message)
{
    const QString text = QString::fromStdString(message).trimmed();
    const bool whole = text.isEmpty() || QStringLiteral(".!?\u3002").contains(text.back());
    return whole ? text : text + QLatin1Char('.');
}

StoreStatus::StoreStatus(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_icon(new QLabel)
    , m_label(new QLabel)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->addWidget(m_icon);
    layout->addWidget(m_label);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        const Document* document = m_session.document();
        const int64_t pending = document ? document->health().pending : 0;
        if (pending == 0)
            m_patience.stop();
        else if (m_trouble.isEmpty())
            show(Shown::Saving, pending);
    });
    connect(&session, &Session::projectChanged, this, &StoreStatus::followProject);
    connect(&session, &Session::edited, this, &StoreStatus::look);
    hide();
}

QString StoreStatus::text() const { return m_label->text(); }

void StoreStatus::followProject()
{
    const Document* document = m_session.document();
    m_shown = Shown::Nothing;
    m_trouble.clear();
    m_patience.stop();
    setVisible(document != nullptr);
    if (!document)
        return;
    connect(document, &Document::healthChanged, this, &StoreStatus::look);
    look();
}

void StoreStatus::look()
{
    const Document* document = m_session.document();
    if (!document)
        return;
    const StoreHealth health = document->health();
    const QString before = std::exchange(m_trouble, wholeSentence(health.trouble));
    if (!m_trouble.isEmpty())
        show(Shown::Trouble, health.pending);
    else if (health.pending == 0)
        show(Shown::Saved, 0);
    else if (!m_patience.isActive())
        m_patience.start();
    if (m_trouble == before)
        return;
    if (m_trouble.isEmpty())
        emit troubleEnded();
    else
        emit troubleBegan(m_trouble);
}

void StoreStatus::show(Shown what, int64_t pending)
{
    const int count = static_cast<int>(pending);
    QString text = tr("Saved");
    QString tip = tr("Every edit is in the project as soon as it is made; there is nothing to save.");
    if (what == Shown::Saving) {
        text = tr("Saving %n edit(s)...", nullptr, count);
        tip = tr("These edits are on their way into the project. You can go on.");
    } else if (what == Shown::Trouble) {
        const QString brief = m_trouble.size() > kLongestSentence
            ? m_trouble.left(kLongestSentence).trimmed() + QChar(0x2026)
            : m_trouble;
        text = pending > 0 ? tr("%n edit(s) wait: %1", nullptr, count).arg(brief)
                           : tr("Nothing can be saved now: %1").arg(brief);
        tip = tr("%1\nYou can go on: edits are kept and written as soon as that is possible.").arg(m_trouble);
    }
    if (what != Shown::Saving)
        m_patience.stop();
    m_label->setText(text);
    setToolTip(tip);
    setAccessibleName(text);
    setAccessibleDescription(tip);
    if (m_shown != what) {
        m_shown = what;
        showIcon();
    }
}

void StoreStatus::showIcon()
{
    if (m_shown == Shown::Nothing)
        return;
    const QString icon = m_shown == Shown::Trouble ? QStringLiteral("warning")
        : m_shown == Shown::Saving                 ? QStringLiteral("saving")
                                                   : QStringLiteral("saved");
    m_icon->setPixmap(themedIcon(icon).pixmap(fontMetrics().height() + 2));
}

void StoreStatus::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::PaletteChange)
        showIcon();
}

} // namespace telltale

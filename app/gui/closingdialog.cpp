// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/closingdialog.h"
#include "app/gui/storestatus.h"
#include "app/gui/theme.h"
#include "data/document.h"
#include "widgets/models/texts.h"
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace telltale {
namespace {

constexpr int kLookMs = 50;
constexpr int kLooksBeforeOpening = 6;

} // namespace

ClosingDialog::ClosingDialog(const Document& document, QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_icon(new QLabel)
    , m_text(new QLabel)
{
    setWindowTitle(tr("Edits are not in the project yet"));
    auto* rows = new QVBoxLayout(this);
    auto* row = new QHBoxLayout;
    m_icon->setAlignment(Qt::AlignTop);
    row->addWidget(m_icon);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setMinimumWidth(fontMetrics().averageCharWidth() * 70);
    row->addWidget(m_text, 1);
    rows->addLayout(row);
    auto* buttons = new QDialogButtonBox;
    m_close = buttons->addButton(tr("&Close anyway"), QDialogButtonBox::AcceptRole);
    m_close->setObjectName(QStringLiteral("close-anyway"));
    auto* stay = buttons->addButton(tr("&Stay"), QDialogButtonBox::RejectRole);
    rows->addWidget(buttons);
    stay->setDefault(true); // once it is in the dialog
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&document, &Document::healthChanged, this, &ClosingDialog::look);
    connect(&document, &QObject::destroyed, this, &QDialog::reject);
    m_timer.setInterval(kLookMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        look();
        if (++m_looks == kLooksBeforeOpening && m_timer.isActive())
            open();
    });
}

void ClosingDialog::openSoon()
{
    m_timer.start();
    if (!m_document.health().trouble.empty()) {
        m_looks = kLooksBeforeOpening;
        look();
        open();
    }
}

void ClosingDialog::look()
{
    const StoreHealth health = m_document.health();
    if (health.pending == 0) {
        m_timer.stop();
        accept();
        return;
    }
    const bool trouble = !health.trouble.empty();
    const QString count
        = tr("%n edit(s) are not in the project yet.", nullptr, static_cast<int>(health.pending));
    QString text = tr("%1 They are being written; the project is closed when they are there.").arg(count);
    if (trouble) {
        const QString fate = health.inMemoryOnly == 0
            ? tr("If you close now, they stay in the project's journal on this computer and are entered when "
                 "the "
                 "project is opened again.")
            : tr("The journal on this computer could not take %n of them: if you close now, these are lost.",
                nullptr, static_cast<int>(health.inMemoryOnly));
        text = tr("%1 %2\n\n%3 If you wait, the project is closed when they are there.")
                   .arg(count, wholeSentence(health.trouble), fate);
    }
    m_text->setText(text);
    m_close->setVisible(trouble);
    m_icon->setPixmap(themedIcon(trouble ? QStringLiteral("warning") : QStringLiteral("saving"))
                          .pixmap(fontMetrics().height() * 2));
}

} // namespace telltale

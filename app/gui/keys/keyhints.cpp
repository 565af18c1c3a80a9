// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/keys/keyhints.h"
#include "app/gui/candidatebutton.h"
#include "app/gui/keys/keymap.h"
#include "app/gui/keys/painting.h"
#include "app/gui/mainwindow.h"
#include "widgets/colors.h"
#include "widgets/models/texts.h"
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolTip>
#include <array>

namespace telltale {
namespace {

constexpr std::array kCandidates{"candidate-1", "candidate-2", "candidate-3"}; ///< actions, by rank
constexpr int kDigits = 10;
constexpr int kGap = 4;
constexpr int kReadable = 14; ///< letters of a chip; with less room there are two rows of chips

bool walksWithArrows(const QObject* object)
{
    return qobject_cast<const QAbstractItemView*>(object) || qobject_cast<const QComboBox*>(object)
        || qobject_cast<const QAbstractSpinBox*>(object) || qobject_cast<const QAbstractSlider*>(object);
}

} // namespace

KeyMode::KeyMode(Workbench& bench, const Painting& painting, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_painting(painting)
    , m_mode(new QLabel)
    , m_class(new QLabel)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(12);
    layout->addWidget(m_class);
    layout->addWidget(m_mode);
    connect(&painting, &Painting::changed, this, &KeyMode::refresh);
    connect(&bench.review, &Review::activeClassChanged, this, &KeyMode::refresh);
    connect(&bench.session, &Session::projectChanged, this, &KeyMode::refresh);
    connect(&bench.session, &Session::videoChanged, this, &KeyMode::refresh);
    connect(&bench.keys, &KeyMap::changed, this, &KeyMode::refresh);
    refresh();
}

void KeyMode::refresh()
{
    const Document* document = m_bench.session.document();
    setVisible(document != nullptr);
    const bool paints = m_painting.on();
    m_mode->setText(paints ? tr("Paint mode") : tr("Review mode"));
    const QString key = m_bench.keys.text("paint-mode");
    m_mode->setToolTip((paints
            ? tr("Digits paint: hold one while the video plays. %1 goes back to review mode, where digits "
                 "take candidates.")
            : tr("Digits take candidates. %1 goes to paint mode, where a digit paints a span as long as it "
                 "is held."))
                           .arg(key.isEmpty() ? tr("The command \"Paint mode\"") : key));
    m_mode->setAccessibleName(m_mode->text());
    QFont font = m_mode->font();
    font.setBold(paints);
    m_mode->setFont(font);
    const bool known = m_bench.review.hasActiveClass();
    m_class->setVisible(known);
    m_class->setText(known
            ? tr("New spans: %1").arg(classText(document->scheme(), m_bench.review.lastClass()))
            : QString());
    m_class->setToolTip(
        tr("The class that was used last. Marking in and out while the video plays makes a span of it; "
           "the key of a class, or a candidate, changes it."));
    m_class->setAccessibleName(m_class->text());
    const QList<CandidateButton*> buttons = m_bench.window.findChildren<CandidateButton*>();
    for (size_t rank = 0; rank < kCandidates.size() && static_cast<qsizetype>(rank) < buttons.size(); ++rank)
        buttons[static_cast<qsizetype>(rank)]->setKey(
            paints ? QString() : m_bench.keys.text(kCandidates[rank]).section(QStringLiteral("  "), 0, 0));
}

PaintHints::PaintHints(Workbench& bench, const Painting& painting, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_painting(painting)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&painting, &Painting::changed, this, &PaintHints::refresh);
    connect(&bench.session, &Session::projectChanged, this, &PaintHints::refresh);
    connect(&bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (kinds.testFlag(ChangeKind::Scheme))
            refresh();
    });
    refresh();
}

void PaintHints::refresh()
{
    setVisible(m_painting.on() && m_bench.session.document());
    QStringList names;
    if (const Document* document = m_bench.session.document())
        for (const Chip& chip : chips())
            names.append(
                tr("%1: %2").arg(QString::number(chip.digit), classText(document->scheme(), chip.classId)));
    setAccessibleName(tr("Digits in paint mode. %1").arg(names.join(QStringLiteral(", "))));
    update();
}

int PaintHints::rowsFor(int width) const
{
    return width < kDigits * kReadable * fontMetrics().averageCharWidth() ? 2 : 1;
}

int PaintHints::heightForWidth(int width) const
{
    const int rows = rowsFor(width);
    return rows * (fontMetrics().height() + 6) + (rows + 1) * kGap;
}

QSize PaintHints::sizeHint() const { return {400, heightForWidth(width())}; }

QList<PaintHints::Chip> PaintHints::chips() const
{
    QList<Chip> found;
    for (int place = 1; place <= kDigits; ++place) {
        const int digit = place % kDigits;
        if (const int id = m_painting.classOf(digit); id >= 0)
            found.append({{}, digit, id});
    }
    const int rows = rowsFor(width());
    const int count = std::max(1, (static_cast<int>(found.size()) + rows - 1) / rows);
    const int across = (width() - (count + 1) * kGap) / count;
    const int down = (height() - (rows + 1) * kGap) / rows;
    for (int i = 0; i < found.size(); ++i)
        found[i].box
            = QRect(kGap + i % count * (across + kGap), kGap + i / count * (down + kGap), across, down);
    return found;
}

void PaintHints::paintEvent(QPaintEvent*)
{
    const Document* document = m_bench.session.document();
    if (!document)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor base = palette().color(QPalette::Base);
    for (const Chip& chip : chips()) {
        const bool held = m_painting.digit() == chip.digit;
        const QColor color = classColor(document->scheme(), chip.classId);
        const QColor ground = held ? color : base;
        painter.setPen(held ? color : hairline(palette()));
        painter.setBrush(ground);
        painter.drawRoundedRect(QRectF(chip.box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(
            QRectF(chip.box.left() + 1, chip.box.top() + 1, 5, chip.box.height() - 2), 2, 2);
        painter.setPen(held ? readableOn(color) : palette().color(QPalette::Text));
        QFont bold = font();
        bold.setBold(true);
        painter.setFont(bold);
        const QRect text = chip.box.adjusted(10, 0, -4, 0);
        const QString digit = QString::number(chip.digit);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, digit);
        painter.setFont(font());
        const QRect rest = text.adjusted(QFontMetrics(bold).horizontalAdvance(digit) + 6, 0, 0, 0);
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
            fontMetrics().elidedText(
                classText(document->scheme(), chip.classId), Qt::ElideRight, rest.width()));
    }
}

bool PaintHints::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_bench.session.document()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (const Chip& chip : chips())
            if (chip.box.contains(help->pos()))
                QToolTip::showText(help->globalPos(),
                    tr("Hold %1 while the video plays to paint \"%2\"; Esc leaves it out")
                        .arg(QString::number(chip.digit),
                            classLongText(m_bench.session.document()->scheme(), chip.classId)),
                    this);
        return true;
    }
    return QWidget::event(event);
}

FieldKeys::FieldKeys(QWidget& window) : QObject(&window), m_window(window)
{
    QApplication::instance()->installEventFilter(this);
}

bool FieldKeys::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn && qobject_cast<QAbstractButton*>(watched)) {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        const bool byKey = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason
            || reason == Qt::ShortcutFocusReason;
        m_reached = byKey ? watched : nullptr;
        return false;
    }
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const auto* widget = qobject_cast<const QWidget*>(watched);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (!widget || widget->window() != &m_window || (key->modifiers() & ~Qt::KeypadModifier) != 0)
        return false;
    const bool walk = key->key() == Qt::Key_Up || key->key() == Qt::Key_Down || key->key() == Qt::Key_PageUp
        || key->key() == Qt::Key_PageDown;
    const bool pressed = key->key() == Qt::Key_Space && watched == m_reached && widget->hasFocus();
    if ((walk && walksWithArrows(watched)) || pressed) {
        event->accept(); // no shortcut, but the widget's own key
        return true;
    }
    return false;
}

} // namespace telltale

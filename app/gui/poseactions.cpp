// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/poseactions.h"
#include "app/gui/mainwindow.h"
#include "widgets/video/pointnames.h"
#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QStatusBar>
#include <QVBoxLayout>
#include <array>

namespace telltale {
namespace {

constexpr int kNoticeMs = 8000;

struct KindTexts {
    const char* operation;
    const char* title;
    const char* explanation;
    const char* button;
};
/// In the order of PersonsDialog::Kind.
constexpr std::array<KindTexts, 3> kKinds{{
    {"swap", QT_TRANSLATE_NOOP("PersonsDialog", "Swap persons"),
        QT_TRANSLATE_NOOP("PersonsDialog",
            "Both change places: what was found for one belongs to the other. Corrected points go with "
            "them."),
        QT_TRANSLATE_NOOP("PersonsDialog", "Swap")},
    {"join", QT_TRANSLATE_NOOP("PersonsDialog", "Join persons"),
        QT_TRANSLATE_NOOP("PersonsDialog",
            "What was found for the other one belongs to this one. In frames that show both, the one that "
            "was "
            "found more surely stays."),
        QT_TRANSLATE_NOOP("PersonsDialog", "Join")},
    {"remove", QT_TRANSLATE_NOOP("PersonsDialog", "Remove person"),
        QT_TRANSLATE_NOOP("PersonsDialog",
            "Nobody is there any more: for somebody in the background, or a chair that a model took for "
            "one."),
        QT_TRANSLATE_NOOP("PersonsDialog", "Remove")},
}};

enum class Range { FromHere, Whole, Span };

QString text(const char* source) { return QCoreApplication::translate("PersonsDialog", source); }

QDialog* askPersons(Workbench& bench, PersonsDialog::Kind kind)
{
    bench.player.stop();
    PersonsDialog::Choices choices;
    choices.kind = kind;
    choices.person = bench.poses.person();
    choices.persons = bench.poses.persons();
    choices.frame = bench.player.frame();
    if (const Annotation* span = bench.review.selectedSpan();
        span && span->videoId == bench.session.videoId())
        choices.span = span->span;
    auto* dialog = new PersonsDialog(choices, &bench.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, &bench.poses, [&bench, dialog, kind] {
        bench.poses.changePersons(
            kKinds[static_cast<size_t>(kind)].operation, dialog->other(), dialog->frames());
    });
    dialog->open();
    return dialog;
}

void tell(Workbench& bench, const QString& sentence)
{
    bench.window.statusBar()->showMessage(sentence, kNoticeMs);
}

} // namespace

void togglePointEditing(Workbench& bench) { bench.poses.setOn(!bench.poses.on()); }

void toggleCropEditing(Workbench& bench)
{
    OverlayOptions overlays = bench.window.videoView().overlays();
    if (!bench.crops.on() && !overlays.crop) {
        overlays.crop = true;
        bench.window.setOverlays(overlays);
    }
    bench.crops.setOn(!bench.crops.on());
}

void putPersonsApart(Workbench& bench)
{
    bench.player.stop();
    const int64_t frame = bench.player.frame();
    const int made = bench.poses.persons();
    tell(bench,
        text(QT_TRANSLATE_NOOP("PersonsDialog", "%1 is %2 from frame %3 on."))
            .arg(personName(bench.poses.person()), personName(made))
            .arg(frame));
    bench.poses.changePersons("split", 0, {frame, -1});
}

void swapPersons(Workbench& bench)
{
    if (bench.poses.persons() != 2) {
        askPersons(bench, PersonsDialog::Kind::Swap);
        return;
    }
    bench.player.stop();
    const int64_t frame = bench.player.frame();
    tell(bench,
        text(QT_TRANSLATE_NOOP("PersonsDialog", "%1 and %2 change places from frame %3 on."))
            .arg(personName(0), personName(1))
            .arg(frame));
    bench.poses.changePersons("swap", 1 - bench.poses.person(), {frame, -1});
}

QDialog* joinPersons(Workbench& bench) { return askPersons(bench, PersonsDialog::Kind::Join); }

QDialog* removePerson(Workbench& bench) { return askPersons(bench, PersonsDialog::Kind::Remove); }

PersonsDialog::PersonsDialog(const Choices& choices, QWidget* parent)
    : QDialog(parent)
    , m_other(new QComboBox)
    , m_frames(new QComboBox)
    , m_choices(choices)
{
    const KindTexts& texts = kKinds[static_cast<size_t>(choices.kind)];
    setWindowTitle(text(texts.title));
    auto* layout = new QVBoxLayout(this);
    auto* form = new QFormLayout;
    auto* person = new QLabel(personName(choices.person));
    form->addRow(tr("This one:"), person);
    for (int other = 0; other < choices.persons; ++other)
        if (other != choices.person)
            m_other->addItem(personName(other), other);
    if (choices.kind != Kind::Remove)
        form->addRow(tr("The &other one:"), m_other);
    else
        m_other->setParent(this);
    m_other->setVisible(choices.kind != Kind::Remove);
    m_other->setAccessibleName(tr("The other person"));
    const auto add
        = [this](const QString& name, Range range) { m_frames->addItem(name, static_cast<int>(range)); };
    add(tr("From frame %1 on").arg(choices.frame), Range::FromHere);
    add(tr("The whole video"), Range::Whole);
    if (choices.span)
        add(tr("The selected span, frames %1 to %2").arg(choices.span->first).arg(choices.span->last - 1),
            Range::Span);
    m_frames->setCurrentIndex(choices.kind == Kind::Swap ? 0 : 1);
    m_frames->setAccessibleName(tr("Frames"));
    form->addRow(tr("&Frames:"), m_frames);
    layout->addLayout(form);
    auto* about = new QLabel(text(texts.explanation));
    about->setWordWrap(true);
    about->setMinimumWidth(fontMetrics().averageCharWidth() * 50);
    layout->addWidget(about);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(text(texts.button));
    buttons->button(QDialogButtonBox::Ok)->setEnabled(choices.kind == Kind::Remove || m_other->count() > 0);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

int PersonsDialog::other() const { return m_other->currentData().toInt(); }

FrameSpan PersonsDialog::frames() const
{
    const auto range = static_cast<Range>(m_frames->currentData().toInt());
    if (range == Range::Span)
        return *m_choices.span;
    return {range == Range::Whole ? 0 : m_choices.frame, -1};
}

} // namespace telltale

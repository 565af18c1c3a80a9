// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/tour/tourcamera.h"
#include "app/gui/theme.h"
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QPixmap>
#include <QTimer>
#include <array>

namespace telltale {
namespace {

constexpr int kPatienceMs = 300000; ///< only a job that hangs takes this long
constexpr std::array<QSize, 2> kSizes{{{1280, 800}, {1920, 1080}}};

struct Look {
    ThemeChoice theme;
    const char* name;
};
constexpr std::array<Look, 3> kLooks{
    {{ThemeChoice::HighContrast, "contrast"}, {ThemeChoice::Light, "light"}, {ThemeChoice::Dark, "dark"}}};

} // namespace

bool TourCamera::fail(const QString& sentence)
{
    m_problem = sentence;
    return false;
}

bool TourCamera::waitUntil(const std::function<bool()>& done, const QString& what)
{
    bool late = false;
    QTimer patience;
    patience.setSingleShot(true);
    QObject::connect(&patience, &QTimer::timeout, &patience, [&late] { late = true; });
    patience.start(kPatienceMs);
    while (!done()) {
        if (late)
            return fail(QCoreApplication::translate("PictureTour", "Waited in vain for %1.").arg(what));
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

bool TourCamera::waitForPicture()
{
    const Workbench& bench = m_window.bench();
    if (!bench.session.hasPicture())
        return true;
    return waitUntil([&bench] { return bench.session.shownFrame() == bench.player.frame(); },
        QStringLiteral("the picture"));
}

bool TourCamera::settle()
{
    const Session& session = m_window.bench().session;
    if (!waitUntil([&session] { return !session.loading(); }, QStringLiteral("the curves")))
        return false;
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    return waitForPicture();
}

bool TourCamera::save(QWidget& widget, const QString& name)
{
    const QString file = QDir(m_folder).filePath(name + QStringLiteral(".png"));
    if (!widget.grab().save(file))
        return fail(QCoreApplication::translate("PictureTour", "%1 could not be written.").arg(file));
    return true;
}

bool TourCamera::inEveryLook(const std::function<bool(const QString& look)>& take)
{
    for (const Look& look : kLooks) {
        m_window.setTheme(look.theme);
        if (!settle() || !take(QString::fromLatin1(look.name)))
            return false;
    }
    return true;
}

bool TourCamera::takeWindow(const QString& name)
{
    for (const QSize& size : kSizes) {
        m_window.resize(size);
        if (!settle())
            return false;
        if (m_window.size() != size)
            return fail(QCoreApplication::translate(
                "PictureTour", "The window cannot be made as small as %1x%2 for %3: it wants %4x%5.")
                            .arg(size.width())
                            .arg(size.height())
                            .arg(name)
                            .arg(m_window.width())
                            .arg(m_window.height()));
        const QString sized = QStringLiteral("%1_%2x%3").arg(name).arg(size.width()).arg(size.height());
        if (!inEveryLook([&](const QString& look) { return save(m_window, sized + u'_' + look); }))
            return false;
    }
    return true;
}

bool TourCamera::takeDialog(const QString& name, const std::function<QDialog*()>& open)
{
    m_window.resize(kSizes[0]);
    return inEveryLook([&](const QString& look) {
        QDialog* dialog = open();
        if (!dialog)
            return m_problem.isEmpty();
        bool saved = settle();
        if (saved && (dialog->width() > kSizes[0].width() || dialog->height() > kSizes[0].height()))
            saved = fail(QCoreApplication::translate("PictureTour", "%1 is %2x%3, larger than the window.")
                             .arg(name)
                             .arg(dialog->width())
                             .arg(dialog->height()));
        saved = saved && save(*dialog, name + u'_' + look);
        dialog->reject();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        return saved;
    });
}

} // namespace telltale

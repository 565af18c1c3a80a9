// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/proxies.h"
#include "media/videowriter.h"
#include "sampleproject.h"
#include <QSignalSpy>
#include <QTest>

namespace telltale {

/// Proxies behind the window: offered where they help, made, found again, stopped.
class TestProxies : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_project = m_folder->filePath(QStringLiteral("project")).toStdString();
        QVERIFY(sample::makeProject(m_project).ok());
        QVERIFY(writeLongGroups(m_project / "clip.mp4").ok());
    }

    void aProxyIsOfferedMadeUsedAndFoundAgain()
    {
        {
            Session session;
            Proxies proxies(session);
            QVERIFY(show(session, proxies));
            QTRY_VERIFY(proxies.isWanted());
            QVERIFY(!proxies.hasProxy());
            QSignalSpy finished(&proxies, &Proxies::finished);
            QSignalSpy failed(&proxies, &Proxies::failed);
            proxies.make();
            QVERIFY(proxies.running());
            QTRY_VERIFY_WITH_TIMEOUT(finished.count() + failed.count() > 0, 60000);
            QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed.front().front().toString()));
            QVERIFY(proxies.hasProxy());
            QVERIFY(!proxies.isWanted());
        }
        QVERIFY(findProxy(m_project / "clip.mp4", m_project / "cache"));
        Session session;
        Proxies proxies(session);
        QVERIFY(show(session, proxies));
        QTRY_VERIFY(proxies.hasProxy());
        QVERIFY(!proxies.isWanted());
        session.openVideo(0);
        QVERIFY(!proxies.hasProxy());
    }

    void aCancelledProxyLeavesNothing()
    {
        {
            Session session;
            Proxies proxies(session);
            QVERIFY(show(session, proxies));
            QSignalSpy cancelled(&proxies, &Proxies::cancelled);
            QSignalSpy finished(&proxies, &Proxies::finished);
            proxies.make();
            session.closeProject();
            QCOMPARE(cancelled.count(), 1);
            QVERIFY(!proxies.running());
            QCOMPARE(finished.count(), 0);
        }
        const auto folder = m_project / "cache" / "proxy";
        QVERIFY(!std::filesystem::exists(folder) || std::filesystem::is_empty(folder));
    }

    void shortGroupsNeedNone()
    {
        QVERIFY(sample::writeVideo(m_project / "clip.mp4").ok());
        Session session;
        Proxies proxies(session);
        QVERIFY(show(session, proxies));
        QVERIFY(!proxies.isWanted());
    }

private:
    /// Opens the project and its video, and waits for the video's index.
    bool show(Session& session, Proxies& proxies) const
    {
        QSignalSpy changed(&proxies, &Proxies::changed);
        if (!session.openProject(m_project))
            return false;
        session.openVideo(session.document()->videos().front().id);
        return QTest::qWaitFor([&] { return session.info() != nullptr; }) && !changed.isEmpty();
    }

    static Status writeLongGroups(const std::filesystem::path& file)
    {
        VideoWriterOptions options;
        options.width = 160;
        options.height = 120;
        options.gop = 250;
        auto writer = createVideo(file, options);
        if (!writer)
            return writer.error();
        std::vector<uint8_t> pixels(static_cast<size_t>(options.width * options.height * 4));
        for (int frame = 0; frame < sample::kFrames; ++frame) {
            std::fill(pixels.begin(), pixels.end(), static_cast<uint8_t>(40 + frame));
            if (const Status status = (*writer)->writeBgra(pixels); !status)
                return status;
        }
        return (*writer)->finish();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_project;
};

} // namespace telltale

QTEST_MAIN(telltale::TestProxies)
#include "test_proxies.moc"

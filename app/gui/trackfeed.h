// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/document.h"
#include "jobs/latestjob.h"
#include "pose/posetrack.h"
#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace telltale {

/// The pose track of the shown video as people corrected it. The whole track is made in the background; what
/// was corrected since then is laid over single frames at once, so that a drag never copies a long track.
/// GUI thread.
class TrackFeed : public QObject {
    Q_OBJECT
public:
    explicit TrackFeed(QThreadPool& pool, QObject* parent = nullptr);

    /// Another video or track file: reads it. An empty path: no track.
    void open(const std::filesystem::path& file, int64_t videoId, const Document* document);
    void close() { open({}, 0, nullptr); }
    /// What people changed may have changed.
    void follow(const Document& document);

    /// In 68 points, with what was corrected up to the last time it was made; null if there is none (yet).
    std::shared_ptr<const PoseTrack> track() const { return m_made.corrected; }
    /// As its file has it, in 68 points.
    std::shared_ptr<const PoseTrack> asInFile() const { return m_made.file; }
    int persons() const { return m_made.identified ? m_made.identified->persons : 0; }
    bool loading() const { return m_job.running() || m_pause.isActive(); }
    /// False while somebody's change of who is who is still on its way into the track.
    bool settled() const { return m_made.identified && m_made.edits == m_edits; }

    /// What people put into a frame, by person.
    std::span<const PoseCorrection> correctionsAt(int64_t frame) const;
    const std::vector<PoseCorrection>& corrections() const { return m_corrections; }
    /// The points of all persons at `frame` (68 each) as they are now; all missing where the track has no
    /// row; empty without a track.
    std::vector<PosePoint> pointsAt(int64_t frame) const;
    /// The same where track() does not have them yet.
    std::optional<std::vector<PosePoint>> newerPoints(int64_t frame) const;
    /// The last row before `frame`, -1 if there is none.
    int64_t frameBefore(int64_t frame) const;
    /// Frames with a row in [first, last].
    std::vector<int64_t> framesWithin(int64_t first, int64_t last) const;

signals:
    void changed(); ///< track()
    void corrected(); ///< pointsAt()
    void failed(const QString& sentence);

private:
    struct Made {
        std::shared_ptr<const PoseTrack> file;
        std::shared_ptr<const PoseTrack> identified; ///< after the changes of who is who
        std::shared_ptr<const PoseTrack> corrected;
        std::vector<TrackEdit> edits;
        std::vector<PoseCorrection> corrections;
        std::vector<std::string> notes;
    };
    static Result<Made> make(Made from, const std::filesystem::path& file);
    void start();

    std::filesystem::path m_file;
    int64_t m_videoId = 0;
    std::vector<TrackEdit> m_edits;
    std::vector<PoseCorrection> m_corrections; ///< by frame
    Made m_made;
    LatestJob<Made> m_job;
    QTimer m_pause; ///< corrections come in bursts
};

} // namespace telltale

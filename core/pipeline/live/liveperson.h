// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "media/framesource.h"
#include "pose/estimator.h"
#include "pose/layoutmap.h"
#include "pose/tracks/persontracker.h"
#include <optional>

namespace telltale {

/// The points of one person in pictures that follow each other: of whoever is seen best when nobody is
/// followed. One thread.
class LivePerson {
public:
    /// Errors of openPoseModel(); InvalidArgument where the model finds no points, NotFound for a layout that
    /// no pose layout is.
    static Result<LivePerson> open(const std::filesystem::path& model, const PoseModelOptions& options,
        const std::string& layout, const VideoInfo& video, double rate);

    /// The size in which pictures are wanted.
    PictureView view() const;

    struct Seen {
        std::vector<float> points; ///< [points, 3]: x, y, score; empty: nobody is seen
        bool somebodyElse = false; ///< not the one who was followed before
    };
    /// `frame` ascends. Errors of PoseEstimator.
    Result<Seen> find(const VideoFrame& picture, int64_t frame);

private:
    LivePerson(std::unique_ptr<PoseEstimator> estimator, const VideoInfo& video, double rate);
    std::vector<int> identitiesOf(int64_t frame, const std::vector<std::vector<PosePoint>>& people);

    std::unique_ptr<PoseEstimator> m_estimator;
    std::vector<PointSource> m_map; ///< to the wanted layout; empty: it is the model's own
    std::optional<PersonTracker> m_tracker; ///< where the model finds several people
    int m_width;
    int m_height;
    double m_rate;
    int m_followed = -1;
    int64_t m_lastSeen = 0; ///< frame
};

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "synth/figure.h"
#include "synth/gesture.h"
#include "synth/target.h"
#include "synth/tracks.h"
#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace telltale;
using namespace telltale::synth;

namespace {

SynthOptions optionsOf(SynthScheme scheme, int subject, double minutes, uint64_t seed = 3)
{
    SynthOptions options;
    options.scheme = scheme;
    options.subject = subject;
    options.minutes = minutes;
    options.seed = seed;
    return options;
}

std::string digestOf(const PoseTrack& track)
{
    std::string bytes(track.points.size() * sizeof(PosePoint), '\0');
    std::memcpy(bytes.data(), track.points.data(), bytes.size());
    return contentDigest(bytes);
}

int classCount(SynthScheme scheme) { return static_cast<int>(gestureBook(scheme).counts.size()); }

/// Class ids of everything that some subjects do.
std::map<int, int> countClasses(SynthScheme scheme, int subjects, double minutes, bool balanced)
{
    std::map<int, int> counts;
    for (int subject = 1; subject <= subjects; ++subject) {
        SynthOptions options = optionsOf(scheme, subject, minutes);
        options.balanced = balanced;
        options.gesturesPerMinute = 14;
        const Subject person = makeSubject(options);
        for (const SynthSpan& span : writeScript(person, options, minutes * 60).spans)
            ++counts[span.classId];
    }
    return counts;
}

} // namespace

TEST(SynthSession, SameSeedGivesTheSameTracks)
{
    const auto first = makeSession(optionsOf(SynthScheme::Smg, 2, 0.3));
    const auto again = makeSession(optionsOf(SynthScheme::Smg, 2, 0.3));
    EXPECT_EQ(digestOf(first->exactTrack()), digestOf(again->exactTrack()));
    EXPECT_EQ(digestOf(first->observedTrack()), digestOf(again->observedTrack()));
}

TEST(SynthSession, AnotherSeedOrSubjectGivesAnotherTrack)
{
    std::set<std::string> digests;
    for (const uint64_t seed : {1, 2})
        for (const int subject : {1, 2})
            digests.insert(
                digestOf(makeSession(optionsOf(SynthScheme::Imigue, subject, 0.1, seed))->exactTrack()));
    EXPECT_EQ(digests.size(), 4U);
}

TEST(SynthSession, SpansLieInsideTheVideoInOrderAndApart)
{
    for (const SynthScheme scheme : {SynthScheme::Smg, SynthScheme::Imigue})
        for (int subject = 1; subject <= 4; ++subject) {
            const auto session = makeSession(optionsOf(scheme, subject, 1.5));
            ASSERT_FALSE(session->spans().empty());
            int64_t end = 0;
            for (const SynthSpan& span : session->spans()) {
                EXPECT_GE(span.span.first, end);
                EXPECT_GT(span.span.length(), 8);
                EXPECT_GE(span.classId, 0);
                EXPECT_LT(span.classId, classCount(scheme));
                end = span.span.last;
            }
            EXPECT_LE(end, session->frameCount());
        }
}

TEST(SynthSession, TracksHaveOneRowPerFrameAndTheLayoutsPoints)
{
    const auto session = makeSession(optionsOf(SynthScheme::Smg, 1, 0.2));
    for (const PoseTrack* track : {&session->exactTrack(), &session->observedTrack()}) {
        EXPECT_EQ(track->rows(), session->frameCount());
        EXPECT_EQ(track->rows(), 336); // 12 s at 28 pictures a second
        EXPECT_EQ(track->pointCount, kPointCount);
        EXPECT_EQ(track->persons, 1);
    }
}

TEST(SynthSession, PictureSizeScalesTheTrackAndChangesNothingElse)
{
    SynthOptions small = optionsOf(SynthScheme::Smg, 3, 0.1);
    SynthOptions large = small;
    large.width *= 2;
    large.height *= 2;
    const auto a = makeSession(small);
    const auto b = makeSession(large);
    for (int i = 0; i < kPointCount; ++i) {
        EXPECT_NEAR(a->exactTrack().at(50, 0)[i].x * 2, b->exactTrack().at(50, 0)[i].x, 0.01);
        EXPECT_NEAR(a->exactTrack().at(50, 0)[i].y * 2, b->exactTrack().at(50, 0)[i].y, 0.01);
    }
}

TEST(SynthClasses, EveryClassOfBothSchemesComesWhenBalanced)
{
    EXPECT_EQ(countClasses(SynthScheme::Smg, 12, 4, true).size(), 17U);
    EXPECT_EQ(countClasses(SynthScheme::Imigue, 20, 4, true).size(), 32U);
}

TEST(SynthClasses, EveryClassHasAWayToBeMade)
{
    for (const SynthScheme scheme : {SynthScheme::Smg, SynthScheme::Imigue}) {
        std::set<int> made;
        for (const GestureRow& row : gestureBook(scheme).rows) {
            made.insert(row.classId);
            EXPECT_LT(row.classId, classCount(scheme));
        }
        EXPECT_EQ(static_cast<int>(made.size()), classCount(scheme));
    }
}

TEST(SynthClasses, CountsFollowTheLongTail)
{
    auto imigue = countClasses(SynthScheme::Imigue, 60, 6, false);
    EXPECT_GT(imigue[31], imigue[30]); // illustrative, then shaking shoulders
    EXPECT_GT(imigue[30], imigue[22]); // ... then rubbing hands
    EXPECT_GT(imigue[22], imigue[8]); // ... then ears
    EXPECT_GT(imigue[8], imigue[29]); // ... then arms akimbo
    auto smg = countClasses(SynthScheme::Smg, 60, 6, false);
    EXPECT_GT(smg[8] + smg[7], smg[4] + smg[9] + smg[11]);
    EXPECT_GT(smg[4], smg[12]);
}

TEST(SynthFigure, TheHandReachesTheTargetThatItsClassNames)
{
    // Class 5 of SMG is touching the neck, class 8 of iMiGUE touching the ears.
    struct Case {
        SynthScheme scheme;
        int classId;
        int near; ///< point of the layout
        double within; ///< shoulder widths
    };
    for (const Case& c : {Case{SynthScheme::Smg, 5, 18, 0.55}, Case{SynthScheme::Imigue, 6, 0, 0.45}}) {
        int seen = 0;
        for (int subject = 1; subject <= 8; ++subject) {
            SynthOptions options = optionsOf(c.scheme, subject, 4);
            options.balanced = true;
            options.gesturesPerMinute = 14;
            const Subject person = makeSubject(options);
            const Script script = writeScript(person, options, 240);
            for (const SynthSpan& span : script.spans) {
                if (span.classId != c.classId)
                    continue;
                const double t = static_cast<double>(span.span.first + span.span.last) / 2 / options.fps;
                const auto points = points68(person, poseAt(person, script, t, 1));
                const double width = length(points[5] - points[6]);
                double nearest = 1e9;
                for (size_t i = kLeftHandStart; i < kPointCount; ++i)
                    nearest = std::min(nearest, length(points[i] - points[static_cast<size_t>(c.near)]));
                EXPECT_LT(nearest / width, c.within) << "class " << c.classId << " subject " << subject;
                ++seen;
            }
        }
        EXPECT_GE(seen, 4);
    }
}

TEST(SynthFigure, BonesKeepTheirLengths)
{
    const SynthOptions options = optionsOf(SynthScheme::Imigue, 2, 1);
    const Subject person = makeSubject(options);
    const Script script = writeScript(person, options, 60);
    for (double t = 0; t < 60; t += 0.37) {
        const Figure figure = poseAt(person, script, t, 5);
        for (const Arm& arm : figure.arms) {
            EXPECT_NEAR(length(arm.elbow - arm.shoulder), person.body.upperArm, 1e-6);
            EXPECT_NEAR(length(arm.wrist - arm.elbow), person.body.forearm, 1e-6);
            EXPECT_LT(length(arm.points[12] - arm.wrist), 0.24 * person.body.hand);
        }
        for (const Leg& leg : figure.legs) {
            EXPECT_NEAR(length(leg.knee - leg.hip), person.body.thigh, 1e-6);
            EXPECT_NEAR(length(leg.ankle - leg.knee), person.body.shin, 1e-6);
        }
    }
}

TEST(SynthFigure, NothingJumpsBetweenFrames)
{
    const SynthOptions options = optionsOf(SynthScheme::Smg, 4, 1.5);
    const Subject person = makeSubject(options);
    const Script script = writeScript(person, options, 90);
    auto before = points68(person, poseAt(person, script, 0, 5));
    for (double t = 1 / 28.0; t < 90; t += 1 / 28.0) {
        const auto now = points68(person, poseAt(person, script, t, 5));
        for (size_t i = 0; i < now.size(); ++i)
            ASSERT_LT(length(now[i] - before[i]), 0.2) << "point " << i << " at " << t << " s";
        before = now;
    }
}

TEST(SynthFigure, RestingHandsAreFarFromTheFace)
{
    const SynthOptions options = optionsOf(SynthScheme::Smg, 1, 0.2);
    const Subject person = makeSubject(options);
    const Script script = writeScript(person, options, 12);
    ASSERT_FALSE(script.spans.empty());
    const auto points = points68(person, poseAt(person, script, 0, 1));
    for (const size_t wrist : {9U, 10U})
        EXPECT_GT(length(points[wrist] - points[0]), 0.4);
}

TEST(SynthShift, MovesAPersonOutOfTheRangeOfTheOthers)
{
    for (int number = 1; number <= 12; ++number) {
        SynthOptions options = optionsOf(SynthScheme::Smg, number, 0.2);
        const Subject before = makeSubject(options);
        options.shift = 0.5;
        const Subject after = makeSubject(options);
        EXPECT_NEAR(std::abs(after.body.scale / before.body.scale - 1), 0.08, 1e-9);
        EXPECT_LT(after.amplitude, 0.8 * before.amplitude);
        EXPECT_GT(std::abs(std::log(after.speed / before.speed)), 0.3);
        const double side = std::abs(after.camera.axes.z.x);
        EXPECT_GT(side, std::sin(0.2)) << "no camera of the others stands so far to the side";
        EXPECT_LT(after.look.ambient, before.look.ambient);
        EXPECT_GT(after.poseNoise, 1.5);
        EXPECT_EQ(after.classWeights, before.classWeights) << "habits stay";
        EXPECT_EQ(before.poseNoise, 1);
    }
}

TEST(SynthShift, PointsAreSeenWorse)
{
    const auto session = makeSession(optionsOf(SynthScheme::Smg, 5, 0.5));
    const PoseTrack& exact = session->exactTrack();
    struct Seen {
        double error = 0; ///< mean, pixels
        int64_t missing = 0;
    };
    const auto seen = [&](double noise) {
        const PoseTrack track = observeTrack(exact, 28, Random(1), noise);
        Seen result;
        int64_t counted = 0;
        for (size_t i = 0; i < exact.points.size(); ++i) {
            if (exact.points[i].score < 1)
                continue;
            if (track.points[i].score <= 0) {
                ++result.missing;
                continue;
            }
            ++counted;
            result.error
                += std::hypot(track.points[i].x - exact.points[i].x, track.points[i].y - exact.points[i].y);
        }
        result.error /= static_cast<double>(counted);
        return result;
    };
    const Seen usual = seen(1);
    const Seen worse = seen(1.75);
    EXPECT_GT(worse.error, 1.4 * usual.error);
    EXPECT_GT(worse.missing, usual.missing);
}

TEST(SynthObserved, LooksLikeAnEstimator)
{
    const auto session = makeSession(optionsOf(SynthScheme::Smg, 5, 1));
    const PoseTrack& exact = session->exactTrack();
    const PoseTrack& seen = session->observedTrack();
    int64_t missing = 0;
    double error = 0;
    int64_t counted = 0;
    for (size_t i = 0; i < seen.points.size(); ++i) {
        const PosePoint& p = seen.points[i];
        EXPECT_LE(p.score, 1.0f);
        if (p.score <= 0) {
            EXPECT_EQ(p.x, 0);
            EXPECT_EQ(p.y, 0);
            ++missing;
        } else if (exact.points[i].score == 1) {
            error += std::hypot(p.x - exact.points[i].x, p.y - exact.points[i].y);
            ++counted;
        }
    }
    EXPECT_GT(missing, 0);
    EXPECT_LT(static_cast<double>(missing), 0.4 * static_cast<double>(seen.points.size()));
    EXPECT_GT(error / static_cast<double>(counted), 0.3); // not exact
    EXPECT_LT(error / static_cast<double>(counted), 8.0); // but on the body
}

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/synthdataset.h"
#include "pipeline/augment.h"
#include "pipeline/clipinput.h"
#include "pipeline/sequence.h"
#include "synth/synth.h"
#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <thread>
#include <utility>

namespace telltale {
namespace {

constexpr int kFirstSubject = 1001; ///< demo projects use small numbers: nobody is both trained on and shown
constexpr int kFirstHeldSubject = 5001;
constexpr int kFirstSparseSubject = 3001;
constexpr int kStoredFrames = 14; ///< over the span and a tenth on both sides
constexpr int kStoredSize = 72;
constexpr double kMargin = 0.1; ///< of the span, on each side of the stored pictures
constexpr double kJitter = 0.15; ///< of the span: how wrong a boundary may be
constexpr int kDrawWidth = 320;
constexpr int kDrawHeight = 240;

struct Clip {
    size_t session = 0;
    FrameSpan span;
    int label = 0;
    std::vector<uint8_t> pictures; ///< [3, kStoredFrames, kStoredSize, kStoredSize]
};

struct Session {
    std::string scheme;
    int subject = 0;
    FrameTimes times;
    PoseTrack track;
    std::vector<Clip> clips;
};

FrameSpan widened(const FrameSpan& span, double before, double after, int64_t frames)
{
    const auto length = static_cast<double>(span.length());
    FrameSpan out{span.first + std::llround(before * length), span.last + std::llround(after * length)};
    out = clampSpan(out, frames);
    return out.length() >= 4 ? out : span;
}

std::vector<uint8_t> drawCrops(
    const SynthSession& session, const FrameSpan& span, const PoseTrack& track, float scale)
{
    const FrameSpan wide = widened(span, -kMargin, kMargin, session.frameCount());
    ClipPictures pictures;
    pictures.scale = scale;
    for (const int64_t frame : sampleUniform(wide, kStoredFrames)) {
        Picture picture{kDrawWidth, kDrawHeight,
            std::vector<uint8_t>(static_cast<size_t>(kDrawWidth) * static_cast<size_t>(kDrawHeight) * 4)};
        session.draw(frame, picture.bgra.data());
        pictures.pictures.push_back(std::move(picture));
    }
    CropBox box = clipBox(pictures, gatherPoints(track, 0, sampleUniform(span, kHeatmapFrames)));
    constexpr float kGrow = static_cast<float>(kStoredSize) / kRgbSize;
    box.x -= box.width * (kGrow - 1) / 2;
    box.y -= box.height * (kGrow - 1) / 2;
    box.width *= kGrow;
    box.height *= kGrow;
    NdArray crops({3, kStoredFrames, kStoredSize, kStoredSize});
    for (int t = 0; t < kStoredFrames; ++t) {
        const Picture& picture = pictures.pictures[static_cast<size_t>(t)];
        cropRgb(picture.bgra, picture.width, picture.height, box, t, crops);
    }
    std::vector<uint8_t> bytes(crops.values.size());
    std::transform(crops.values.begin(), crops.values.end(), bytes.begin(),
        [](float v) { return static_cast<uint8_t>(std::lround(std::clamp(v, 0.0f, 1.0f) * 255)); });
    return bytes;
}

struct Plan {
    SynthOptions options;
    bool pictures = true;
};

Session makeData(const Plan& plan)
{
    SynthOptions options = plan.options;
    Session data;
    data.scheme = options.scheme == SynthScheme::Smg ? "smg" : "imigue";
    data.subject = options.subject;
    const std::unique_ptr<SynthSession> session = makeSession(options);
    data.track = session->observedTrack();
    data.times = FrameTimes::nominal(session->frameCount(), options.fps);
    const float scale = static_cast<float>(kDrawWidth) / static_cast<float>(options.width);
    options.width = kDrawWidth;
    options.height = kDrawHeight;
    const std::unique_ptr<SynthSession> small = plan.pictures ? makeSession(options) : nullptr;
    for (const SynthSpan& span : session->spans()) {
        if (span.span.length() < 4)
            continue;
        data.clips.push_back({0, span.span, span.classId, {}});
        if (small)
            data.clips.back().pictures = drawCrops(*small, span.span, data.track, scale);
    }
    return data;
}

class Dataset final : public SynthClipDataset {
public:
    explicit Dataset(std::vector<Session> sessions) : m_sessions(std::move(sessions))
    {
        for (size_t s = 0; s < m_sessions.size(); ++s)
            for (Clip& clip : m_sessions[s].clips) {
                clip.session = s;
                m_clips.push_back(&clip);
            }
    }
    int64_t size() const override { return static_cast<int64_t>(m_clips.size()); }
    int label(int64_t index) const override { return clip(index).label; }
    std::string scheme(int64_t index) const override { return m_sessions[clip(index).session].scheme; }
    ClipSample sample(int64_t index, Random random, bool augment) const override
    {
        const Session& session = m_sessions[clip(index).session];
        ClipSample sample;
        sample.scheme = session.scheme;
        sample.label = clip(index).label;
        sample.subject = session.subject;
        sample.input
            = input(index, augment ? drawAugmentation(random) : PointAugmentation{}, augment, random);
        return sample;
    }
    ClipInput inputWith(int64_t index, PointSet points) const override
    {
        return input(
            index, points == PointSet::Mobile14 ? onlyMobilePoints() : PointAugmentation{}, false, Random(0));
    }

private:
    const Clip& clip(int64_t index) const { return *m_clips[static_cast<size_t>(index)]; }
    ClipInput input(int64_t index, const PointAugmentation& augmentation, bool augment, Random random) const
    {
        const Session& session = m_sessions[clip(index).session];
        FrameSpan span = clip(index).span;
        if (augment)
            span = widened(span, random.uniform(-kJitter, kJitter), random.uniform(-kJitter, kJitter),
                session.times.frameCount());
        NdArray joint = gatherPoints(session.track, 0, sampleUniform(span, kJointFrames));
        NdArray heatmap = gatherPoints(session.track, 0, sampleUniform(span, kHeatmapFrames));
        augmentPoints(augmentation, random.fork(1), joint);
        augmentPoints(augmentation, random.fork(2), heatmap);
        ClipInput input;
        addSkeletonInputs(joint, heatmap, input);
        addRgb(clip(index), span, augment, random.fork(3), input);
        return input;
    }
    static void addRgb(
        const Clip& clip, const FrameSpan& span, bool augment, Random random, ClipInput& input);

    std::vector<Session> m_sessions;
    std::vector<const Clip*> m_clips;
};

/// Takes kRgbFrames of the stored pictures that lie in `span` and cuts kRgbSize out of them.
void Dataset::addRgb(const Clip& clip, const FrameSpan& span, bool augment, Random random, ClipInput& input)
{
    constexpr int kSlack = kStoredSize - kRgbSize;
    const int left = augment ? static_cast<int>(random.below(kSlack + 1)) : kSlack / 2;
    const int top = augment ? static_cast<int>(random.below(kSlack + 1)) : kSlack / 2;
    const bool mirrored = augment && random.chance(0.5);
    const auto contrast = static_cast<float>(augment ? random.uniform(0.75, 1.3) : 1);
    const auto light = static_cast<float>(augment ? random.uniform(-0.12, 0.12) : 0);
    const auto length = static_cast<double>(clip.span.length());
    const double stored = length * (1 + 2 * kMargin);
    const double origin = static_cast<double>(clip.span.first) - kMargin * length;
    input.rgb = NdArray({3, kRgbFrames, kRgbSize, kRgbSize});
    float* out = input.rgb.values.data();
    for (int channel = 0; channel < 3; ++channel) {
        const auto tint = static_cast<float>(augment ? random.uniform(0.9, 1.1) : 1);
        for (int t = 0; t < kRgbFrames; ++t) {
            const double at = static_cast<double>(span.first)
                + (t + 0.5) * static_cast<double>(span.length()) / kRgbFrames;
            const int slot
                = std::clamp(static_cast<int>((at - origin) / stored * kStoredFrames), 0, kStoredFrames - 1);
            const uint8_t* picture = clip.pictures.data()
                + (static_cast<size_t>(channel) * kStoredFrames + static_cast<size_t>(slot)) * kStoredSize
                    * kStoredSize;
            for (int y = 0; y < kRgbSize; ++y)
                for (int x = 0; x < kRgbSize; ++x) {
                    const int column = left + (mirrored ? kRgbSize - 1 - x : x);
                    const float value = static_cast<float>(picture[(top + y) * kStoredSize + column]) / 255;
                    *out++ = std::clamp((value * tint - 0.5f) * contrast + 0.5f + light, 0.0f, 1.0f);
                }
        }
    }
}

NdArray featuresOf(const NdArray& rowPoints, const PointAugmentation& augmentation, const Random& random)
{
    NdArray points = rowPoints;
    augmentPoints(augmentation, random, points);
    return sequenceFeatures(points);
}

std::vector<FrameSpan> spansOf(const Session& session)
{
    std::vector<FrameSpan> spans;
    for (const Clip& clip : session.clips)
        spans.push_back(clip.span);
    return spans;
}

HeldSession heldSessionOf(const Session& session)
{
    HeldSession held;
    const NdArray points = resampleTrack(session.track, 0, session.times);
    held.features = sequenceFeatures(points);
    held.mobileFeatures = featuresOf(points, onlyMobilePoints(), Random(0));
    held.gesture = gestureRows(spansOf(session), session.times);
    for (const FrameSpan& span : spansOf(session))
        held.truth.push_back({session.times.seconds(span.first) * kSequenceRate,
            session.times.seconds(span.last) * kSequenceRate});
    return held;
}

void addSequences(const Session& session, int versions, Random random, std::vector<SequenceSample>& out)
{
    const NdArray points = resampleTrack(session.track, 0, session.times);
    const std::vector<float> gesture = gestureRows(spansOf(session), session.times);
    for (int version = 0; version < versions; ++version) {
        PointAugmentation augmentation;
        if (version > 0)
            augmentation = drawAugmentation(random);
        out.push_back(
            {featuresOf(points, augmentation, random.fork(static_cast<uint64_t>(version))), gesture});
    }
}

enum class Purpose { Train, Sparse, Held };

std::vector<Plan> planFor(const SynthDataOptions& options, Purpose purpose)
{
    struct Row {
        int count;
        int firstSubject;
    };
    const Row rows[] = {{options.subjects, kFirstSubject}, {options.sparseSubjects, kFirstSparseSubject},
        {options.heldSubjects, kFirstHeldSubject}};
    const Row& row = rows[static_cast<size_t>(purpose)];
    std::vector<Plan> plans;
    for (const SynthScheme scheme : {SynthScheme::Smg, SynthScheme::Imigue})
        for (int i = 0; i < row.count; ++i) {
            Plan plan;
            plan.pictures = purpose != Purpose::Sparse;
            plan.options.scheme = scheme;
            plan.options.subject = row.firstSubject + i + (scheme == SynthScheme::Imigue ? 1000 : 0);
            plan.options.minutes = options.minutes;
            plan.options.seed = options.seed;
            const bool sparse = purpose == Purpose::Sparse || (purpose == Purpose::Held && i % 3 == 2);
            plan.options.gesturesPerMinute
                = sparse ? options.sparseGesturesPerMinute : options.gesturesPerMinute;
            plan.options.balanced
                = purpose == Purpose::Train ? i < std::lround(options.balancedShare * row.count) : i % 2 == 0;
            plans.push_back(plan);
        }
    return plans;
}

Result<std::vector<Session>> makeAll(
    const std::vector<Plan>& plans, const char* stage, ProgressSink& progress)
{
    std::vector<Session> made(plans.size());
    std::atomic<size_t> next = 0;
    std::atomic<int64_t> done = 0;
    {
        std::vector<std::jthread> workers;
        for (unsigned w = 0; w < std::max(1U, std::thread::hardware_concurrency()); ++w)
            workers.emplace_back([&] {
                for (size_t i = next++; i < plans.size() && !progress.cancelled(); i = next++) {
                    made[i] = makeData(plans[i]);
                    progress.report(++done, static_cast<int64_t>(plans.size()), stage);
                }
            });
    }
    if (progress.cancelled())
        return Error{ErrorCode::Cancelled, "cancelled"};
    return made;
}

} // namespace

Result<SynthData> makeSynthData(const SynthDataOptions& options, ProgressSink& progress)
{
    Result<std::vector<Session>> train
        = makeAll(planFor(options, Purpose::Train), "synthetic subjects", progress);
    if (!train)
        return train.error();
    const Result<std::vector<Session>> sparse
        = makeAll(planFor(options, Purpose::Sparse), "sparse subjects", progress);
    if (!sparse)
        return sparse.error();
    Result<std::vector<Session>> held
        = makeAll(planFor(options, Purpose::Held), "held-out subjects", progress);
    if (!held)
        return held.error();
    SynthData data;
    const Random random(options.seed);
    for (const std::vector<Session>* sessions : {&std::as_const(*train), &*sparse})
        for (const Session& session : *sessions)
            addSequences(session, options.sequenceVersions,
                random.fork(static_cast<uint64_t>(session.subject)), data.sequences);
    for (const Session& session : *held) {
        data.heldSessions.push_back(heldSessionOf(session));
        const HeldSession& last = data.heldSessions.back();
        data.heldSequences.push_back({last.features, last.gesture});
        data.heldSequences.push_back({last.mobileFeatures, last.gesture});
    }
    data.train = std::make_unique<Dataset>(std::move(*train));
    data.held = std::make_unique<Dataset>(std::move(*held));
    return data;
}

} // namespace telltale

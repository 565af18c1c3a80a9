// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "synth/synth.h"
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr double kTrainShare = 0.8; ///< of the iMiGUE subjects; the rest goes to the validation folders
constexpr int kMaxDepth = 8000; ///< millimetres, the range of the Kinect that SMG was taken with
constexpr int kIllustrativeFile = 99; ///< iMiGUE's label files call their last class so

std::string fourDigits(int number)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d", number);
    return text.data();
}

/// A subject's progress as part of the whole, with the time that is left.
class SubjectProgress final : public ProgressSink {
public:
    SubjectProgress(ProgressSink& whole, int subjects)
        : m_whole(whole)
        , m_subjects(subjects)
        , m_start(Clock::now())
    {
    }

    void begin(int subject)
    {
        m_done = subject - 1;
        m_stage = "subject " + std::to_string(subject) + " of " + std::to_string(m_subjects);
        if (m_done > 0) {
            const std::chrono::duration<double> passed = Clock::now() - m_start;
            const auto left = std::lround(passed.count() / m_done * (m_subjects - m_done));
            m_stage += ", about " + std::to_string(left) + " s left";
        }
    }

    bool cancelled() const override { return m_whole.cancelled(); }
    void report(int64_t done, int64_t total, std::string_view) override
    {
        m_whole.report(m_done * total + done, m_subjects * total, m_stage);
    }

private:
    using Clock = std::chrono::steady_clock;
    ProgressSink& m_whole;
    int m_subjects;
    Clock::time_point m_start;
    int64_t m_done = 0;
    std::string m_stage;
};

/// A folder under a temporary name that goes away unless its content was moved to its place.
class Workshop {
public:
    explicit Workshop(fs::path folder) : m_folder(std::move(folder))
    {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored); // left over from a run that was killed
    }
    ~Workshop()
    {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;

    const fs::path& folder() const { return m_folder; }

private:
    fs::path m_folder;
};

Status moveTo(const fs::path& from, const fs::path& to)
{
    std::error_code failure;
    fs::create_directories(to.parent_path(), failure);
    if (!failure)
        fs::rename(from, to, failure);
    if (failure)
        return Error{ErrorCode::Io, to.string() + ": cannot be made (" + failure.message() + ")"};
    return {};
}

Status refuseExisting(const fs::path& folder)
{
    std::error_code ignored;
    if (fs::exists(folder, ignored))
        return Error{ErrorCode::Conflict,
            folder.string() + ": is there already; choose an empty folder or remove it first"};
    return {};
}

/// SampleNNNN/ with video, skeleton, data and labels (1-based, both ends included).
Status writeSmgSubject(
    const fs::path& root, const SynthOptions& options, const SynthSession& session, ProgressSink& progress)
{
    const std::string name = "Sample" + fourDigits(options.subject);
    if (Status status = refuseExisting(root / name); !status)
        return status;
    const Workshop workshop(root / ("." + name + ".part"));
    if (Status status = ensureWritableFolder(workshop.folder()); !status)
        return status;
    const auto file = [&](const char* ending) { return workshop.folder() / (name + ending); };
    if (Status status = renderSession(session, options, file("_color.mp4"), progress); !status)
        return status;
    if (Status status = writeKinectCsv(file("_skeleton.csv"), session.observedTrack()); !status)
        return status;
    const std::string data = std::to_string(session.frameCount()) + ","
        + std::to_string(std::lround(options.fps)) + "," + std::to_string(kMaxDepth) + "\n";
    if (Status status = writeFileAtomically(file("_data.csv"), data); !status)
        return status;
    std::string labels;
    for (const SynthSpan& span : session.spans())
        labels += std::to_string(span.classId + 1) + "," + std::to_string(span.span.first + 1) + ","
            + std::to_string(span.span.last) + "\n";
    if (Status status = writeFileAtomically(file("_finelabels.csv"), labels); !status)
        return status;
    return moveTo(workshop.folder(), root / name);
}

/// imigue_skeleton_PART/NNNN/ and imigue_rgb_PART/NNNN/ with labels that count from 0, both ends included.
Status writeImigueSubject(const fs::path& root, const SynthOptions& options, bool train,
    const SynthSession& session, ProgressSink& progress)
{
    const std::string name = fourDigits(options.subject);
    const std::string part = train ? "train" : "validate";
    const fs::path skeletons = root / ("imigue_skeleton_" + part) / name;
    const fs::path videos = root / ("imigue_rgb_" + part) / name;
    for (const fs::path& folder : {skeletons, videos})
        if (Status status = refuseExisting(folder); !status)
            return status;
    const Workshop workshop(root / ("." + name + ".part"));
    for (const char* folder : {"skeleton", "rgb"})
        if (Status status = ensureWritableFolder(workshop.folder() / folder); !status)
            return status;
    const fs::path skeleton = workshop.folder() / "skeleton";
    if (Status status
        = renderSession(session, options, workshop.folder() / "rgb" / (name + ".mp4"), progress);
        !status)
        return status;
    if (Status status = writeOpenPoseTable(skeleton / (name + "_openpose.xlsx"), session.observedTrack());
        !status)
        return status;
    std::string labels;
    const int illustrative = 31;
    for (const SynthSpan& span : session.spans()) {
        const int id = span.classId == illustrative ? kIllustrativeFile : span.classId + 1;
        labels += std::to_string(id) + "," + std::to_string(span.span.first) + ","
            + std::to_string(span.span.last - 1) + "\n";
    }
    if (Status status = writeFileAtomically(skeleton / (name + "_label.csv"), labels); !status)
        return status;
    if (Status status = moveTo(workshop.folder() / "rgb", videos); !status)
        return status;
    return moveTo(skeleton, skeletons);
}

Status writeNote(const fs::path& root, const SynthOptions& options, int subjects)
{
    const nlohmann::json note{
        {"what",
            "synthetic subjects drawn by telltale-cli synth; no real person is shown. The "
            "skeleton files hold what a pose estimator would see: noise, missing points and "
            "scores"},
        {"telltale", versionText()}, {"layout", options.scheme == SynthScheme::Smg ? "smg" : "imigue"},
        {"subjects", subjects}, {"minutes", options.minutes}, {"seed", options.seed},
        {"width", options.width}, {"height", options.height}, {"fps", options.fps},
        {"gestures_per_minute", options.gesturesPerMinute}, {"balanced", options.balanced}};
    return writeFileAtomically(root / "synth.json", note.dump(2) + "\n");
}

} // namespace

Status writeDataset(const fs::path& folder, const SynthOptions& options, int subjects, ProgressSink& progress)
{
    if (Status status = ensureWritableFolder(folder); !status)
        return status;
    const int trained = static_cast<int>(std::ceil(subjects * kTrainShare));
    SubjectProgress part(progress, subjects);
    for (int subject = 1; subject <= subjects; ++subject) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "stopped before subject " + std::to_string(subject)};
        part.begin(subject);
        SynthOptions own = options;
        own.subject = subject;
        const auto session = makeSession(own);
        Status status = own.scheme == SynthScheme::Smg
            ? writeSmgSubject(folder, own, *session, part)
            : writeImigueSubject(folder, own, subject <= trained, *session, part);
        if (!status)
            return status;
    }
    return writeNote(folder, options, subjects);
}

Status writeDataset(const fs::path& folder, SynthScheme scheme, int subjects, double minutes, uint64_t seed,
    ProgressSink& progress)
{
    SynthOptions options;
    options.scheme = scheme;
    options.minutes = minutes;
    options.seed = seed;
    return writeDataset(folder, options, subjects, progress);
}

} // namespace telltale

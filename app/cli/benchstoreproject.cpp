// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The projects that `bench store` works in: the same content in every run.
#include "app/cli/benchstore.h"
#include "base/files.h"
#include "base/random.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kFrames = 100'000;
constexpr int kClasses = 17;
constexpr size_t kEmbedding = 8;
constexpr int64_t kSpanFrames = 40;
constexpr const char* kComplete = "complete"; ///< made last

FrameSpan placeOf(int64_t number)
{
    const int64_t first = number * 2 * kSpanFrames % (kFrames - 2 * kSpanFrames);
    return {first, first + kSpanFrames};
}

ImportBatch videosWithSpans(const BenchProjectSize& size, Random& random)
{
    ImportBatch batch;
    for (int i = 0; i < size.videos; ++i) {
        VideoEntry video;
        video.name = "video " + std::to_string(i + 1);
        video.path = "videos/" + std::to_string(i + 1) + ".mp4";
        video.subject = "subject " + std::to_string(i / 10 + 1);
        video.frameCount = kFrames;
        video.fps = 28;
        video.durationUs = kFrames * 1'000'000 / 28;
        batch.videos.push_back(std::move(video));
        for (int k = 0; k < size.spansOfPersons; ++k) {
            Annotation span;
            span.videoId = -(i + 1);
            span.span = placeOf(k);
            span.classId = static_cast<int>(random.below(kClasses));
            batch.annotations.push_back(std::move(span));
        }
    }
    return batch;
}

std::vector<float> someFloats(Random& random, size_t count)
{
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(random.uniform());
    return values;
}

/// The first half are the spans that persons have marked, which make no proposals.
std::vector<Prediction> someRun(const BenchProjectSize& size, Random& random)
{
    std::vector<Prediction> predictions(static_cast<size_t>(2 * size.spansOfPersons));
    for (size_t i = 0; i < predictions.size(); ++i) {
        Prediction& one = predictions[i];
        one.span = placeOf(static_cast<int64_t>(i));
        one.detectorScore = random.uniform();
        one.fused = someFloats(random, kClasses);
        one.modalities["joint"] = {someFloats(random, kClasses), someFloats(random, kEmbedding)};
    }
    return predictions;
}

Status fillProject(Document& document, const BenchProjectSize& size, ProgressSink& progress)
{
    Random random(500);
    if (auto status = document.importBatch(videosWithSpans(size, random), QStringLiteral("import")); !status)
        return status;
    std::vector<int64_t> videos;
    for (const VideoEntry& video : document.videos())
        videos.push_back(video.id);
    const int64_t total = static_cast<int64_t>(videos.size()) * size.runs;
    int64_t done = 0;
    for (int round = 0; round < size.runs; ++round)
        for (const int64_t video : videos) {
            if (progress.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
            progress.report(done++, total, "making the project");
            PredictionRun run;
            run.videoId = video;
            run.model = "bench";
            run.recipe = "round " + std::to_string(round + 1);
            if (const auto id = document.importRun(run, someRun(size, random)); !id)
                return id.error();
        }
    return document.flush();
}

} // namespace

LabelScheme benchScheme()
{
    LabelScheme scheme;
    scheme.name = "bench";
    for (int i = 0; i < kClasses; ++i)
        scheme.classes.push_back({"class " + std::to_string(i), {}, {}, {}, defaultClassColor(i)});
    return scheme;
}

Status makeBenchProject(
    const fs::path& folder, const BenchProjectSize& size, const LabelScheme& scheme, ProgressSink& progress)
{
    std::error_code ec;
    // A project of an earlier schema is made anew: its opening would be a migration.
    if (fs::exists(folder / kComplete, ec))
        if (const auto present = Document::open(folder); present)
            if ((*present)->summary().annotations == size.spans())
                return {};
    fs::remove_all(folder, ec);
    const auto document = Document::create(folder, scheme);
    if (!document)
        return document.error();
    if (auto status = fillProject(**document, size, progress); !status)
        return status;
    return writeFileAtomically(folder / kComplete, versionText());
}

PlainAppender::PlainAppender(const fs::path& file)
    : m_file(file)
    , m_fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644))
{
}

PlainAppender::~PlainAppender()
{
    if (m_fd >= 0)
        ::close(m_fd);
    ::unlink(m_file.c_str());
}

Status PlainAppender::append()
{
    static const std::string kPage(4096, 'x');
    if (m_fd >= 0 && ::write(m_fd, kPage.data(), kPage.size()) == static_cast<ssize_t>(kPage.size())
        && ::fdatasync(m_fd) == 0)
        return {};
    return Error{ErrorCode::Io, m_file.string() + ": cannot be written (" + std::strerror(errno) + ")"};
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What an edit costs, and how a big project opens. All in wall time.
#include "app/cli/benchstore.h"
#include "app/cli/bench.h"
#include "app/cli/benchtools.h"
#include "base/random.h"
#include <chrono>
#include <functional>

namespace telltale {

namespace {

namespace fs = std::filesystem;

constexpr double kAcknowledgedMs = 0.05;
constexpr double kOpenMs = 2000;
constexpr double kSpansOfVideoMs = 5;
constexpr double kBigToEmpty = 1.5;
constexpr double kTail = 0.99;
constexpr int kEdits = 1000;
constexpr int kPairs = 400;
constexpr int kOpenings = 5;
constexpr int kWarmUp = 20;
constexpr int kBlock = 20;

Result<double> millisecondsOf(const std::function<Status()>& work)
{
    const auto begin = std::chrono::steady_clock::now();
    if (auto status = work(); !status)
        return status.error();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

/// Edits as a person makes them on one video, the same in every run: marks a span, moves an edge, names it,
/// and takes it away, so that the project keeps its size.
class Annotator {
public:
    Annotator(Document& document, int64_t videoId) : m_document(document), m_video(videoId) { }

    Status next()
    {
        switch (m_step++ % 4) {
        case 0:
            return mark();
        case 1:
            return m_document.setSpan(m_span, {m_first + 2, m_first + 30});
        case 2:
            return m_document.relabel(m_span, static_cast<int>(m_random.below(17)));
        default:
            return m_document.removeAnnotation(m_span);
        }
    }

private:
    Status mark()
    {
        Annotation span;
        span.videoId = m_video;
        m_first = m_random.below(90'000);
        span.span = {m_first, m_first + 25};
        span.classId = 1;
        const auto id = m_document.addAnnotation(span);
        if (!id)
            return id.error();
        m_span = *id;
        return {};
    }

    Document& m_document;
    int64_t m_video;
    Random m_random{7};
    int64_t m_step = 0;
    int64_t m_span = 0;
    int64_t m_first = 0;
};

BenchRow againstLimit(const std::string& what, double ours, double limit)
{
    BenchRow row{what, "ms", "limit"};
    row.ours = ours;
    row.theirs = limit;
    row.ratio = ours / limit;
    row.goal = 1;
    return row;
}

/// Times of two things that take turns, each first in every other round.
struct Pairs {
    std::vector<Cost> ours;
    std::vector<Cost> theirs;
    BenchRow row(const std::string& what, const std::string& against, double goal) const
    {
        BenchRow row{what, "ms", against};
        row.ours = median(figures(ours, &Cost::wall));
        row.theirs = median(figures(theirs, &Cost::wall));
        row.ratio = medianRatio(ours, theirs, &Cost::wall);
        row.goal = goal;
        return row;
    }
};

/// `block`: how many of one kind come in a row. Flushes of two growing files one by one wait for each other
/// in the file system's own journal, which no annotator meets.
Status takeTurns(const BenchSettings& settings, Pairs& pairs, const std::function<Result<double>()>& ours,
    const std::function<Result<double>()>& theirs, int block = 1)
{
    for (int i = 0; i < kWarmUp + kPairs && !settings.cancelled(); i += block)
        for (const bool first : {true, false}) {
            const bool mine = first == (i / block % 2 == 0);
            for (int k = 0; k < block; ++k) {
                const auto ms = mine ? ours() : theirs();
                if (!ms)
                    return ms.error();
                if (i >= kWarmUp)
                    (mine ? pairs.ours : pairs.theirs).push_back({0, *ms});
            }
        }
    return {};
}

/// As the window opens it.
Result<std::unique_ptr<Document>> openInBackground(const fs::path& folder)
{
    DocumentOptions options;
    options.background = true;
    return Document::open(folder, options);
}

Result<std::unique_ptr<Document>> openProject(
    const BenchSettings& settings, const std::string& name, const BenchProjectSize& size)
{
    const fs::path folder = settings.folder / name;
    if (auto status = makeBenchProject(folder, size, benchScheme(), *settings.progress); !status)
        return status.error();
    return openInBackground(folder);
}

Status benchAcknowledging(const BenchSettings& settings, Document& document)
{
    Annotator annotator(document, document.videos().front().id);
    std::vector<double> times;
    for (int i = 0; i < kWarmUp + kEdits && !settings.cancelled(); ++i) {
        const auto ms = millisecondsOf([&] { return annotator.next(); });
        if (!ms)
            return ms.error();
        if (i >= kWarmUp)
            times.push_back(*ms);
        if (i % 100 == 99)
            if (auto status = document.flush(); !status)
                return status;
    }
    settings.row(againstLimit("an edit is acknowledged, median", median(times), kAcknowledgedMs));
    settings.row(againstLimit("an edit is acknowledged, 99 of 100", quantile(times, kTail), kAcknowledgedMs));
    return document.flush();
}

Status benchDurability(const BenchSettings& settings, Document& document)
{
    Annotator annotator(document, document.videos().front().id);
    PlainAppender appender(document.folder() / "plain-append");
    Pairs pairs;
    const auto edit = [&] {
        return millisecondsOf([&] {
            if (auto status = annotator.next(); !status)
                return status;
            return document.flush();
        });
    };
    const auto append = [&] { return millisecondsOf([&] { return appender.append(); }); };
    if (auto status = takeTurns(settings, pairs, edit, append, kBlock); !status)
        return status;
    settings.row(pairs.row("an edit is durable", "fdatasync", 1.0));
    BenchRow tail{"an edit is durable, 99 of 100", "ms", "fdatasync"};
    tail.ours = quantile(figures(pairs.ours, &Cost::wall), kTail);
    tail.theirs = quantile(figures(pairs.theirs, &Cost::wall), kTail);
    tail.ratio = tail.ours / tail.theirs;
    settings.row(tail);
    return {};
}

Status benchOpeningBig(const BenchSettings& settings, const fs::path& folder)
{
    std::vector<double> times;
    for (int i = 0; i < kOpenings && !settings.cancelled(); ++i) {
        // Interactive is: the first video's spans can be shown.
        const auto ms = millisecondsOf([&]() -> Status {
            const auto document = openInBackground(folder);
            if (!document)
                return document.error();
            const auto spans = (*document)->annotations((*document)->videos().front().id);
            return spans.empty() ? Status(Error{ErrorCode::Internal, "the project has no spans"}) : Status();
        });
        if (!ms)
            return ms.error();
        times.push_back(*ms);
    }
    BenchRow row = againstLimit("the big project opens", median(times), kOpenMs);
    row.note = std::to_string(kBigProject.videos) + " videos, " + std::to_string(kBigProject.spans())
        + " spans, " + std::to_string(kBigProject.predictions()) + " predictions";
    settings.row(row);
    return {};
}

Status benchBigAgainstEmpty(const BenchSettings& settings, Document& big, Document& empty)
{
    Annotator inBig(big, big.videos().back().id);
    Annotator inEmpty(empty, empty.videos().front().id);
    for (const bool durable : {false, true}) {
        Pairs pairs;
        const auto edit = [&](Annotator& annotator, Document& document) {
            auto ms = millisecondsOf([&] {
                auto status = annotator.next();
                return status && durable ? document.flush() : status;
            });
            if (auto status = document.flush(); !status)
                return Result<double>(status.error());
            return ms;
        };
        if (auto status = takeTurns(
                settings, pairs, [&] { return edit(inBig, big); }, [&] { return edit(inEmpty, empty); });
            !status)
            return status;
        settings.row(pairs.row(
            durable ? "an edit of the big project is durable" : "an edit of the big project is acknowledged",
            "empty", kBigToEmpty));
    }
    return {};
}

Status benchSpansOfVideo(const BenchSettings& settings, const Document& big)
{
    std::vector<double> times;
    for (const VideoEntry& video : big.videos()) {
        size_t spans = 0;
        const auto ms = millisecondsOf([&] {
            spans = big.annotations(video.id).size();
            return Status();
        });
        if (!ms || spans == 0)
            return Error{ErrorCode::Internal, "a video of the big project has no spans"};
        times.push_back(*ms);
    }
    settings.row(againstLimit("the spans of one video, 99 of 100", quantile(times, kTail), kSpansOfVideoMs));
    return {};
}

} // namespace

Status benchStore(const BenchSettings& settings)
{
    auto empty = openProject(settings, "store-empty", {});
    if (!empty)
        return empty.error();
    for (const auto part : {benchAcknowledging, benchDurability})
        if (auto status = part(settings, **empty); !status)
            return status;
    auto big = openProject(settings, "store-big", kBigProject);
    if (!big)
        return big.error();
    if (auto status = benchBigAgainstEmpty(settings, **big, **empty); !status)
        return status;
    if (auto status = benchSpansOfVideo(settings, **big); !status)
        return status;
    const fs::path folder = (*big)->folder();
    big->reset();
    if (settings.cancelled())
        return Error{ErrorCode::Cancelled, "cancelled"};
    return benchOpeningBig(settings, folder);
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/cmplrounds.h"
#include "base/files.h"
#include "pipeline/projectadaptation.h"
#include "pipeline/recipefile.h"
#include "review/audit.h"
#include <algorithm>
#include <tuple>
#include <utility>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// The spans of the project, to be found by where pseudo-labels lie. A span whose ends nobody moved lies
/// exactly there; of corrected ones it is that which overlaps most.
class SpanFinder {
public:
    explicit SpanFinder(const std::vector<Annotation>& annotations)
    {
        for (const Annotation& span : annotations) {
            m_exact.emplace(Place{span.videoId, span.person, span.span.first, span.span.last}, &span);
            if (span.state == SpanState::Corrected && span.predictionId > 0)
                m_corrected[{span.videoId, span.person}].push_back(&span);
        }
    }

    const Annotation* find(int64_t video, const RecordedLabel& label) const
    {
        const auto exact = m_exact.find({video, label.person, label.span.first, label.span.last});
        if (exact != m_exact.end())
            return exact->second;
        const auto corrected = m_corrected.find({video, label.person});
        if (corrected == m_corrected.end())
            return nullptr;
        const Annotation* nearest = nullptr;
        double most = 0;
        for (const Annotation* span : corrected->second)
            if (const double overlap = temporalIou(span->span, label.span); overlap > most) {
                most = overlap;
                nearest = span;
            }
        return nearest;
    }

private:
    using Place = std::tuple<int64_t, int, int64_t, int64_t>; ///< video, person, first, last
    std::map<Place, const Annotation*> m_exact;
    std::map<std::pair<int64_t, int>, std::vector<const Annotation*>> m_corrected;
};

Verdict verdictOf(const Annotation& span, int classId)
{
    switch (span.state) {
    case SpanState::Proposed:
        return Verdict::Open;
    case SpanState::Rejected:
        return Verdict::Wrong;
    case SpanState::Skipped:
    case SpanState::Flagged:
        return Verdict::Unclear;
    default:
        return span.classId == classId ? Verdict::Right : Verdict::Wrong;
    }
}

void count(RoundVerdicts& verdicts, const Annotation* span, Verdict verdict)
{
    if (!span)
        ++verdicts.gone;
    else if (span->predictionId <= 0)
        ++verdicts.labelled;
    else if (verdict == Verdict::Open)
        ++verdicts.open;
    else if (verdict == Verdict::Unclear)
        ++verdicts.unclear;
    else if (verdict == Verdict::Right)
        ++verdicts.right;
    else
        ++(span->state == SpanState::Rejected ? verdicts.rejected : verdicts.renamed);
}

class RunReader {
public:
    explicit RunReader(const CmplRoundsRequest& request)
        : m_request(request)
        , m_records(request.records ? request.records : std::make_shared<RoundRecords>())
        , m_classes(request.project.scheme().classes.size())
        , m_annotations(request.project.annotations())
        , m_spans(m_annotations)
    {
        for (const VideoEntry& video : request.project.videos())
            m_videos.emplace(video.name, video.id);
    }

    CmplRunView read(const ModelEntry& system) const
    {
        CmplRunView view{system.id, system.time, system.active, protocolOf(system), {}, {}};
        const fs::path folder = m_request.project.absolute(system.file);
        const auto read = recordOf(folder);
        if (!read) {
            view.trouble = read.error().message;
            return view;
        }
        const RecordedRun& run = **read;
        // Classes keep their places in a scheme, whatever they are called later.
        if (run.classes.size() > m_classes) {
            view.trouble = folder.string() + " knows more classes than the label scheme of the project.";
            return view;
        }
        std::vector<int64_t> labelled = run.trainingCounts;
        labelled.resize(m_classes, 0);
        std::vector<BiasRound> judged;
        for (const RecordedRound& round : run.rounds) {
            view.rounds.push_back(viewOf(round, judged.emplace_back()));
            view.rounds.back().alarms = biasAlarms(judged, labelled, m_request.limits);
        }
        return view;
    }

private:
    Result<std::shared_ptr<const RecordedRun>> recordOf(const fs::path& folder) const
    {
        const fs::path file = folder / kRoundsFile;
        if (fs::exists(file))
            return m_records->read(file);
        return Error{ErrorCode::NotFound,
            fs::exists(folder)
                ? "This adaptation has left no record of its rounds, as those of earlier versions of the "
                  "program; adapt again to see them."
                : "The adapted system " + folder.string()
                    + " is not on this computer; pull the project, or take its folder from a copy."};
    }

    /// `judged`: the same round for the alarms.
    CmplRoundView viewOf(const RecordedRound& recorded, BiasRound& judged) const
    {
        CmplRoundView view;
        view.record = recorded;
        view.classes.resize(m_classes);
        for (size_t i = 0; i < recorded.named.size(); ++i)
            view.classes[i].named = recorded.named[i];
        std::vector<AuditedItem> items;
        for (const RecordedLabel& label : view.record.labels) {
            const auto video = m_videos.find(label.video);
            const int64_t videoId = video == m_videos.end() ? 0 : video->second;
            const Annotation* span = videoId ? m_spans.find(videoId, label) : nullptr;
            view.videos.push_back(videoId);
            view.annotations.push_back(span ? span->id : 0);
            if (label.decided) {
                ++view.decidedBefore;
                continue;
            }
            RoundClass& own = view.classes[static_cast<size_t>(label.classId)];
            ++view.accepted;
            ++own.accepted;
            const Verdict verdict = span ? verdictOf(*span, label.classId) : Verdict::Unclear;
            count(own.people, span, verdict);
            count(view.people, span, verdict);
            if (!span || span->predictionId <= 0)
                continue;
            items.push_back({auditPlace(span->predictionId), verdict});
            if (items.back().place >= m_request.auditShare) {
                judged.shown += verdict == Verdict::Right || verdict == Verdict::Wrong ? 1 : 0;
                judged.shownRight += verdict == Verdict::Right ? 1 : 0;
            }
        }
        const StopEstimate estimate = stopEstimate(items, m_request.auditShare);
        view.precision = estimate.precision;
        view.audits = estimate.audits;
        judged.pool = recorded.pool;
        judged.audits = view.precision;
        for (const RoundClass& one : view.classes) {
            judged.named.push_back(one.named);
            judged.accepted.push_back(one.accepted);
            judged.decided.push_back(one.people.decided());
            judged.wrong.push_back(one.people.wrong());
        }
        return view;
    }

    const CmplRoundsRequest& m_request;
    std::shared_ptr<RoundRecords> m_records;
    size_t m_classes; ///< of the scheme
    std::map<std::string, int64_t> m_videos; ///< by name
    std::vector<Annotation> m_annotations; ///< of the working layers
    SpanFinder m_spans; ///< points into them
};

} // namespace

Result<std::shared_ptr<const RecordedRun>> RoundRecords::read(const fs::path& file)
{
    std::error_code error;
    const fs::file_time_type time = fs::last_write_time(file, error);
    const uintmax_t bytes = error ? 0 : fs::file_size(file, error);
    if (!error) {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_known.find(file);
        if (known != m_known.end() && known->second.time == time && known->second.bytes == bytes)
            return known->second.run;
    }
    const Result<std::string> text = readFile(file);
    if (!text)
        return text.error();
    Result<RecordedRun> parsed = recordedRunFromJson(*text, file.string());
    if (!parsed)
        return parsed.error();
    auto run = std::make_shared<const RecordedRun>(std::move(*parsed));
    if (!error) {
        const std::scoped_lock lock(m_mutex);
        m_known[file] = {time, bytes, run};
    }
    return run;
}

CmplRoundsRequest makeCmplRoundsRequest(const Document& document, double auditShare, const BiasLimits& limits,
    std::shared_ptr<RoundRecords> records)
{
    return {document.freeze(), auditShare, limits, std::move(records)};
}

Result<CmplRounds> readCmplRounds(const CmplRoundsRequest& request, ProgressSink& progress)
{
    std::vector<const ModelEntry*> systems;
    for (const ModelEntry& model : request.project.models())
        if (!protocolOf(model).empty())
            systems.push_back(&model);
    CmplRounds rounds;
    if (systems.empty())
        return rounds; // nothing to look up
    std::ranges::sort(systems, {}, &ModelEntry::id);
    const RunReader reader(request);
    for (const ModelEntry* system : systems) {
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        rounds.runs.push_back(reader.read(*system));
    }
    return rounds;
}

fs::path biasLimitsFile() { return dataFolder() / "models" / "recipes" / "bias_alarm.json"; }

Result<BiasLimits> readBiasLimits(const fs::path& file)
{
    BiasLimits limits;
    const Status status = RecipeFile(file).read([&](RecipeFile& in) {
        in.get("least", "clips", limits.leastClips);
        in.get("least", "decided", limits.leastDecided);
        in.get("narrowing", "share", limits.narrowShare);
        in.get("narrowing", "fall", limits.narrowFall);
        in.get("acceptance", "rise", limits.acceptanceRise);
        in.get("acceptance", "headFactor", limits.headFactor);
        in.get("people", "shownGap", limits.shownGap);
        in.get("people", "growth", limits.growth);
        in.get("people", "rejectedShare", limits.rejectedShare);
    });
    return status ? Result<BiasLimits>(limits) : Result<BiasLimits>(status.error());
}

RoundDiff diffOf(const CmplRoundView& before, const CmplRoundView& after)
{
    const auto spansOf = [](const CmplRoundView& round, std::vector<int>& places) {
        std::vector<RoundSpan> spans;
        for (size_t i = 0; i < round.record.labels.size(); ++i) {
            const RecordedLabel& label = round.record.labels[i];
            if (round.videos[i] == 0)
                continue;
            spans.push_back({round.videos[i], label.person, label.span, label.classId});
            places.push_back(static_cast<int>(i));
        }
        return spans;
    };
    std::vector<int> placesBefore;
    std::vector<int> placesAfter;
    const std::vector<RoundSpan> first = spansOf(before, placesBefore);
    const std::vector<RoundSpan> second = spansOf(after, placesAfter);
    RoundDiff diff = diffRounds(first, second);
    for (SpanChange& change : diff.changes) {
        change.before = change.before < 0 ? -1 : placesBefore[static_cast<size_t>(change.before)];
        change.after = change.after < 0 ? -1 : placesAfter[static_cast<size_t>(change.after)];
    }
    return diff;
}

} // namespace telltale

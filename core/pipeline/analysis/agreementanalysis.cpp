// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/agreementanalysis.h"
#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace telltale {
namespace {

bool isDecided(const Annotation& span)
{
    return span.state == SpanState::Accepted || span.state == SpanState::Corrected;
}

bool isOpen(const Annotation& span) { return !isDecided(span) && span.state != SpanState::Rejected; }

double msPerFrame(const VideoEntry& video)
{
    constexpr double kNominal = 40;
    if (video.frameCount > 0 && video.durationUs > 0)
        return static_cast<double>(video.durationUs) / 1000 / static_cast<double>(video.frameCount);
    return video.fps > 0 ? 1000 / video.fps : kNominal;
}

/// What one coder has in one video, of all persons.
struct VideoCoding {
    std::vector<const Annotation*> decided;
    std::vector<std::pair<int, FrameSpan>> shown; ///< by person
    std::vector<std::pair<int, FrameSpan>> withheld;
    std::vector<FrameSpan> reviewed;
    bool finished = false;

    bool coded() const { return !decided.empty() || !reviewed.empty() || finished; }
};

using Codings = std::map<std::string, VideoCoding>; ///< by layer

class Collector {
public:
    Collector(const FrozenProject& project, const AgreementRequest& request)
        : m_project(project)
        , m_request(request)
        , m_spans(project.layeredAnnotations())
    {
        m_analysis.request = request;
        m_analysis.unnamed = project.scheme().classCount();
        m_analysis.set.labels = m_analysis.unnamed + 1;
    }

    bool collect(ProgressSink& progress)
    {
        readRows();
        if (!readWithheld(progress) || (m_request.model && !readModel(progress)))
            return false;
        findCoders();
        makeUnits();
        m_analysis.gap = findGap();
        return true;
    }
    AgreementAnalysis take() { return std::move(m_analysis); }

private:
    void readRows()
    {
        for (const Annotation& one : m_spans) {
            VideoCoding& coding = m_videos[one.videoId][one.layer];
            if (isDecided(one))
                coding.decided.push_back(&one);
            else if (isOpen(one))
                ++m_open[one.layer];
            if (one.predictionId != 0)
                coding.shown.emplace_back(one.person, one.span);
        }
        for (const ReviewedRange& one : m_project.reviewed())
            m_videos[one.videoId][one.layer].reviewed.push_back(one.span);
        for (const Assignment& one : m_project.assignments())
            if (one.finished)
                m_videos[one.videoId][one.annotator].finished = true;
    }
    bool readWithheld(ProgressSink& progress)
    {
        const auto withholdings = m_project.withholdings();
        if (withholdings.empty())
            return true;
        PredictionReader reader(m_project);
        for (const PredictionRun& run : m_project.runs())
            for (int64_t id = run.firstPrediction; id < run.firstPrediction + run.predictions; ++id) {
                if (progress.cancelled())
                    return false;
                for (const Withholding& one : withholdings) {
                    if (one.videoId != run.videoId || !isWithheld(id, one.percent))
                        continue;
                    if (const auto prediction = reader.prediction(id))
                        m_videos[run.videoId][one.annotator].withheld.emplace_back(
                            prediction->person, prediction->span);
                }
            }
        return true;
    }
    bool readModel(ProgressSink& progress)
    {
        std::map<int64_t, const PredictionRun*> newest;
        for (const PredictionRun& run : m_project.runs())
            newest[run.videoId] = &run;
        PredictionReader reader(m_project);
        for (const auto& [video, run] : newest) {
            m_modelVideos.insert(video);
            for (int64_t id = run->firstPrediction; id < run->firstPrediction + run->predictions; ++id) {
                if (progress.cancelled())
                    return false;
                const auto prediction = reader.prediction(id);
                if (!prediction)
                    continue;
                Annotation& span = m_predicted[video].emplace_back();
                span.person = prediction->person;
                span.span = prediction->span;
                span.predictionId = id;
                const auto best = std::ranges::max_element(prediction->fused);
                if (best != prediction->fused.end())
                    span.classId = static_cast<int>(best - prediction->fused.begin());
            }
        }
        return true;
    }

    void findCoders()
    {
        std::set<std::string> layers;
        for (const auto& [video, codings] : m_videos)
            for (const auto& [layer, coding] : codings)
                if (coding.coded())
                    layers.insert(layer);
        using Kind = AgreementCoder::Kind;
        const auto independent = std::ranges::count_if(
            layers, [](const std::string& layer) { return !layer.empty() && layer != kAdjudicatedLayer; });
        for (const std::string& layer : layers) {
            // What everybody edits together says nothing where people have coded independently.
            if (layer == kAdjudicatedLayer || (layer.empty() && independent > 1))
                continue;
            addCoder(layer.empty() ? Kind::Shared : Kind::Coder, layer);
        }
        if (m_request.settled && layers.contains(std::string(kAdjudicatedLayer)))
            addCoder(Kind::Settled, std::string(kAdjudicatedLayer));
        if (!m_modelVideos.empty())
            addModel();
        m_analysis.set.coders = static_cast<int>(m_analysis.coders.size());
    }
    void addCoder(AgreementCoder::Kind kind, const std::string& layer)
    {
        AgreementCoder coder{kind, layer, 0, 0, 0};
        if (const auto open = m_open.find(layer); open != m_open.end())
            coder.open = open->second;
        for (const auto& [video, codings] : m_videos)
            if (const auto own = codings.find(layer); own != codings.end() && own->second.coded()) {
                ++coder.videos;
                coder.spans += std::ssize(own->second.decided);
            }
        m_analysis.coders.push_back(std::move(coder));
    }
    void addModel()
    {
        AgreementCoder coder{AgreementCoder::Kind::Model, {}, std::ssize(m_modelVideos), 0, 0};
        for (const auto& [video, spans] : m_predicted)
            coder.spans += std::ssize(spans);
        m_analysis.coders.push_back(std::move(coder));
    }

    int labelOf(const Annotation& span) const
    {
        return span.classId >= 0 && span.classId < m_analysis.unnamed ? span.classId : m_analysis.unnamed;
    }
    /// Nothing if the coder has not coded the video.
    std::optional<Coding> codingOf(int64_t video, int person, const AgreementCoder& coder) const
    {
        Coding coding;
        if (coder.kind == AgreementCoder::Kind::Model) {
            if (!m_modelVideos.contains(video))
                return std::nullopt;
            if (const auto spans = m_predicted.find(video); spans != m_predicted.end())
                for (const Annotation& one : spans->second)
                    if (one.person == person)
                        coding.spans.push_back({one.span, labelOf(one), 0});
            return coding;
        }
        const auto codings = m_videos.find(video);
        const auto own
            = codings != m_videos.end() ? codings->second.find(coder.layer) : Codings::const_iterator();
        if (codings == m_videos.end() || own == codings->second.end() || !own->second.coded())
            return std::nullopt;
        for (const Annotation* one : own->second.decided)
            if (one->person == person)
                coding.spans.push_back({one->span, labelOf(*one), one->id});
        if (!own->second.reviewed.empty())
            coding.looked = own->second.reviewed;
        for (const auto& [who, span] : own->second.shown)
            if (who == person)
                coding.shown.push_back(span);
        for (const auto& [who, span] : own->second.withheld)
            if (who == person)
                coding.withheld.push_back(span);
        return coding;
    }
    std::set<int> personsIn(int64_t video) const
    {
        std::set<int> persons;
        if (const auto codings = m_videos.find(video); codings != m_videos.end())
            for (const auto& [layer, coding] : codings->second)
                for (const Annotation* one : coding.decided)
                    persons.insert(one->person);
        if (const auto spans = m_predicted.find(video); spans != m_predicted.end())
            for (const Annotation& one : spans->second)
                persons.insert(one.person);
        if (persons.empty())
            persons.insert(0);
        return persons;
    }
    int64_t framesOf(const VideoEntry& video, const CodedUnit& unit) const
    {
        if (video.frameCount > 0)
            return video.frameCount;
        int64_t last = 0; // of a video that is not there
        for (const auto& coding : unit.codings)
            if (coding)
                for (const CodedSpan& span : coding->spans)
                    last = std::max(last, span.span.last);
        return last;
    }
    void makeUnits()
    {
        std::vector<const VideoEntry*> videos; ///< of the units
        for (const VideoEntry& video : m_project.videos())
            for (const int person : personsIn(video.id)) {
                CodedUnit unit;
                unit.msPerFrame = msPerFrame(video);
                for (const AgreementCoder& coder : m_analysis.coders)
                    unit.codings.push_back(codingOf(video.id, person, coder));
                if (std::ranges::count_if(unit.codings, [](const auto& one) { return one.has_value(); }) < 2)
                    continue;
                unit.frames = framesOf(video, unit);
                for (const auto& coding : unit.codings)
                    m_analysis.hints = m_analysis.hints
                        || (coding && !(coding->shown.empty() && coding->withheld.empty()));
                m_analysis.set.units.push_back(std::move(unit));
                m_analysis.units.push_back({video.id, person});
                videos.push_back(&video);
            }
        group(videos);
    }
    /// By subject where there are several, else by video.
    void group(const std::vector<const VideoEntry*>& videos)
    {
        std::map<std::string, int> subjects;
        std::map<std::string, int> names;
        for (const VideoEntry* video : videos) {
            subjects.emplace(video->subject, static_cast<int>(subjects.size()));
            names.emplace(video->name, static_cast<int>(names.size()));
        }
        m_analysis.bySubject = subjects.size() > 1;
        m_analysis.set.groups = static_cast<int>(m_analysis.bySubject ? subjects.size() : names.size());
        for (size_t i = 0; i < videos.size(); ++i)
            m_analysis.set.units[i].group
                = m_analysis.bySubject ? subjects.at(videos[i]->subject) : names.at(videos[i]->name);
    }
    AgreementGap findGap() const
    {
        if (m_project.videos().empty())
            return AgreementGap::NoVideos;
        if (m_analysis.coders.size() < 2)
            return !m_project.seesAll()     ? AgreementGap::LayersHidden
                : m_analysis.coders.empty() ? AgreementGap::NoSpans
                                            : AgreementGap::OneCoder;
        return m_analysis.units.empty() ? AgreementGap::NothingShared : AgreementGap::None;
    }

    const FrozenProject& m_project;
    const AgreementRequest& m_request;
    std::vector<Annotation> m_spans;
    std::map<int64_t, Codings> m_videos;
    std::map<std::string, int64_t> m_open; ///< by layer
    std::map<int64_t, std::vector<Annotation>> m_predicted; ///< by video
    std::set<int64_t> m_modelVideos;
    AgreementAnalysis m_analysis;
};

} // namespace

std::vector<int> AgreementAnalysis::independent() const
{
    std::vector<int> people;
    for (size_t i = 0; i < coders.size(); ++i)
        if (coders[i].kind == AgreementCoder::Kind::Coder || coders[i].kind == AgreementCoder::Kind::Shared)
            people.push_back(static_cast<int>(i));
    if (people.size() < 2) {
        people.resize(coders.size());
        std::iota(people.begin(), people.end(), 0);
    }
    return people;
}

Result<AgreementAnalysis> analyzeAgreement(
    const FrozenProject& project, const AgreementRequest& request, ProgressSink* sink)
{
    ProgressSink nobody;
    ProgressSink& progress = sink ? *sink : nobody;
    Collector collector(project, request);
    if (!collector.collect(progress))
        return Error{ErrorCode::Cancelled, "stopped"};
    AgreementAnalysis analysis = collector.take();
    if (analysis.gap != AgreementGap::None)
        return analysis;
    AgreementOptions options;
    options.pairOverlap = request.pairOverlap;
    options.bootstrap.resamples = request.resamples;
    options.group = analysis.independent();
    auto report = agreementOf(analysis.set, options, &progress);
    if (!report)
        return report.error();
    analysis.report = std::move(*report);
    return analysis;
}

} // namespace telltale

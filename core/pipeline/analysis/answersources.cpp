// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/answersources.h"
#include "pipeline/cmplrounds.h"
#include "pipeline/headmodels.h"
#include "pipeline/models.h"
#include "pipeline/projectsystem.h"
#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_map>

namespace telltale {
namespace {

constexpr double kSameSpan = 0.5; ///< tIoU from which an answer speaks of a person's span (ours)
constexpr const char* kHeadsKind = "heads"; ///< ModelEntry::kind

/// A run that names spans which others have found.
bool onlyNames(const PredictionRun& run) { return run.model.starts_with(std::string(kTrack1Kind) + " "); }

/// Runs whose embeddings the interactive heads take: those of the networks that they stand on.
bool hasHeadEmbeddings(const PredictionRun& run) { return !run.model.starts_with("track"); }

using ReadRun = Result<std::shared_ptr<const RecordedRun>>;

ReadRun roundsOf(const FrozenProject& project, const ModelEntry& model, RoundRecords& records)
{
    return records.read(project.absolute(model.file) / kRoundsFile);
}

const ModelEntry* modelOf(const FrozenProject& project, int64_t id)
{
    const auto found = std::ranges::find(project.models(), id, &ModelEntry::id);
    return found == project.models().end() ? nullptr : &*found;
}

std::filesystem::path demoHeads(const LabelScheme& scheme)
{
    return demoWeightsFolder() / ("heads_" + scheme.name + ".safetensors");
}

Result<HeadSet> headsOf(const FrozenProject& project, int64_t id)
{
    const ModelEntry* model = id == 0 ? nullptr : modelOf(project, id);
    if (id != 0 && !model)
        return Error{ErrorCode::NotFound, "These heads are not in the project any more; choose others."};
    const auto file = model ? project.absolute(model->file) : demoHeads(project.scheme());
    Result<HeadSet> heads = readHeads(file);
    if (!heads)
        return heads;
    if (heads->classes > project.scheme().classCount())
        return Error{ErrorCode::Conflict,
            file.string() + " knows more classes than the label scheme; retrain to make heads for it."};
    return withClasses(std::move(*heads), project.scheme().classCount());
}

void addHeads(const FrozenProject& project, std::vector<OfferedAnswer>& offered)
{
    const ModelEntry* active = activeHeads(project.models());
    std::vector<OfferedAnswer> heads;
    std::error_code ignored;
    if (std::filesystem::exists(demoHeads(project.scheme()), ignored))
        heads.push_back({{AnswerSource::Kind::Heads, 0, 0, {}, {}}, {}, active == nullptr, false});
    for (const ModelEntry& model : project.models())
        if (model.kind == kHeadsKind)
            heads.push_back({{AnswerSource::Kind::Heads, model.id, 0, {}, {}}, model.time, &model == active,
                model.id > (active ? active->id : 0)});
    // What is in use first, then the newest.
    std::ranges::stable_sort(heads, [](const OfferedAnswer& a, const OfferedAnswer& b) {
        return a.inUse != b.inUse ? a.inUse : a.source.model > b.source.model;
    });
    offered.insert(offered.end(), heads.begin(), heads.end());
}

void addRuns(const FrozenProject& project, bool spans, std::vector<OfferedAnswer>& offered)
{
    std::map<std::string, std::string> times; // by model, of the newest
    for (const PredictionRun& run : project.runs())
        if (!run.model.empty() && run.predictions > 0 && !(spans && onlyNames(run)))
            times[run.model] = std::max(times[run.model], run.time);
    std::vector<std::pair<std::string, std::string>> newest(times.begin(), times.end());
    std::ranges::stable_sort(newest, [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [model, time] : newest)
        offered.push_back({{AnswerSource::Kind::Run, 0, 0, model, {}}, time, false, false});
}

void addRounds(const FrozenProject& project, RoundRecords& records, std::vector<OfferedAnswer>& offered)
{
    for (const ModelEntry& model : project.models()) {
        if (model.kind != kTrack1Kind)
            continue;
        const ReadRun run = roundsOf(project, model, records);
        for (size_t i = 0; run && i < (*run)->rounds.size(); ++i)
            offered.push_back({{AnswerSource::Kind::Round, model.id, (*run)->rounds[i].round, {}, {}},
                model.time, model.active, false});
    }
}

/// Of the newest prediction of each video: what other modalities voted need not be looked for.
std::set<std::string> modalitiesOf(const FrozenProject& project)
{
    PredictionReader reader(project);
    std::map<int64_t, const PredictionRun*> newest;
    for (const PredictionRun& run : project.runs())
        if (run.predictions > 0)
            newest[run.videoId] = &run;
    std::set<std::string> modalities;
    for (const auto& [video, run] : newest)
        if (const auto prediction = reader.prediction(run->firstPrediction))
            for (const auto& [modality, scores] : prediction->modalities)
                if (!scores.probabilities.empty())
                    modalities.insert(modality);
    return modalities;
}

/// What a prediction says, asked in one way.
class Voice {
public:
    static Result<Voice> open(const FrozenProject& project, const AnswerSource& source)
    {
        Voice voice;
        voice.m_classes = project.scheme().classCount();
        voice.m_modality = source.modality;
        if (source.kind != AnswerSource::Kind::Heads)
            return voice;
        Result<HeadSet> heads = headsOf(project, source.model);
        if (!heads)
            return heads.error();
        voice.m_heads = std::move(*heads);
        return voice;
    }

    Answer answer(const Prediction& prediction, const PredictionRun& run) const
    {
        const std::vector<float> scores = scoresOf(prediction, run);
        Answer answer{prediction.id, prediction.span, prediction.person, topClass(scores), 0,
            !onlyNames(run) || prediction.detectorScore > 0};
        if (answer.classId >= m_classes)
            answer.classId = -1;
        if (answer.classId >= 0)
            answer.score = static_cast<double>(scores[static_cast<size_t>(answer.classId)]);
        if (prediction.detectorScore > 0)
            answer.score = prediction.detectorScore;
        return answer;
    }

private:
    std::vector<float> scoresOf(const Prediction& prediction, const PredictionRun& run) const
    {
        if (m_heads) {
            if (!hasHeadEmbeddings(run))
                return {};
            std::map<std::string, std::vector<float>> embeddings;
            for (const auto& [modality, scores] : prediction.modalities)
                if (m_modality.empty() || modality == m_modality)
                    embeddings[modality] = scores.embedding;
            return voteOf(*m_heads, embeddings).fused;
        }
        if (m_modality.empty())
            return prediction.fused;
        const auto vote = prediction.modalities.find(m_modality);
        return vote == prediction.modalities.end() ? std::vector<float>() : vote->second.probabilities;
    }

    int m_classes = 0;
    std::string m_modality;
    std::optional<HeadSet> m_heads;
};

} // namespace

struct AnswerMemory::Kept {
    /// What answers depend on beside the prediction.
    using Key = std::tuple<bool, int64_t, std::string, int>; ///< heads?, which, modality, classes
    RoundRecords records;
    std::mutex mutex; ///< of what follows
    std::map<Key, std::unordered_map<int64_t, Answer>> answers; ///< by prediction
};

AnswerMemory::AnswerMemory() : m_kept(std::make_unique<Kept>()) { }
AnswerMemory::~AnswerMemory() = default;

std::vector<OfferedAnswer> answerSources(const FrozenProject& project, bool spans, AnswerMemory& memory)
{
    std::vector<OfferedAnswer> offered{{{}, {}, false, false}};
    for (const std::string& modality : modalitiesOf(project))
        offered.push_back({{AnswerSource::Kind::Recorded, 0, 0, {}, modality}, {}, false, false});
    addHeads(project, offered);
    addRuns(project, spans, offered);
    if (!spans)
        addRounds(project, memory.m_kept->records, offered);
    return offered;
}

struct AnswerReader::Private {
    Private(FrozenProject of, AnswerSource as, Voice with, AnswerMemory::Kept& kept)
        : project(std::move(of))
        , source(std::move(as))
        , voice(std::move(with))
        , predictions(project)
        , records(kept.records)
        , lock(kept.mutex)
        , known(kept.answers[{source.kind == AnswerSource::Kind::Heads, source.model, source.modality,
              project.scheme().classCount()}])
    {
        for (const PredictionRun& run : project.runs())
            runs[run.videoId].push_back(&run);
    }

    /// Null: its numbers are not here.
    const Answer* ofPrediction(int64_t id)
    {
        if (const auto found = known.find(id); found != known.end())
            return &found->second;
        const PredictionRun* run = predictions.runOf(id);
        const auto prediction = run ? predictions.prediction(id) : nullptr;
        return prediction ? &known.emplace(id, voice.answer(*prediction, *run)).first->second : nullptr;
    }

    std::vector<Answer> allOf(const PredictionRun& run)
    {
        std::vector<Answer> all;
        for (int64_t i = 0; i < run.predictions; ++i)
            if (const Answer* answer = ofPrediction(run.firstPrediction + i))
                all.push_back(*answer);
        return all;
    }

    /// The run that speaks of a video: of the model that is asked for, else the newest that found anything
    /// (or looked and found nothing).
    const PredictionRun* runOver(int64_t videoId)
    {
        const auto of = runs.find(videoId);
        if (of == runs.end())
            return nullptr;
        for (auto run = of->second.rbegin(); run != of->second.rend(); ++run) {
            if (source.kind == AnswerSource::Kind::Run ? (*run)->model == source.run : finds(**run))
                return *run;
        }
        return nullptr;
    }

    bool finds(const PredictionRun& run)
    {
        if (!onlyNames(run))
            return true;
        return std::ranges::any_of(allOf(run), [](const Answer& answer) { return answer.detected; });
    }

    const std::vector<Answer>* answersIn(int64_t videoId)
    {
        const auto [place, fresh] = placed.try_emplace(videoId);
        if (!fresh || source.kind == AnswerSource::Kind::Round)
            return place->second ? &*place->second : nullptr;
        if (const PredictionRun* run = runOver(videoId)) {
            place->second = allOf(*run);
            sort(*place->second);
        }
        return place->second ? &*place->second : nullptr;
    }

    static void sort(std::vector<Answer>& answers)
    {
        std::ranges::stable_sort(answers, {}, [](const Answer& answer) { return answer.span.first; });
    }

    Status readRound()
    {
        const ModelEntry* model = modelOf(project, source.model);
        if (!model)
            return Error{ErrorCode::NotFound, "This adaptation is not in the project any more."};
        const ReadRun run = roundsOf(project, *model, records);
        if (!run)
            return run.error();
        std::map<std::string, int64_t> videos;
        for (const VideoEntry& video : project.videos())
            videos[video.name] = video.id;
        const auto round = std::ranges::find((*run)->rounds, source.round, &RecordedRound::round);
        if (round == (*run)->rounds.end())
            return Error{ErrorCode::NotFound, "This adaptation has no such round."};
        for (const RecordedLabel& label : round->labels) {
            const auto video = videos.find(label.video);
            // What a person had decided before is the person's answer.
            if (video == videos.end() || label.decided || label.classId >= project.scheme().classCount())
                continue;
            auto& answers = placed[video->second];
            if (!answers)
                answers.emplace();
            answers->push_back({0, label.span, label.person, label.classId, label.probability, true});
        }
        for (auto& [video, answers] : placed)
            sort(*answers);
        return {};
    }

    FrozenProject project;
    AnswerSource source;
    Voice voice;
    PredictionReader predictions;
    RoundRecords& records;
    std::unique_lock<std::mutex> lock;
    std::unordered_map<int64_t, Answer>& known;
    std::map<int64_t, std::vector<const PredictionRun*>> runs; ///< by video, oldest first
    std::map<int64_t, std::optional<std::vector<Answer>>> placed; ///< by video
};

namespace {

/// Of all that begin early enough to overlap the span by half (those are at most twice as long), the one of
/// the person that overlaps it most, among those that count; null if none does by half.
template <typename Item, typename Counts>
const Item* nearest(std::span<const Item> items, const FrameSpan& span, int person, const Counts& counts)
{
    const int64_t earliest = span.first - 2 * span.length();
    auto item = std::ranges::lower_bound(items, earliest, {}, [](const Item& one) { return one.span.first; });
    const Item* best = nullptr;
    double overlap = kSameSpan;
    for (; item != items.end() && item->span.first < span.last; ++item) {
        const double iou = temporalIou(span, item->span);
        if (item->person != person || !counts(*item) || iou < overlap)
            continue;
        best = &*item;
        overlap = iou;
    }
    return best;
}

} // namespace

AnswerReader::AnswerReader(std::unique_ptr<Private> p) : d(std::move(p)) { }
AnswerReader::~AnswerReader() = default;

Result<std::unique_ptr<AnswerReader>> AnswerReader::open(
    const FrozenProject& project, const AnswerSource& source, AnswerMemory& memory)
{
    Result<Voice> voice = Voice::open(project, source);
    if (!voice)
        return voice.error();
    auto p = std::make_unique<Private>(project, source, std::move(*voice), *memory.m_kept);
    if (source.kind == AnswerSource::Kind::Round)
        if (Status status = p->readRound(); !status)
            return status.error();
    return std::unique_ptr<AnswerReader>(new AnswerReader(std::move(p)));
}

const Answer* AnswerReader::of(const Annotation& span, std::span<const Annotation> neighbours)
{
    if (d->source.kind == AnswerSource::Kind::Run || d->source.kind == AnswerSource::Kind::Round) {
        const std::vector<Answer>* answers = d->answersIn(span.videoId);
        return answers ? nearest<Answer>(*answers, span.span, span.person, [](const Answer&) { return true; })
                       : nullptr;
    }
    if (span.predictionId > 0)
        return d->ofPrediction(span.predictionId);
    const Annotation* other = nearest(
        neighbours, span.span, span.person, [](const Annotation& one) { return one.predictionId > 0; });
    return other ? d->ofPrediction(other->predictionId) : nullptr;
}

const std::vector<Answer>* AnswerReader::foundIn(int64_t videoId) { return d->answersIn(videoId); }

bool AnswerReader::trainedOnDecisions() const
{
    return d->source.kind == AnswerSource::Kind::Heads && d->source.model != 0;
}

} // namespace telltale

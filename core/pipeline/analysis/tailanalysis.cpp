// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/analysis/tailanalysis.h"
#include "eval/metrics.h"
#include "learn/track1/system.h"
#include "pipeline/analysis/tailscores.h"
#include "pipeline/headmodels.h"
#include "pipeline/projectdetector.h"
#include "pipeline/projectsystem.h"
#include "pipeline/retrainrecipe.h"
#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

const std::vector<int> kApart{0, 1, 2}; ///< train, validation, test

bool isDecided(const Annotation& span)
{
    return span.state == SpanState::Accepted || span.state == SpanState::Corrected;
}

/// "S1" and " s1" are one subject to a person who types names.
std::string foldedName(const std::string& name)
{
    std::string folded;
    for (const char letter : name)
        if (!std::isspace(static_cast<unsigned char>(letter)))
            folded += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return folded;
}

/// Who is seen in which span.
class Filmed {
public:
    explicit Filmed(const FrozenProject& project)
    {
        for (const Subject& subject : project.subjects())
            m_subjects.emplace(subject.id, &subject);
        for (const Person& person : project.persons())
            if (person.subjectId > 0)
                m_persons[{person.videoId, person.number}] = person.subjectId;
        for (const VideoEntry& video : project.videos())
            m_videos[video.id] = video.subjectId;
    }
    /// Number of the subject in names(); a video without one is a subject of its own, of no name.
    int of(int64_t videoId, int person)
    {
        const auto own = m_persons.find({videoId, person});
        const auto video = m_videos.find(videoId);
        const int64_t id = own != m_persons.end() ? own->second : video != m_videos.end() ? video->second : 0;
        const auto [place, fresh] = m_places.try_emplace(id, static_cast<int>(m_names.size()));
        if (fresh) {
            const auto subject = m_subjects.find(id);
            m_names.push_back(subject == m_subjects.end() ? std::string() : subject->second->name);
            m_roles.push_back(subject == m_subjects.end() ? SubjectRole::Unlabelled : subject->second->role);
        }
        return place->second;
    }
    const std::vector<std::string>& names() const { return m_names; }
    const std::vector<SubjectRole>& roles() const { return m_roles; }
    /// Persons with a subject of their own in a video.
    std::vector<int> numbersIn(int64_t videoId) const
    {
        std::vector<int> numbers;
        for (auto at = m_persons.lower_bound({videoId, -1}); at != m_persons.end(); ++at) {
            if (at->first.first != videoId)
                break;
            numbers.push_back(at->first.second);
        }
        return numbers;
    }

private:
    std::map<int64_t, const Subject*> m_subjects;
    std::map<std::pair<int64_t, int>, int64_t> m_persons;
    std::unordered_map<int64_t, int64_t> m_videos;
    std::unordered_map<int64_t, int> m_places;
    std::vector<std::string> m_names;
    std::vector<SubjectRole> m_roles;
};

std::vector<TailLeak> leaksOf(const FrozenProject& project, Filmed& filmed)
{
    std::vector<SplitMember> members;
    std::map<std::string, int> subjects; // names that only differ in case and blanks are one
    std::map<std::string, int> files;
    std::vector<std::string> subjectNames;
    std::vector<std::string> fileNames;
    std::vector<const VideoEntry*> videos; // by member
    const auto numberOf = [](std::map<std::string, int>& known, std::vector<std::string>& names,
                              const std::string& key, const std::string& name) {
        const auto [place, fresh] = known.try_emplace(key, static_cast<int>(names.size()));
        if (fresh)
            names.push_back(name);
        return place->second;
    };
    for (const VideoEntry& video : project.videos()) {
        const std::string key = video.fingerprint.empty() ? video.path : video.fingerprint;
        const int file = numberOf(files, fileNames, key, video.name);
        std::set<int> seen{filmed.of(video.id, -1)};
        for (const int number : filmed.numbersIn(video.id))
            seen.insert(filmed.of(video.id, number));
        for (const int subject : seen) {
            const auto place = static_cast<size_t>(subject);
            const std::string& name = filmed.names()[place];
            if (name.empty())
                continue;
            members.push_back({numberOf(subjects, subjectNames, foldedName(name), name),
                static_cast<int>(filmed.roles()[place]), file});
            videos.push_back(&video);
        }
    }
    std::vector<TailLeak> leaks;
    for (const SplitLeak& leak : splitLeaks(members, kApart)) {
        TailLeak& one = leaks.emplace_back();
        one.file = leak.file;
        one.name = (leak.file ? fileNames : subjectNames)[static_cast<size_t>(leak.index)];
        for (const int split : leak.splits)
            one.splits.push_back(static_cast<SubjectRole>(split));
        for (size_t i = 0; i < members.size(); ++i)
            if ((leak.file ? members[i].file : members[i].subject) == leak.index
                && std::ranges::find(one.videos, videos[i]->name) == one.videos.end())
                one.videos.push_back(videos[i]->name);
    }
    return leaks;
}

/// By class of the project's scheme.
std::vector<int64_t> countsOf(const TailAnalysis& tail, int classes)
{
    std::vector<int64_t> counts(static_cast<size_t>(classes));
    for (const TailClass& one : tail.classes)
        counts[static_cast<size_t>(one.classId)] = one.decided;
    return counts;
}

void weigh(ClassWeights& weights)
{
    using Rule = ClassWeights::Rule;
    weights.weights = weights.rule == Rule::SquareRoot
        ? squareRootWeights(weights.counts, weights.smoothing, weights.cap)
        : weights.rule == Rule::EffectiveNumber ? effectiveNumberWeights(weights.counts, weights.beta)
                                                : std::vector<double>(weights.counts.size(), 1.0);
}

/// What the heads in use learned from, or would now.
ClassWeights headWeights(const FrozenProject& project, const TailAnalysis& tail, const RetrainRecipe& recipe)
{
    ClassWeights weights;
    weights.name = recipe.name;
    weights.rule = recipe.training.effectiveNumber ? ClassWeights::Rule::EffectiveNumber
                                                   : ClassWeights::Rule::SquareRoot;
    weights.smoothing = recipe.training.weightSmoothing;
    weights.cap = recipe.training.weightCap;
    weights.beta = recipe.training.beta;
    const auto classes = static_cast<size_t>(project.scheme().classCount());
    if (const ModelEntry* heads = activeHeads(project.models())) {
        const auto metrics = nlohmann::json::parse(heads->metrics, nullptr, false);
        if (metrics.is_object() && metrics.contains("class_training"))
            try {
                weights.counts = metrics["class_training"].get<std::vector<int64_t>>();
                weights.ofTraining = true;
            } catch (const nlohmann::json::exception&) {
                weights.counts.clear();
            }
    }
    if (!weights.ofTraining)
        weights.counts = countsOf(tail, project.scheme().classCount());
    weights.counts.resize(classes);
    weigh(weights);
    return weights;
}

/// The weights of the first stream whose recipe has any; the streams of a recipe share them as a rule.
std::optional<ClassWeights> systemWeights(const FrozenProject& project, bool& adaptedOnTest)
{
    const auto& models = project.models();
    const auto entry = std::ranges::find_if(
        models, [](const ModelEntry& one) { return one.kind == kTrack1Kind && one.active; });
    if (entry == models.end())
        return {};
    const auto facts = readSystemFacts(project.absolute(entry->file));
    if (!facts || facts->recipe.streams.empty())
        return {};
    adaptedOnTest = facts->adapted == AdaptationProtocol::Transductive;
    const TrainRecipe* training = &facts->recipe.streams.front().training;
    for (const StreamPlan& stream : facts->recipe.streams)
        if (training->classWeights == "none")
            training = &stream.training;
    ClassWeights weights;
    weights.of = ClassWeights::Of::System;
    weights.name = facts->recipe.name;
    weights.rule = training->classWeights == "square-root" ? ClassWeights::Rule::SquareRoot
        : training->classWeights == "effective-number"     ? ClassWeights::Rule::EffectiveNumber
                                                           : ClassWeights::Rule::None;
    weights.smoothing = training->weightSmoothing;
    weights.cap = training->weightCap;
    weights.beta = training->weightBeta;
    weights.ofTraining = true;
    weights.counts = facts->trainingCounts;
    weigh(weights);
    // The system may know the classes in another order, or others.
    std::vector<int64_t> counts(static_cast<size_t>(project.scheme().classCount()));
    std::vector<double> values(counts.size());
    for (size_t i = 0; i < std::min(facts->classes.size(), weights.counts.size()); ++i)
        if (const int id = project.scheme().find(facts->classes[i]); id >= 0) {
            counts[static_cast<size_t>(id)] = weights.counts[i];
            values[static_cast<size_t>(id)] = weights.weights[i];
        }
    weights.counts = std::move(counts);
    weights.weights = std::move(values);
    return weights;
}

std::optional<AugmentationCourse> augmentationOf(const FrozenProject& project)
{
    const auto& models = project.models();
    const auto entry = std::ranges::find_if(
        models, [](const ModelEntry& one) { return one.kind == kTrack2Kind && one.active; });
    if (entry == models.end())
        return {};
    auto course = readAugmentationCourse(project.absolute(entry->file));
    return course ? std::optional(std::move(*course)) : std::nullopt;
}

TailAnalysis::Missing missingOf(const FrozenProject& project, const TailAnalysis& tail)
{
    using Missing = TailAnalysis::Missing;
    return project.videos().empty()         ? Missing::Videos
        : project.scheme().classes.empty()  ? Missing::Classes
        : tail.decided + tail.proposed == 0 ? Missing::Spans
        : tail.decided == 0                 ? Missing::Decisions
                                            : Missing::None;
}

void groupClasses(TailAnalysis& tail, const std::vector<int64_t>& counts)
{
    const LongTailGroups groups = longTailGroups(counts);
    const std::pair<const std::vector<int>*, TailPart> parts[]{
        {&groups.head, TailPart::Head}, {&groups.medium, TailPart::Medium}, {&groups.tail, TailPart::Tail}};
    for (const auto& [members, part] : parts)
        for (TailClass& one : tail.classes)
            if (std::ranges::binary_search(*members, one.classId))
                one.part = part;
}

void countSpans(TailAnalysis& tail, const FrozenProject& project, const std::vector<Annotation>& spans,
    Filmed& filmed, const TailOptions& options)
{
    const int classes = project.scheme().classCount();
    std::vector<LabelledExample> examples;
    std::vector<std::vector<int64_t>> proposed(
        static_cast<size_t>(classes), std::vector<int64_t>(static_cast<size_t>(kSplits)));
    for (const Annotation& span : spans) {
        const bool open = span.state == SpanState::Proposed;
        if (span.classId < 0 || span.classId >= classes || (!open && !isDecided(span)))
            continue;
        const int subject = filmed.of(span.videoId, span.person);
        const auto split = static_cast<int>(filmed.roles()[static_cast<size_t>(subject)]);
        if (open)
            ++proposed[static_cast<size_t>(span.classId)][static_cast<size_t>(split)];
        else
            examples.push_back({span.classId, subject, split});
        if (!open && split == static_cast<int>(SubjectRole::Test))
            ++tail.testSpansLearned;
    }
    std::vector<ClassCoverage> coverage = classCoverage(examples, classes, kSplits);
    std::vector<ClassCoverage> listed;
    for (int id = 0; id < classes; ++id) {
        const auto place = static_cast<size_t>(id);
        TailClass one;
        one.classId = id;
        one.decided = coverage[place].examples;
        for (const int64_t count : proposed[place])
            one.proposed += count;
        if (project.scheme().classes[place].retired && one.decided + one.proposed == 0)
            continue;
        one.coverage = std::move(coverage[place]);
        one.proposedBySplit = std::move(proposed[place]);
        tail.decided += one.decided;
        tail.proposed += one.proposed;
        listed.push_back(one.coverage);
        tail.classes.push_back(std::move(one));
    }
    tail.findings = coverageFindings(listed, options.rule);
    for (CoverageFinding& finding : tail.findings)
        finding.classId = tail.classes[static_cast<size_t>(finding.classId)].classId;
}

/// Everything but F1.
TailAnalysis counted(const FrozenProject& project, const TailOptions& options, Filmed& filmed,
    const std::vector<Annotation>& spans)
{
    TailAnalysis tail;
    tail.target = options.target;
    countSpans(tail, project, spans, filmed, options);
    const Result<RetrainRecipe> read = readRetrainRecipe();
    const RetrainRecipe recipe = read ? *read : RetrainRecipe();
    tail.beta = recipe.training.beta;
    groupClasses(tail, countsOf(tail, project.scheme().classCount()));
    std::vector<int64_t> counts;
    for (const TailClass& one : tail.classes)
        counts.push_back(one.decided);
    const std::vector<double> effective = effectiveNumbers(counts, tail.beta);
    for (size_t i = 0; i < tail.classes.size(); ++i)
        tail.classes[i].effective = effective[i];
    tail.zipf = zipfFit(counts);
    tail.imbalance = imbalanceRatio(counts);
    tail.gini = giniCoefficient(counts);
    tail.entropy = normalisedEntropy(counts);
    tail.leaks = leaksOf(project, filmed);
    if (!activeHeads(project.models()))
        tail.testSpansLearned = 0;
    tail.weights.push_back(headWeights(project, tail, recipe));
    if (auto system = systemWeights(project, tail.adaptedOnTest))
        tail.weights.push_back(std::move(*system));
    tail.augmentation = augmentationOf(project);
    tail.subjects = filmed.names();
    tail.roles = filmed.roles();
    tail.missing = missingOf(project, tail);
    return tail;
}

} // namespace

const TailClass* TailAnalysis::find(int classId) const
{
    const auto at = std::ranges::lower_bound(classes, classId, {}, &TailClass::classId);
    return at != classes.end() && at->classId == classId ? &*at : nullptr;
}

int64_t TailAnalysis::count(TailPart part) const
{
    return std::ranges::count(classes, part, &TailClass::part);
}

const TailScores* TailAnalysis::best() const
{
    const TailScores* found = nullptr;
    for (const TailScores& one : scores) {
        if (one.problem != TailScoreProblem::None)
            continue;
        if (one.curveProblem == CurveProblem::None)
            return &one;
        if (!found)
            found = &one;
    }
    return found;
}

std::optional<int> PredictedClasses::of(int64_t predictionId) const
{
    const std::scoped_lock lock(m_mutex);
    const auto known = m_classes.find(predictionId);
    return known == m_classes.end() ? std::nullopt : std::optional(known->second);
}

void PredictedClasses::put(int64_t predictionId, int classId)
{
    const std::scoped_lock lock(m_mutex);
    m_classes.insert_or_assign(predictionId, classId);
}

TailAnalysis tailCounts(const FrozenProject& project, const TailOptions& options)
{
    Filmed filmed(project);
    return counted(project, options, filmed, project.annotations());
}

Result<TailAnalysis> tailAnalysis(
    const FrozenProject& project, const TailOptions& options, ProgressSink& progress)
{
    Filmed filmed(project);
    TailAnalysis tail = counted(project, options, filmed, project.annotations());
    tail.scores.push_back(headScores(project, tail));
    auto decided = decidedScores(
        project, tail, options,
        [&filmed](const Annotation& span) { return filmed.of(span.videoId, span.person); }, progress);
    if (!decided)
        return decided.error();
    for (TailScores& one : *decided)
        tail.scores.push_back(std::move(one));
    for (TailScores& one : tail.scores) {
        fitCurve(one, tail, options);
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
    }
    tail.rounds = retrainRounds(project, options);
    tail.advice = adviceOf(tail);
    tail.complete = true;
    return tail;
}

} // namespace telltale

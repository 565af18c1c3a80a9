// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// What adapting a system to people whom nobody labelled has changed on spans that people decided since.
#include "base/files.h"
#include "pipeline/analysis/systemanswers.h"
#include "pipeline/clipsets/clipscores.h"
#include "pipeline/projectsystem.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

using Json = nlohmann::json;

const Error kCancelled = {ErrorCode::Cancelled, "cancelled"};
constexpr const char* kManifest = "track1.json"; ///< of a system's folder

std::string textAt(const Json& object, const char* key)
{
    if (!object.is_object() || !object.contains(key) || !object[key].is_string())
        return {};
    return object[key].get<std::string>();
}

double numberAt(const Json& object, const char* key)
{
    if (!object.is_object() || !object.contains(key) || !object[key].is_number())
        return std::numeric_limits<double>::quiet_NaN();
    return object[key].get<double>();
}

bool isAdapted(const ModelEntry& model)
{
    return model.kind == kTrack1Kind && !textAt(Json::parse(model.recipe, nullptr, false), "adapted").empty();
}

/// The entry of the system that made the run: both were entered from the same state of the project.
const ModelEntry* entryOf(const FrozenProject& project, const std::string& system)
{
    for (const PredictionRun& run : project.runs())
        if (run.model == system && run.basedOn > 0)
            for (const ModelEntry& model : project.models())
                if (isAdapted(model) && model.basedOn == run.basedOn)
                    return &model;
    return nullptr;
}

/// The system that was adapted: as the adapted one says, else the newest that was not adapted. Empty: it has
/// answered nothing.
std::string baseOf(
    const FrozenProject& project, const std::vector<AnsweringSystem>& systems, const std::string& adapted)
{
    std::string digest;
    if (const ModelEntry* entry = entryOf(project, adapted))
        if (const Result<std::string> text = readFile(project.absolute(entry->file) / kManifest))
            digest = textAt(Json::parse(*text, nullptr, false), "base");
    for (const AnsweringSystem& one : systems)
        if (one.kind == AnsweringSystem::Kind::Track1 && one.adapted.empty()
            && (digest.empty() || one.digest == digest))
            return one.name;
    return {};
}

bool answeredBy(const AnsweredSpan& span, size_t voter)
{
    return voter < span.answers.size() && span.answers[voter] >= 0;
}

/// The spans that both answered, by people the systems did not learn from where there are such.
void takeCommon(const FrozenProject& project, const std::vector<Annotation>& decided,
    const SystemAnswers& before, const SystemAnswers& after, const AnswerBook& book, AdaptationGain& gain)
{
    std::vector<std::pair<AnsweredSpan, AnsweredSpan>> common;
    PeopleInVideos people(project, gain.subjects);
    for (const Annotation& span : decided) {
        const SpanAnswer* first = before.of(span);
        const SpanAnswer* second = after.of(span);
        if (first && second && first->top(0).classId >= 0 && second->top(0).classId >= 0)
            common.emplace_back(
                answeredSpan(span, *first, book, people), answeredSpan(span, *second, book, people));
    }
    const auto heldOut = [](const auto& pair) { return pair.first.acquaintance == Acquaintance::HeldOut; };
    gain.heldOut = std::ranges::any_of(common, heldOut);
    for (auto& pair : common)
        if (!gain.heldOut || heldOut(pair)) {
            gain.before.push_back(std::move(pair.first));
            gain.after.push_back(std::move(pair.second));
        }
}

/// Voters that answered any of the spans on both sides; the others' columns are taken out.
std::vector<std::string> keepCommonVoters(const AnswerBook& book, AdaptationGain& gain)
{
    std::vector<size_t> kept;
    for (size_t voter = 0; voter < book.voters().size(); ++voter) {
        bool both = false;
        for (size_t i = 0; i < gain.before.size() && !both; ++i)
            both = answeredBy(gain.before[i], voter) && answeredBy(gain.after[i], voter);
        if (both && book.voters()[voter] != kDetectorModality)
            kept.push_back(voter);
    }
    std::sort(kept.begin(), kept.end(), [&](size_t a, size_t b) {
        return std::pair(a != 0, book.voters()[a]) < std::pair(b != 0, book.voters()[b]);
    });
    std::vector<std::string> names;
    for (const size_t voter : kept)
        names.push_back(book.voters()[voter]);
    keepColumns(gain.before, kept);
    keepColumns(gain.after, kept);
    return names;
}

double share(int64_t part, int64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole)
                     : std::numeric_limits<double>::quiet_NaN();
}

VoterGain gainOf(const AdaptationGain& gain, size_t voter, const std::string& name)
{
    std::vector<AnsweredSpan> before;
    std::vector<AnsweredSpan> after;
    for (size_t i = 0; i < gain.before.size(); ++i)
        if (answeredBy(gain.before[i], voter) && answeredBy(gain.after[i], voter)) {
            before.push_back(gain.before[i]);
            after.push_back(gain.after[i]);
        }
    const VoterReport first = reportOf(before, voter, gain.classes);
    const VoterReport second = reportOf(after, voter, gain.classes);
    VoterGain found{name, first.spans, first.macroF1, second.macroF1, {}, {}, {}};
    for (size_t k = 0; k < first.classes.size(); ++k)
        if (first.classes[k].truth > 0)
            found.classes.push_back({static_cast<int>(k), {}, first.classes[k].truth, first.classes[k].f1,
                second.classes[k].f1, {}});
    for (size_t subject = 0; subject < gain.subjects.size(); ++subject) {
        int64_t spans = 0;
        int64_t rightBefore = 0;
        int64_t rightAfter = 0;
        for (size_t i = 0; i < before.size(); ++i) {
            if (before[i].subject != subject)
                continue;
            ++spans;
            rightBefore += before[i].answers[voter] == before[i].truth ? 1 : 0;
            rightAfter += after[i].answers[voter] == after[i].truth ? 1 : 0;
        }
        if (spans > 0)
            found.subjects.push_back(
                {-1, gain.subjects[subject], spans, share(rightBefore, spans), share(rightAfter, spans), {}});
    }
    return found;
}

/// What the entry of an adapted system says it measured on held-out spans.
std::vector<VoterGain> measuredGains(const ModelEntry& model)
{
    std::vector<VoterGain> gains;
    const Json metrics = Json::parse(model.metrics, nullptr, false);
    if (!metrics.is_object() || !metrics.contains("unadapted") || !metrics.contains("adapted"))
        return gains;
    const Json& before = metrics["unadapted"];
    const Json& after = metrics["adapted"];
    if (!before.is_object() || !after.is_object())
        return gains;
    for (const auto& [name, own] : before.items()) {
        if (!after.contains(name))
            continue;
        const Json& now = after[name];
        VoterGain gain{name, 0, numberAt(own, "macro_f1"), numberAt(now, "macro_f1"), {}, {}, {}};
        if (const double clips = numberAt(own, "clips"); clips > 0)
            gain.spans = static_cast<int64_t>(clips);
        const Json none = Json::array();
        const Json& was = own.contains("per_class") ? own["per_class"] : none;
        const Json& is = now.contains("per_class") ? now["per_class"] : none;
        for (size_t k = 0; k < std::min(was.size(), is.size()); ++k)
            if (const double truth = numberAt(was[k], "truth"); truth > 0)
                gain.classes.push_back({static_cast<int>(k), {}, static_cast<int64_t>(truth),
                    numberAt(was[k], "f1"), numberAt(is[k], "f1"), {}});
        if (gain.spans > 0)
            gains.push_back(std::move(gain));
    }
    std::ranges::stable_sort(gains, {}, [](const VoterGain& one) { return one.name != kFusedVoter; });
    return gains;
}

const ModelEntry* newestAdapted(const FrozenProject& project)
{
    const auto& models = project.models();
    const auto found = std::find_if(models.rbegin(), models.rend(), isAdapted);
    return found == models.rend() ? nullptr : &*found;
}

} // namespace

Result<AdaptationGain> adaptationGain(const FrozenProject& project, const std::vector<Annotation>& decided,
    AnswerBook& book, PredictionReader& predictions, ProgressSink& progress)
{
    AdaptationGain gain;
    gain.classes = project.scheme().classCount();
    if (const ModelEntry* model = newestAdapted(project)) {
        gain.measured = measuredGains(*model);
        gain.protocol = textAt(Json::parse(model->recipe, nullptr, false), "adapted");
        gain.missing = GainMissing::NoCommonSpans;
    }
    const std::vector<AnsweringSystem> systems = answeringSystems(project);
    const auto adapted
        = std::ranges::find_if(systems, [](const AnsweringSystem& one) { return !one.adapted.empty(); });
    if (adapted == systems.end())
        return gain;
    gain.adapted = adapted->name;
    gain.protocol = adapted->adapted;
    gain.base = baseOf(project, systems, gain.adapted);
    gain.missing = gain.base.empty() ? GainMissing::NoBase : GainMissing::NoCommonSpans;
    if (gain.base.empty())
        return gain;
    const SystemAnswers before(project, gain.base, book, predictions, progress);
    const SystemAnswers after(project, gain.adapted, book, predictions, progress);
    if (progress.cancelled())
        return kCancelled;
    takeCommon(project, decided, before, after, book, gain);
    const std::vector<std::string> voters = keepCommonVoters(book, gain);
    for (size_t voter = 0; voter < voters.size(); ++voter)
        gain.voters.push_back(gainOf(gain, voter, voters[voter]));
    if (!gain.voters.empty())
        gain.missing = GainMissing::Nothing;
    return gain;
}

} // namespace telltale

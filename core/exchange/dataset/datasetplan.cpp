// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/dataset/datasetplan.h"
#include "data/document.h"
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <utility>

namespace telltale {
namespace {

std::string numbered(char letter, int digits, int64_t number)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%c%0*lld", letter, digits, static_cast<long long>(number));
    return text.data();
}

/// Pseudonyms in the order in which the names came into the project: `first` has the oldest row of each.
std::map<std::string, std::string> pseudonyms(char letter, const std::map<std::string, int64_t>& first)
{
    std::vector<std::pair<int64_t, std::string>> order;
    for (const auto& [name, id] : first)
        if (!name.empty())
            order.emplace_back(id, name);
    std::ranges::sort(order);
    std::map<std::string, std::string> names;
    for (size_t i = 0; i < order.size(); ++i)
        names[order[i].second] = numbered(letter, 2, static_cast<int64_t>(i + 1));
    return names;
}

void keepOldest(std::map<std::string, int64_t>& first, const std::string& name, int64_t id)
{
    if (const auto [at, fresh] = first.try_emplace(name, id); !fresh)
        at->second = std::min(at->second, id);
}

std::map<std::string, std::string> coderNames(const Document& document)
{
    std::map<std::string, int64_t> first;
    for (const Annotation& one : document.allAnnotations())
        keepOldest(first, one.annotator, one.id);
    return pseudonyms('A', first);
}

std::map<std::string, std::string> modelNames(const Document& document)
{
    std::map<std::string, int64_t> first;
    for (const VideoEntry& video : document.videos())
        for (const PredictionRun& run : document.runs(video.id))
            keepOldest(first, run.model, run.id);
    return pseudonyms('M', first);
}

/// Names that were given, with how often each was asked for.
using TakenNames = std::map<std::string, int64_t>;

std::string uniqueName(const std::string& wanted, TakenNames& taken)
{
    std::string name = wanted;
    int64_t asked = ++taken[wanted];
    while (asked > 1) {
        name = std::string(wanted).append("_").append(std::to_string(asked));
        if (taken.try_emplace(name, 1).second)
            break;
        asked = ++taken[wanted];
    }
    return name;
}

std::vector<FrameSpan> joined(std::vector<FrameSpan> ranges, int64_t frames)
{
    std::ranges::sort(ranges, {}, &FrameSpan::first);
    std::vector<FrameSpan> result;
    for (const FrameSpan& range : ranges) {
        const FrameSpan inside = clampSpan(range, frames);
        if (inside.empty())
            continue;
        if (!result.empty() && inside.first <= result.back().last)
            result.back().last = std::max(result.back().last, inside.last);
        else
            result.push_back(inside);
    }
    return result;
}

class Planner {
public:
    Planner(const Document& document, const DatasetOptions& options)
        : m_document(document)
        , m_options(options)
    {
        if (options.anonymous) {
            m_coders = coderNames(document);
            m_models = modelNames(document);
        }
        for (const Subject& subject : document.subjects())
            m_subjects[subject.id] = subject;
    }

    DatasetPlan run(OutgoingProject project)
    {
        m_plan.options = m_options;
        m_plan.name = m_options.anonymous ? "dataset" : datasetName(project.name);
        m_plan.scheme = std::move(project.scheme);
        TakenNames folders;
        for (LabelClass& one : m_plan.scheme.classes) {
            std::ranges::replace_if( // lists have one a line
                one.name, [](unsigned char c) { return c < 0x20; }, ' ');
            if (m_options.classFolders)
                m_plan.classFolders.push_back(uniqueName(datasetName(one.name), folders));
        }
        for (OutgoingVideo& video : project.videos)
            add(std::move(video));
        const auto tell = [this](int64_t count, const char* what) {
            if (count > 0)
                m_plan.left.push_back(std::to_string(count).append(what));
        };
        tell(m_nameless, " spans without a class are left out.");
        tell(std::ranges::count(m_plan.videos, true, &DatasetVideo::mixed),
            " videos show people of different splits; annotations/unusable.txt names them.");
        tell(m_outside, " spans that lie outside of their video are left out.");
        return std::move(m_plan);
    }

private:
    std::string subjectName(const VideoEntry& entry, int64_t id, const std::string& key) const
    {
        const auto known = m_subjects.find(id);
        if (m_options.anonymous)
            return known == m_subjects.end() ? key : numbered('S', 2, id);
        if (known != m_subjects.end())
            return known->second.name;
        return entry.subject.empty() ? key : entry.subject;
    }

    void add(OutgoingVideo source)
    {
        const VideoEntry& entry = *m_document.video(source.id);
        DatasetVideo video;
        video.key = uniqueName(
            m_options.anonymous ? numbered('V', 3, source.id) : datasetName(source.name), m_keys);
        video.subject = subjectName(entry, entry.subjectId, video.key);
        video.role = source.role;
        video.reviewed = joined(source.reviewed, source.frameCount);
        std::map<int, int64_t> own;
        for (const Person& person : m_document.persons(source.id))
            if (m_subjects.contains(person.subjectId))
                own[person.number] = person.subjectId;
        for (const auto& [number, subject] : own)
            video.mixed = video.mixed || m_subjects.at(subject).role != video.role;
        const std::vector<OutgoingSpan> spans = std::exchange(source.spans, {});
        video.source = std::move(source);
        for (const OutgoingSpan& span : spans) {
            const auto subject = own.find(span.person);
            const bool itself = subject != own.end();
            DatasetSample sample;
            sample.subject = itself ? subjectName(entry, subject->second, video.key) : video.subject;
            sample.role = itself ? m_subjects.at(subject->second).role : video.role;
            sample.span = span;
            sample.video = m_plan.videos.size();
            add(std::move(sample), video);
        }
        m_plan.videos.push_back(std::move(video));
    }

    void add(DatasetSample sample, const DatasetVideo& video)
    {
        OutgoingSpan& span = sample.span;
        if (span.classId < 0 || span.classId >= m_plan.scheme.classCount()) {
            ++m_nameless;
            return;
        }
        if (span.frames.last > video.source.frameCount)
            span.end = video.source.times.seconds(video.source.frameCount);
        span.frames = clampSpan(span.frames, video.source.frameCount);
        if (span.frames.empty()) {
            ++m_outside;
            return;
        }
        span.label = m_plan.scheme.classes[static_cast<size_t>(span.classId)].name;
        if (m_options.anonymous && !span.annotator.empty())
            span.annotator = m_coders[span.annotator];
        if (m_options.anonymous && !span.model.empty())
            span.model = m_models[span.model];
        std::array<char, 80> place{};
        std::snprintf(place.data(), place.size(), "_p%d_%06lld_%06lld", span.person,
            static_cast<long long>(span.frames.first), static_cast<long long>(span.frames.last));
        sample.id = uniqueName(video.key + place.data(), m_samples);
        m_plan.samples.push_back(std::move(sample));
    }

    const Document& m_document;
    const DatasetOptions& m_options;
    std::map<std::string, std::string> m_coders;
    std::map<std::string, std::string> m_models; // files of weights have their makers' names at times
    std::map<int64_t, Subject> m_subjects;
    TakenNames m_keys;
    TakenNames m_samples;
    int64_t m_nameless = 0;
    int64_t m_outside = 0;
    DatasetPlan m_plan;
};

template <typename Value>
Value chosen(const ExportOptions& options, const std::string& key,
    const std::vector<std::pair<std::string, Value>>& values)
{
    const std::string name = options.setting(key, values.front().first);
    for (const auto& [known, value] : values)
        if (known == name)
            return value;
    return values.front().second;
}

} // namespace

std::vector<FormatSetting> datasetSettings()
{
    return {{"clips", "Clips of the spans", {"encode", "auto", "none"}},
        {"clip-folders", "Folders of the clips", {"one", "class"}},
        {"joints", "Points of the spans", {"yes", "no"}},
        {"heatmaps", "Heatmaps of the spans", {"none", "joint", "limb"}},
        {"tracks", "Points of whole videos", {"yes", "no"}},
        {"videos", "Whole videos", {"reference", "copy", "none"}},
        {"anonymous", "Without identities: skeletons alone, no names", {"no", "yes"}}};
}

Result<DatasetOptions> datasetOptions(const ExportOptions& options)
{
    if (auto status = checkSettings(options.settings, datasetSettings()); !status)
        return status.error();
    using Clips = DatasetOptions::Clips;
    using Heatmaps = DatasetOptions::Heatmaps;
    using Videos = DatasetOptions::Videos;
    DatasetOptions made;
    made.clips = chosen<Clips>(options, "clips",
        {{"encode", Clips::Encode}, {"auto", Clips::CopyWhereExact}, {"none", Clips::None}});
    made.heatmaps = chosen<Heatmaps>(options, "heatmaps",
        {{"none", Heatmaps::None}, {"joint", Heatmaps::Joint}, {"limb", Heatmaps::Limb}});
    made.videos = chosen<Videos>(options, "videos",
        {{"reference", Videos::Reference}, {"copy", Videos::Copy}, {"none", Videos::None}});
    made.classFolders = options.setting("clip-folders", "one") == "class";
    made.joints = options.setting("joints", "yes") == "yes";
    made.tracks = options.setting("tracks", "yes") == "yes";
    made.anonymous = options.setting("anonymous", "no") == "yes";
    if (made.anonymous) {
        made.clips = Clips::None;
        made.videos = Videos::None;
    }
    made.classFolders = made.classFolders && made.clips != Clips::None;
    return made;
}

bool DatasetVideo::wholeReviewed() const
{
    return reviewed.size() == 1 && reviewed.front() == FrameSpan{0, source.frameCount};
}

std::vector<std::map<SubjectRole, int64_t>> DatasetPlan::classCounts() const
{
    std::vector<std::map<SubjectRole, int64_t>> counts(static_cast<size_t>(scheme.classCount()));
    for (const DatasetSample& sample : samples)
        ++counts[static_cast<size_t>(sample.span.classId)][sample.role];
    return counts;
}

const char* splitOf(SubjectRole role)
{
    for (const DatasetSplit& split : kDatasetSplits)
        if (split.role == role)
            return split.name;
    return "unlabelled";
}

DatasetPlan planDataset(const Document& document, OutgoingProject project, const DatasetOptions& options,
    const std::set<SpanState>& states)
{
    DatasetPlan plan = Planner(document, options).run(std::move(project));
    plan.states.assign(states.begin(), states.end());
    return plan;
}

std::string datasetName(const std::string& text)
{
    constexpr size_t kLongest = 100; // with what comes behind it a file name may have 255 bytes
    std::string name = text.substr(0, kLongest);
    for (char& c : name) {
        const auto letter = static_cast<unsigned char>(c);
        if (letter >= 0x80 || (std::isalnum(letter) == 0 && c != '.' && c != '-' && c != '_'))
            c = '_';
    }
    return name.empty() || name.front() == '.' || name.front() == '-' ? std::string("_").append(name) : name;
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/videosetinfo.h"
#include "learn/untrimmed/untrimmedset.h"
#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace telltale {
namespace {

using Json = nlohmann::json;

constexpr ClipRole kRoles[] = {ClipRole::Train, ClipRole::Validation, ClipRole::Test, ClipRole::Unlabelled};

/// What lies in the videos of one role, class or subject.
struct Amount {
    int64_t videos = 0;
    int64_t frames = 0;
    int64_t inSpans = 0; ///< of the frames
    int64_t spans = 0;
    double seconds = 0;
    std::set<std::string> subjects;
};

int64_t framesInSpans(const UntrimmedVideo& video)
{
    int64_t covered = 0;
    int64_t end = 0;
    for (const TruthSpan& truth : video.truth) { // by start
        covered += std::max<int64_t>(0, truth.span.last - std::max(truth.span.first, end));
        end = std::max(end, truth.span.last);
    }
    return covered;
}

void addTo(Amount& amount, const UntrimmedVideo& video)
{
    ++amount.videos;
    amount.frames += video.frames;
    amount.inSpans += framesInSpans(video);
    amount.spans += static_cast<int64_t>(video.truth.size());
    amount.seconds += static_cast<double>(video.frames) / video.rate;
    amount.subjects.insert(video.subject);
}

struct Contents {
    std::map<ClipRole, Amount> roles;
    std::map<std::string, Amount> subjects;
    std::map<std::string, ClipRole> subjectRoles;
    std::map<int, std::map<ClipRole, int64_t>> classes;
    std::map<int, double> classSeconds;
    Amount all;
    int64_t withPoints = 0;
    int64_t withPictures = 0;
    std::vector<int64_t> withFeatures;
};

Contents contentsOf(const UntrimmedSet& set)
{
    Contents contents;
    contents.withFeatures.resize(set.info().features.size());
    for (size_t i = 0; i < set.videos().size(); ++i) {
        const UntrimmedVideo& video = set.videos()[i];
        addTo(contents.roles[video.role], video);
        addTo(contents.subjects[video.subject], video);
        addTo(contents.all, video);
        contents.subjectRoles[video.subject] = video.role;
        for (const TruthSpan& truth : video.truth) {
            ++contents.classes[truth.label][video.role];
            contents.classSeconds[truth.label] += static_cast<double>(truth.span.length()) / video.rate;
        }
        contents.withPoints += set.points(i).empty() ? 0 : 1;
        contents.withPictures += set.pictures(i).empty() ? 0 : 1;
        for (size_t kind = 0; kind < contents.withFeatures.size(); ++kind)
            contents.withFeatures[kind] += set.features(i, kind).empty() ? 0 : 1;
    }
    return contents;
}

std::string rounded(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string amountText(const Amount& amount)
{
    const double share = amount.frames > 0
        ? 100 * static_cast<double>(amount.inSpans) / static_cast<double>(amount.frames)
        : 0;
    return std::to_string(amount.videos) + (amount.videos == 1 ? " video, " : " videos, ")
        + rounded(amount.seconds / 60) + " minutes, " + std::to_string(amount.spans) + " spans over "
        + rounded(share) + " % of the frames";
}

Json amountJson(const Amount& amount)
{
    return {{"videos", amount.videos}, {"subjects", amount.subjects.size()}, {"frames", amount.frames},
        {"frames_in_spans", amount.inSpans}, {"spans", amount.spans}, {"seconds", amount.seconds}};
}

Json printClasses(const UntrimmedSet& set, const Contents& contents, CliConsole& console)
{
    console.print("\nclasses");
    Json classes = Json::array();
    for (int label = 0; label < set.classCount(); ++label) {
        const auto found = contents.classes.find(label);
        const std::map<ClipRole, int64_t> none;
        const std::map<ClipRole, int64_t>& counts = found == contents.classes.end() ? none : found->second;
        std::string text;
        Json spans = Json::object();
        int64_t sum = 0;
        for (const ClipRole role : kRoles) {
            const auto count = counts.find(role);
            const int64_t number = count == counts.end() ? 0 : count->second;
            spans[std::string(nameOf(role))] = number;
            sum += number;
            if (number > 0)
                text.append(text.empty() ? "" : ", ")
                    .append(std::to_string(number))
                    .append(" ")
                    .append(nameOf(role));
        }
        const auto seconds = contents.classSeconds.find(label);
        const double mean = sum > 0 ? seconds->second / static_cast<double>(sum) : 0;
        const std::string& name = set.info().classes[static_cast<size_t>(label)];
        console.print("  " + name + ": " + (text.empty() ? "none" : text + "; " + rounded(mean) + " s"));
        classes.push_back({{"id", label}, {"name", name}, {"spans", spans}, {"mean_seconds", mean}});
    }
    return classes;
}

Json printSubjects(const Contents& contents, CliConsole& console)
{
    console.print("\nsubjects");
    Json subjects = Json::array();
    for (const auto& [subject, amount] : contents.subjects) {
        const std::string role(nameOf(contents.subjectRoles.at(subject)));
        std::string line("  ");
        line.append(subject).append(" (").append(role).append("): ").append(amountText(amount));
        console.print(line);
        subjects.push_back({{"name", subject}, {"role", role}, {"amount", amountJson(amount)}});
    }
    return subjects;
}

Json printFeatures(const UntrimmedSetInfo& info, const Contents& contents, CliConsole& console)
{
    Json features = Json::array();
    for (size_t kind = 0; kind < info.features.size(); ++kind) {
        const FeatureKind& feature = info.features[kind];
        console.print("features " + feature.name + ": " + std::to_string(feature.size) + " numbers every "
            + rounded(feature.step) + " frames of " + std::to_string(contents.withFeatures[kind])
            + " videos");
        features.push_back({{"name", feature.name}, {"size", feature.size}, {"step", feature.step},
            {"videos", contents.withFeatures[kind]}});
    }
    return features;
}

} // namespace

Status videosInfo(const CliArguments& arguments, CliConsole& console)
{
    const auto opened = UntrimmedSet::open(arguments.path(0));
    if (!opened)
        return opened.error();
    const UntrimmedSet& set = **opened;
    const UntrimmedSetInfo& info = set.info();
    const Contents contents = contentsOf(set);
    console.print(arguments.path(0).string() + ": " + std::to_string(contents.subjects.size()) + " subjects, "
        + amountText(contents.all) + "\n" + info.origin + "\nscheme " + info.scheme + ", "
        + std::to_string(info.classes.size()) + " classes; layout " + info.skeleton.layout + ", "
        + std::to_string(info.skeleton.graph.points) + " points of " + std::to_string(info.channels)
        + " numbers of " + std::to_string(contents.withPoints) + " videos; pictures "
        + (info.pictureSide > 0 ? std::to_string(info.pictureSide) + " x " + std::to_string(info.pictureSide)
                    + " every " + std::to_string(info.pictureStep) + " frames of "
                    + std::to_string(contents.withPictures) + " videos"
                                : std::string("none")));
    const Json features = printFeatures(info, contents, console);
    console.print("digest " + set.digest() + "\n");
    Json roles = Json::object();
    for (const ClipRole role : kRoles) {
        const auto found = contents.roles.find(role);
        const Amount amount = found == contents.roles.end() ? Amount() : found->second;
        roles[std::string(nameOf(role))] = amountJson(amount);
        if (amount.videos > 0)
            console.print(std::string(nameOf(role)) + ": " + amountText(amount));
    }
    const Json classes = printClasses(set, contents, console);
    const Json subjects = printSubjects(contents, console);
    const Status splits = checkSplits(set.videos());
    if (!splits)
        console.note(splits.error().message);
    console.result({{"file", arguments.path(0).string()}, {"amount", amountJson(contents.all)},
        {"roles", roles}, {"scheme", info.scheme}, {"origin", info.origin}, {"layout", info.skeleton.layout},
        {"points", info.skeleton.graph.points}, {"channels", info.channels},
        {"videos_with_points", contents.withPoints}, {"picture_side", info.pictureSide},
        {"picture_step", info.pictureStep}, {"videos_with_pictures", contents.withPictures},
        {"features", features}, {"digest", set.digest()}, {"classes", classes}, {"subjects", subjects},
        {"splits_are_apart", splits.ok()}});
    return {};
}

} // namespace telltale

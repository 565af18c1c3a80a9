// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/boris/observation.h"
#include "exchange/csv.h"
#include "exchange/marks/marktext.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <set>

namespace telltale {
namespace {

constexpr double kForever = std::numeric_limits<double>::max();
constexpr std::string_view kOverlap = "overlap ";
constexpr std::string_view kStateTag = "state=";
constexpr std::string_view kScoreTag = "; score=";
constexpr std::string_view kAnnotatorTag = "; annotator=";

/// Parts of spans in later files: a few spans that each run over thousands of files would fill the memory.
constexpr int64_t kMostParts = 200'000;

/// What stands for the file of a video where the real one has another name.
std::string plainPath(const std::string& video) { return video + ".mp4"; }

/// The modifiers that somebody has chosen.
std::vector<std::string> chosen(const std::string& modifiers)
{
    std::vector<std::string> list;
    for (size_t from = 0; from <= modifiers.size();) {
        const size_t to = std::min(modifiers.find('|', from), modifiers.size());
        const std::string one = modifiers.substr(from, to - from);
        const bool ours = one.starts_with(kOverlap) && wholeNumber(one.substr(kOverlap.size()));
        if (!one.empty() && one != "None" && !ours)
            list.push_back(one);
        from = to + 1;
    }
    return list;
}

/// What borisStates() hid in a comment; false if it is somebody's own words.
bool takeComment(const std::string& comment, IntakeSpan& span)
{
    if (!comment.starts_with(kStateTag))
        return false;
    const size_t annotator = comment.find(kAnnotatorTag);
    const std::string head = comment.substr(0, annotator);
    const size_t score = head.find(kScoreTag);
    SpanState state{};
    if (!parseName(std::string_view(head).substr(
                       kStateTag.size(), score == std::string::npos ? score : score - kStateTag.size()),
            state))
        return false;
    span.state = state;
    if (score != std::string::npos)
        span.score = decimalNumber(head.substr(score + kScoreTag.size()));
    if (annotator != std::string::npos)
        span.annotator = comment.substr(annotator + kAnnotatorTag.size());
    return true;
}

double wholeMilliseconds(double seconds) { return std::round(seconds * 1000) / 1000; }

} // namespace

BorisIntake::BorisIntake(const SourceFile& file, const ReadContext& context)
    : m_file(file)
    , m_context(context)
{
    m_keepModifiers = settingOf(context, "modifiers", "drop") == "keep";
}

void BorisIntake::tellOpen(const BorisObservation& observation, const BorisEvent& event, bool neverStarted)
{
    const std::string who = event.subject.empty() ? "" : " of " + event.subject;
    const std::string what = "observation '" + observation.id + "': the state '" + event.behaviour + "'" + who
        + " at " + borisSeconds(event.time)
        + (neverStarted ? " s stops without a start" : " s is never stopped");
    m_context.problem(event.place, what, "close it in BORIS, whose check of state events lists it");
}

std::vector<BorisIntake::Paired> BorisIntake::pairs(const BorisObservation& observation)
{
    using Kind = BorisEvent::Kind;
    std::vector<const BorisEvent*> events;
    for (const BorisEvent& event : observation.events)
        events.push_back(&event);
    std::ranges::stable_sort(events, {}, [](const BorisEvent* one) { return one->time; });
    std::vector<Paired> made;
    std::map<std::tuple<std::string, std::string, std::string>, const BorisEvent*> open;
    for (const BorisEvent* event : events) {
        if (event->kind == Kind::Point || event->kind == Kind::Whole) {
            const bool point = event->kind == Kind::Point;
            made.push_back({event, event->time, point ? event->time : event->stop, point});
            continue;
        }
        const BorisEvent*& running = open[{event->subject, event->behaviour, event->modifiers}];
        if (running && event->kind != Kind::Start) {
            made.push_back({running, running->time, event->time, false});
            running = nullptr;
        } else if (event->kind == Kind::Stop) {
            tellOpen(observation, *event, true);
        } else {
            if (running)
                tellOpen(observation, *running, false);
            running = event;
        }
    }
    for (const auto& [key, event] : open)
        if (event)
            tellOpen(observation, *event, false);
    std::ranges::stable_sort(made, {}, &Paired::start);
    return made;
}

IntakeSpan BorisIntake::spanOf(const Paired& paired)
{
    const BorisEvent& event = *paired.first;
    IntakeSpan span;
    span.place = event.place;
    span.label = event.behaviour;
    span.inSeconds = true;
    span.start = paired.start;
    span.end = paired.end;
    span.point = paired.point;
    span.personName = event.subject;
    m_comments += takeComment(event.comment, span) || event.comment.empty() ? 0 : 1;
    const auto modifiers = chosen(event.modifiers);
    m_modifiers += modifiers.empty() ? 0 : 1;
    if (!m_keepModifiers || modifiers.empty())
        return span;
    std::string all;
    for (const std::string& one : modifiers)
        all += (all.empty() ? "" : ", ") + one;
    span.label += " (" + all + ")";
    return span;
}

void BorisIntake::addVideos(const BorisObservation& observation, std::vector<IntakeVideo>& videos) const
{
    for (const BorisMedia& media : observation.media) {
        IntakeVideo video;
        nameVideo(video, m_file, media.path);
        if (media.path == plainPath(observation.id) || media.path.ends_with('/'))
            video.name = observation.id;
        video.seconds = media.seconds;
        video.fps = media.fps;
        videos.push_back(std::move(video));
    }
    if (videos.empty()) {
        videos.emplace_back();
        videos.back().name = observation.id;
    }
    for (IntakeVideo& video : videos) {
        video.subject = observation.filmed;
        video.role = observation.role;
    }
}

/// Adds the parts of a span in the files that it runs over, from `file` on. False: there are too many.
bool BorisIntake::cut(
    const IntakeSpan& whole, const std::vector<double>& begins, size_t file, std::vector<IntakeVideo>& videos)
{
    for (size_t i = file; i < begins.size() && (i == file || begins[i] < whole.end); ++i) {
        const double end = i + 1 < begins.size() ? begins[i + 1] : kForever;
        IntakeSpan part = whole;
        part.start = (i == file ? whole.start : begins[i]) - begins[i];
        part.end = std::min(whole.end, end) - begins[i];
        videos[i].spans.push_back(std::move(part));
        if (i > file && ++m_parts > kMostParts)
            return false;
        if (whole.point)
            break;
    }
    return true;
}

void BorisIntake::place(
    const BorisObservation& observation, const std::vector<Paired>& pairs, std::vector<IntakeVideo>& videos)
{
    // Where each file begins; BORIS cuts lengths to whole milliseconds. Behind one of unknown length nothing
    // is known.
    std::vector<double> begins{0};
    while (begins.size() < videos.size() && videos[begins.size() - 1].seconds > 0)
        begins.push_back(begins.back() + std::floor(videos[begins.size() - 1].seconds * 1000) / 1000);
    const bool known = begins.size() == videos.size();
    int64_t lost = 0;
    for (const Paired& paired : pairs) {
        const IntakeSpan whole = spanOf(paired);
        const auto after = std::ranges::upper_bound(begins, whole.start) - begins.begin();
        const size_t file = static_cast<size_t>(std::max<int64_t>(after, 1)) - 1;
        if (!known && file + 1 >= begins.size() && paired.first->media != observation.media[file].path)
            ++lost;
        else if (!cut(whole, begins, file, videos))
            return m_context.problem(observation.place,
                "observation '" + observation.id + "' has states that run over too many video files",
                "split it in BORIS");
    }
    if (lost > 0)
        m_context.problem(observation.place,
            "observation '" + observation.id + "' runs over several video files whose lengths are not known: "
                + std::to_string(lost) + " events may belong to a later one",
            "import the BORIS project instead, which knows the lengths");
}

void BorisIntake::take(const BorisObservation& observation)
{
    auto paired = pairs(observation);
    for (Paired& one : paired) {
        one.start -= observation.offset;
        one.end -= observation.offset;
    }
    std::vector<IntakeVideo> videos;
    addVideos(observation, videos);
    place(observation, paired, videos);
    if (observation.live)
        m_context.notes.push_back(
            "observation '" + observation.id + "' was coded live: it becomes an entry without a video");
    if (observation.otherPlayers > 0)
        m_context.notes.push_back("observation '" + observation.id + "' has "
            + std::to_string(observation.otherPlayers) + " more players, only the first one is taken");
    for (IntakeVideo& video : videos)
        m_videos.push_back(std::move(video));
}

std::vector<IntakeVideo> BorisIntake::finish()
{
    // Somebody without a name is nobody of those who have one.
    std::set<std::string> named;
    for (const IntakeVideo& video : m_videos)
        if (std::ranges::any_of(video.spans, [](const auto& span) { return !span.personName.empty(); }))
            named.insert(video.name);
    for (IntakeVideo& video : m_videos)
        if (named.contains(video.name))
            for (IntakeSpan& span : video.spans)
                if (span.personName.empty())
                    span.personName = kNoFocalSubject;
    if (m_modifiers > 0)
        m_context.notes.push_back(std::to_string(m_modifiers)
            + (m_keepModifiers
                    ? " events have modifiers, which became part of their labels"
                    : " events have modifiers, which were left out (modifiers=keep makes them part of "
                      "the labels)"));
    if (m_comments > 0)
        m_context.notes.push_back(std::to_string(m_comments) + " comments were left out");
    return std::move(m_videos);
}

std::vector<FormatSetting> borisImportSettings()
{
    return {{"modifiers", "Modifiers of behaviours", {"drop", "keep"}}};
}

std::string BorisState::modifier() const
{
    return layer == 0 ? "" : std::string(kOverlap).append(std::to_string(layer + 1));
}

std::string BorisState::comment() const
{
    if (span->state == SpanState::Accepted && span->annotator.empty())
        return {};
    std::string text = std::string(kStateTag).append(nameOf(span->state));
    if (span->score)
        text.append(kScoreTag).append(scoreText(*span->score));
    if (!span->annotator.empty())
        text.append(kAnnotatorTag).append(span->annotator);
    return text;
}

std::vector<BorisState> borisStates(const OutgoingVideo& video, int64_t& left)
{
    const bool oneUnnamed = video.persons.empty()
        && std::ranges::all_of(video.spans, [](const OutgoingSpan& span) { return span.person == 0; });
    std::vector<BorisState> states;
    for (const OutgoingSpan& span : video.spans) {
        if (span.label.empty()) {
            ++left;
            continue;
        }
        states.push_back({&span, oneUnnamed ? "" : video.personName(span.person),
            wholeMilliseconds(span.start), wholeMilliseconds(span.end), 0});
    }
    std::ranges::stable_sort(states, {}, &BorisState::start);
    struct Layers {
        std::set<std::pair<double, int>> busy; ///< until when, which
        std::set<int> free;
    };
    std::map<std::pair<std::string, std::string>, Layers> layers;
    for (BorisState& state : states) {
        Layers& own = layers[{state.subject, state.span->label}];
        while (!own.busy.empty() && own.busy.begin()->first <= state.start)
            own.free.insert(own.busy.extract(own.busy.begin()).value().second);
        state.layer = own.free.empty() ? static_cast<int>(own.busy.size())
                                       : own.free.extract(own.free.begin()).value();
        own.busy.emplace(state.stop, state.layer);
    }
    return states;
}

std::string borisPath(const OutgoingVideo& video)
{
    return video.file.stem() == video.name ? video.file.string() : plainPath(video.name);
}

std::string borisSeconds(double seconds)
{
    std::array<char, 400> text{};
    std::snprintf(text.data(), text.size(), "%.3f", seconds);
    return text.data();
}

} // namespace telltale

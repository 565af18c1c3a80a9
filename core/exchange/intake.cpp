// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/intake.h"
#include "base/files.h"
#include "data/confirmed.h"
#include "data/labelindex.h"
#include "exchange/intaketrack.h"
#include "exchange/knownspans.h"
#include "exchange/outgoing.h"
#include "exchange/personnumbers.h"
#include "media/framesource.h"
#include "pose/posetrack.h"
#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <utility>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr size_t kShownNames = 6;
/// Nine days at 25 frames a second: what is more is a damaged number.
constexpr int64_t kMostFrames = 20'000'000;
constexpr double kMostSeconds = 1e6;
/// Nobody tells more gestures apart; more names are free text.
constexpr int kMostClasses = 2000;
/// Frames a second; what lies outside is a damaged number.
constexpr double kSlowest = 0.001;
constexpr double kFastest = 1000;
constexpr double kHalfMillisecond = 0.0005; ///< times become frames that much later

std::string quotedList(const std::vector<std::string>& names)
{
    std::string text;
    for (size_t i = 0; i < std::min(names.size(), kShownNames); ++i)
        text += (i ? ", '" : "'") + names[i] + "'";
    return names.size() > kShownNames ? text + " and " + std::to_string(names.size() - kShownNames) + " more"
                                      : text;
}

/// What another file says of the same video: the first one that says something holds.
void addTo(IntakeVideo& first, IntakeVideo video)
{
    first.spans.insert(first.spans.end(), std::make_move_iterator(video.spans.begin()),
        std::make_move_iterator(video.spans.end()));
    first.frameCount = std::max(first.frameCount, video.frameCount);
    first.seconds = std::max(first.seconds, video.seconds);
    if (first.file.empty())
        first.file = std::move(video.file);
    if (first.subject.empty())
        first.subject = std::move(video.subject);
    if (!first.role)
        first.role = video.role;
    if (first.fps <= 0)
        first.fps = video.fps;
    if (first.skeletons.empty()) {
        first.skeletons = std::move(video.skeletons);
        first.replaceTrack = video.replaceTrack;
    }
    if (!first.reviewed)
        first.reviewed = std::move(video.reviewed);
    else if (video.reviewed)
        first.reviewed->insert(first.reviewed->end(), video.reviewed->begin(), video.reviewed->end());
    if (!video.original.empty())
        first.original = std::move(video.original);
}

/// One entry a video, even if several files speak of it.
std::vector<IntakeVideo> merged(std::vector<IntakeVideo> videos)
{
    std::vector<IntakeVideo> result;
    std::map<std::string, size_t> places;
    for (IntakeVideo& video : videos) {
        const auto [place, fresh] = places.emplace(video.name, result.size());
        if (fresh) {
            result.push_back(std::move(video));
            continue;
        }
        addTo(result[place->second], std::move(video));
    }
    return result;
}

/// One import in the making.
class Intake {
public:
    Intake(const Document& document, std::string source, std::string format, const ImportOptions& options,
        ProgressSink& progress, ImportReport report)
        : m_document(document)
        , m_source(std::move(source))
        , m_format(std::move(format))
        , m_options(options)
        , m_progress(progress)
    {
        m_plan.report = std::move(report);
    }

    Result<ImportPlan> run(std::vector<IntakeVideo> videos)
    {
        nameClasses(videos);
        int64_t done = 0;
        for (IntakeVideo& video : videos) {
            if (m_progress.cancelled())
                return stopped();
            m_progress.report(done++, static_cast<int64_t>(videos.size()), "importing");
            if (auto status = take(video); !status) {
                if (status.error().code == ErrorCode::Cancelled)
                    return status.error();
                m_plan.report.problems.add({{}, status.error().message, {}, status.error().code});
            }
        }
        m_progress.report(done, static_cast<int64_t>(videos.size()), "importing");
        m_plan.batch.extendFixed = m_options.addLabels;
        m_plan.dry = m_options.dryRun;
        m_plan.format = m_format;
        m_plan.source = m_source;
        finishNotes();
        return std::move(m_plan);
    }

private:
    static Error stopped() { return {ErrorCode::Cancelled, "the import was stopped, nothing was changed"}; }

    /// Spans that say something of a class that there is not.
    struct Unknown {
        ImportPlace first;
        int64_t spans = 0;

        void add(const IntakeSpan& span)
        {
            if (spans++ == 0)
                first = span.place;
        }
        std::string count() const { return std::to_string(spans) + (spans == 1 ? " span" : " spans"); }
    };

    /// Finds every label in the scheme; unknown ones extend it or are a problem each.
    void nameClasses(const std::vector<IntakeVideo>& videos)
    {
        const LabelScheme& scheme = m_document.scheme();
        const bool refused = scheme.fixed && !m_options.addLabels;
        LabelIndex known(scheme);
        std::map<std::string, Unknown> unknown;
        std::map<int, Unknown> numbers;
        Unknown beyond;
        for (const IntakeVideo& video : videos)
            for (const IntakeSpan& span : video.spans) {
                if (span.label.empty() && !isClass(span.classId))
                    numbers[span.classId].add(span);
                if (span.label.empty() || m_classes.contains(span.label))
                    continue;
                const int id = known.find(span.label);
                if (id < 0 && refused)
                    unknown[span.label].add(span);
                else if (id < 0 && known.classCount() >= kMostClasses)
                    beyond.add(span);
                else
                    m_classes[span.label] = id < 0 ? freshClass(known, span.label) : id;
            }
        for (const auto& [label, one] : unknown)
            m_plan.report.problems.add({one.first,
                "the fixed scheme '" + scheme.name + "' has no '" + label + "' (" + one.count() + ")",
                "allow new labels (--add-labels) or use a project with its own scheme", ErrorCode::Conflict});
        for (const auto& [id, one] : numbers)
            m_plan.report.problems.add({one.first,
                "there is no class " + std::to_string(id) + ", the scheme '" + scheme.name + "' has "
                    + std::to_string(scheme.classCount()) + " (" + one.count() + ")",
                "use a project with the label scheme that the file was made with", ErrorCode::BadFormat});
        if (beyond.spans > 0)
            m_plan.report.problems.add({beyond.first,
                "the labels are more than the " + std::to_string(kMostClasses)
                    + " classes that a scheme holds (" + beyond.count() + ")",
                "look whether they are names of gestures and not free text", ErrorCode::Conflict});
        if (const auto& names = m_plan.report.classesAdded; !names.empty())
            m_plan.report.notes.push_back(
                "new classes (" + std::to_string(names.size()) + "): " + quotedList(names));
    }

    bool isClass(int id) const { return id >= -1 && id < m_document.scheme().classCount(); }

    /// The id of a name that the scheme lacks.
    int freshClass(LabelIndex& known, const std::string& label)
    {
        m_plan.batch.classes.push_back({label, {}, {}, {}, {}});
        m_plan.report.classesAdded.push_back(label);
        return known.add(label);
    }

    Status take(IntakeVideo& video)
    {
        const VideoEntry* known = m_document.videoByName(video.name);
        VideoEntry entry;
        FrameTimes times;
        bool longer = false;
        if (known) {
            entry = *known;
            longer = makeRoom(video, entry);
            auto read = timesOf(m_document, entry, &m_progress, &m_plan.report.notes);
            if (!read)
                return read.error();
            times = std::move(*read);
            if (longer)
                entry.durationUs = std::max<int64_t>(entry.durationUs, times.duration().count());
        } else if (auto status = makeEntry(video, entry, times); !status) {
            return status;
        }
        bool newTrack = !video.skeletons.empty() && (entry.track.empty() || video.replaceTrack);
        if (newTrack)
            if (auto status = takeTrack(video, entry); !status) {
                if (status.error().code == ErrorCode::Cancelled)
                    return status;
                m_plan.report.problems.add({{}, status.error().message, {}, status.error().code});
                newTrack = false;
            }
        int64_t id = entry.id;
        if (!known || newTrack || longer) {
            m_plan.batch.videos.push_back(entry);
            if (!known)
                id = -static_cast<int64_t>(m_plan.batch.videos.size());
        }
        m_plan.report.videosAdded += known ? 0 : 1;
        VideoChange change{entry.name, !known, entry.offline, newTrack};
        if (auto status = takeSpans(video, entry, times, id, change); !status)
            return status;
        takeReviewed(video, times, id, change);
        if (change.added || change.track || change.spans > 0 || change.reviewed > 0 || change.confirmed > 0
            || change.repeated > 0)
            m_plan.report.videos.push_back(std::move(change));
        keepOriginal(video, entry);
        return {};
    }

    void keepOriginal(IntakeVideo& video, const VideoEntry& entry)
    {
        if (video.original.empty() || m_options.dryRun)
            return;
        const auto status
            = m_plan.files->addLater(originalOf(m_document, m_format, entry.name), video.original);
        if (!status)
            m_plan.report.notes.push_back(
                status.error().message + "; an export will lack what only the original has");
        video.original = {};
    }

    Status makeEntry(const IntakeVideo& video, VideoEntry& entry, FrameTimes& times)
    {
        entry.name = video.name;
        entry.subject = video.subject;
        entry.role = video.role.value_or(SubjectRole::Train);
        settleSubject(video, entry);
        if (!video.file.empty()) {
            auto source = openVideo(video.file, &m_progress);
            if (!source)
                return source.error();
            const VideoInfo& info = (*source)->info();
            entry.path = fs::absolute(video.file).string();
            entry.fingerprint
                = fileFingerprint(video.file).ok() ? *fileFingerprint(video.file) : std::string();
            entry.frameCount = info.frameCount;
            entry.durationUs = info.duration.count();
            entry.fps = info.meanFps;
            entry.width = info.width;
            entry.height = info.height;
            times = (*source)->times();
            return {};
        }
        entry.offline = true;
        entry.fps = rateOf(video);
        // What no video can last is not known.
        const double seconds = video.seconds > 0 && video.seconds < kMostSeconds ? video.seconds : 0;
        const double frames
            = video.frameCount > 0 ? static_cast<double>(video.frameCount) : std::round(seconds * entry.fps);
        if (!(frames >= 0 && frames < static_cast<double>(kMostFrames)))
            return Error{
                ErrorCode::BadFormat, m_source + ": the length of video '" + video.name + "' makes no sense"};
        entry.frameCount = static_cast<int64_t>(frames);
        entry.durationUs = std::llround(seconds * 1e6);
        makeRoom(video, entry);
        times = FrameTimes::nominal(entry.frameCount, entry.fps);
        entry.durationUs = std::max<int64_t>(entry.durationUs, times.duration().count());
        ++m_offline;
        return {};
    }

    /// What the file says, if that can be the rate of a video.
    double rateOf(const IntakeVideo& video)
    {
        if (video.fps >= kSlowest && video.fps <= kFastest)
            return video.fps;
        m_strangeRates += video.fps > 0 ? 1 : 0;
        return m_options.nominalFps;
    }

    /// Nobody knows how long a video is that is not there: long enough for all spans. Whether it became
    /// longer.
    static bool makeRoom(const IntakeVideo& video, VideoEntry& entry)
    {
        if (!entry.offline)
            return false;
        const bool open = video.frameCount == 0 && !(video.seconds > 0);
        int64_t frames = entry.frameCount;
        for (const IntakeSpan& span : video.spans) {
            double last
                = span.inSeconds ? std::ceil(span.end * entry.fps) : static_cast<double>(span.frames.last);
            // Where nobody knows the end, a point is the frame that begins then, not the end.
            if (open && span.point)
                last = std::floor((span.start + kHalfMillisecond) * entry.fps) + 1;
            // What ends later or before the start is a problem of its own.
            if (last > 0 && last < static_cast<double>(kMostFrames))
                frames = std::max(frames, static_cast<int64_t>(last));
        }
        for (const auto& [from, to] : video.reviewed.value_or(std::vector<std::pair<double, double>>()))
            if (const double last = std::ceil(to * entry.fps);
                last > 0 && last < static_cast<double>(kMostFrames))
                frames = std::max(frames, static_cast<int64_t>(last));
        return std::exchange(entry.frameCount, frames) < frames;
    }

    /// A person has one role: what the project says of somebody whom it knows holds against the file. Where
    /// the file splits videos but names nobody, each video is a person of its own.
    void settleSubject(const IntakeVideo& video, VideoEntry& entry)
    {
        if (entry.subject.empty() && video.role) {
            entry.subject = video.name;
            ++m_ownSubjects;
        }
        const auto known = std::ranges::find(m_document.subjects(), entry.subject, &Subject::name);
        if (known == m_document.subjects().end())
            return;
        if (video.role && *video.role != known->role)
            m_keptRoles.insert(known->name + " (" + std::string(nameOf(known->role)) + ")");
        entry.role = known->role;
    }

    Status takeTrack(const IntakeVideo& video, VideoEntry& entry)
    {
        const auto track = readTrackFor(entry, video.skeletons, m_plan.report.notes);
        if (!track)
            return track.error();
        ++m_plan.report.tracksAdded;
        if (m_options.dryRun)
            return {};
        const fs::path relative = trackFileOf(entry, *track);
        const fs::path file = m_document.absolute(relative.string());
        if (auto status = ensureWritableFolder(file.parent_path()); !status)
            return status;
        std::error_code ec;
        if (!fs::exists(file, ec))
            m_plan.files->add(file);
        if (auto status = writeTrack(file, *track); !status)
            return status;
        entry.track = relative.string();
        return {};
    }

    Status takeSpans(const IntakeVideo& video, const VideoEntry& entry, const FrameTimes& times, int64_t id,
        VideoChange& change)
    {
        const std::vector<Annotation> before
            = id > 0 ? m_document.annotations(id) : std::vector<Annotation>();
        KnownSpans there(before);
        std::set<std::tuple<int, int64_t, int64_t, int, std::string>> fresh; ///< with the tier
        PersonNumbers people(id > 0 ? m_document.persons(id) : std::vector<Person>());
        for (const IntakeSpan& span : video.spans)
            people.keep(span.personName, span.person);
        std::set<int64_t> confirmed;
        PredictionRun run;
        run.videoId = id;
        run.model = "import: " + m_source;
        std::vector<Prediction> predictions;
        std::vector<Annotation> proposed; ///< what each of them says
        for (const IntakeSpan& span : video.spans) {
            auto made = makeAnnotation(span, entry, times, id);
            if (!made)
                continue;
            if (!span.personName.empty())
                made->person = people.numberOf(span.personName);
            if (made->span.empty()) {
                ++m_skipped;
                continue;
            }
            const bool first
                = fresh.emplace(made->person, made->span.first, made->span.last, made->classId, span.tier)
                      .second;
            const int64_t open = first && isConfirmed(span.state) ? there.proposal(*made) : 0;
            // Several tiers may hold the same: each takes one of those that are there.
            const bool known = !first || there.take(*made);
            if (open > 0 && confirmed.insert(open).second) {
                ++change.confirmed;
                continue;
            }
            if (known) {
                ++change.repeated;
                continue;
            }
            if (span.state == SpanState::Proposed && there.decided(*made)) {
                ++m_settled;
                continue;
            }
            ++change.spans;
            if (span.state == SpanState::Proposed) {
                ++change.proposals;
                predictions.push_back(makePrediction(span, *made));
                proposed.push_back(std::move(*made));
            } else {
                m_plan.batch.annotations.push_back(std::move(*made));
            }
        }
        m_plan.batch.confirmed.insert(m_plan.batch.confirmed.end(), confirmed.begin(), confirmed.end());
        m_confirmed += change.confirmed;
        m_repeated += change.repeated;
        m_plan.report.spansAdded += change.spans;
        for (Person& person : people.fresh()) {
            person.videoId = id;
            m_plan.batch.persons.push_back(std::move(person));
        }
        if (predictions.empty() || m_options.dryRun)
            return {};
        auto prepared = prepareRun(*m_document.scoreFiles(), std::move(run), predictions);
        if (!prepared)
            return prepared.error();
        prepared->adds = true;
        for (size_t i = 0; i < proposed.size(); ++i) {
            PredictionHead& head = prepared->heads[i];
            head.bestClass = proposed[i].classId; // whatever its score, which may be 0 or less
            head.startUs = proposed[i].startUs;
            head.endUs = proposed[i].endUs;
        }
        m_plan.batch.runs.push_back(std::move(*prepared));
        return {};
    }

    /// The parts of which the file says that nothing is missing there.
    void takeReviewed(const IntakeVideo& video, const FrameTimes& times, int64_t id, VideoChange& change)
    {
        const std::vector<ReviewedRange> known
            = id > 0 ? m_document.reviewed(id) : std::vector<ReviewedRange>();
        for (const auto& [from, to] : video.reviewed.value_or(std::vector<std::pair<double, double>>())) {
            if (!(from >= 0 && to >= from && to < kMostSeconds)) {
                m_plan.report.problems.add(
                    {{}, "a reviewed part of video '" + video.name + "' makes no sense",
                        "it has to lie inside the video", ErrorCode::BadFormat});
                continue;
            }
            const FrameSpan span = clampSpan(times.spanOf(from, to), times.frameCount());
            const bool there = std::ranges::any_of(known, [&](const ReviewedRange& one) {
                return one.span.first <= span.first && span.last <= one.span.last;
            });
            if (span.empty() || there)
                continue;
            ++change.reviewed;
            m_plan.batch.reviewed.push_back({0, id, span, {}, {}});
        }
    }

    /// What is wrong with a span, and what to do about it; nothing: it fits.
    std::optional<std::pair<std::string, std::string>> faultOf(
        const IntakeSpan& span, int64_t frameCount) const
    {
        if (span.whole && frameCount < 1)
            return {{"how long the video is, is not known", "import or find the video first"}};
        if (span.person < 0 || span.person > PersonNumbers::kMost)
            return {{"there is no person " + std::to_string(span.person),
                "number people from 0 to " + std::to_string(PersonNumbers::kMost)}};
        const bool right = span.inSeconds ? span.start >= 0 && span.end >= span.start
                                          : span.frames.first >= 0 && span.frames.last >= span.frames.first;
        if (!right)
            return {{"the span starts before 0 or ends before it starts",
                "correct its ends in the program that wrote it, or leave it out (--skip-bad)"}};
        const bool endless = span.inSeconds ? !(span.end < kMostSeconds) : span.frames.last >= kMostFrames;
        if (endless)
            return {{"ends later than any video this program can hold",
                "look whether the file counts in another unit"}};
        return std::nullopt;
    }

    /// Nothing where the span is a problem or has a label that is one. An empty span says: nothing of it lies
    /// inside the video.
    std::optional<Annotation> makeAnnotation(
        const IntakeSpan& span, const VideoEntry& entry, const FrameTimes& times, int64_t id)
    {
        if (span.label.empty() && !isClass(span.classId))
            return std::nullopt; // is among the problems already
        if (auto fault = faultOf(span, times.frameCount())) {
            m_plan.report.problems.add(
                {span.place, std::move(fault->first), std::move(fault->second), ErrorCode::BadFormat});
            return std::nullopt;
        }
        Annotation made;
        made.videoId = id;
        made.person = span.person;
        made.classId = span.classId;
        if (!span.label.empty()) {
            const auto named = m_classes.find(span.label);
            if (named == m_classes.end())
                return std::nullopt;
            made.classId = named->second;
        }
        made.state = span.state;
        made.origin = SpanOrigin::Import;
        made.annotator = span.annotator;
        made.span = span.whole ? FrameSpan{0, times.frameCount()} : span.frames;
        if (span.inSeconds) {
            made.span = times.spanOf(span.start, span.end);
            if (made.span.empty() && made.span.first < times.frameCount()
                && (span.point || span.end > span.start))
                made.span.last = made.span.first + 1;
            if (entry.offline) {
                made.startUs = std::llround(span.start * 1e6);
                made.endUs = std::llround(span.end * 1e6);
            }
        }
        const FrameSpan inside = clampSpan(made.span, times.frameCount());
        m_cut += inside == made.span || inside.empty() ? 0 : 1;
        made.span = inside;
        return made;
    }

    /// The score of a foreign proposal is all that is known of it; the other classes get none.
    Prediction makePrediction(const IntakeSpan& span, const Annotation& made) const
    {
        Prediction prediction;
        prediction.person = made.person;
        prediction.span = made.span;
        prediction.detectorScore = span.score.value_or(1.0);
        prediction.birth
            = nlohmann::json{{"source", "import"}, {"file", m_source}, {"score", prediction.detectorScore}}
                  .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        if (made.classId >= 0) {
            prediction.fused.assign(
                static_cast<size_t>(m_document.scheme().classCount()) + m_plan.batch.classes.size(), 0.0F);
            prediction.fused[static_cast<size_t>(made.classId)]
                = static_cast<float>(prediction.detectorScore);
        }
        return prediction;
    }

    void finishNotes()
    {
        const auto note = [this](int64_t count, const std::string& what) {
            if (count > 0)
                m_plan.report.notes.push_back(what + ": " + std::to_string(count));
        };
        note(m_offline, "videos that are not there and wait as offline entries at their nominal rate");
        note(m_ownSubjects, "videos without a named subject, each of which counts as a subject of its own");
        if (!m_keptRoles.empty())
            m_plan.report.notes.push_back(
                "the file has other roles for subjects that the project knows; theirs in the project stay: "
                + quotedList({m_keptRoles.begin(), m_keptRoles.end()}));
        note(m_confirmed, "open proposals that the file confirms");
        note(m_repeated, "spans that were there already and were left out");
        note(m_settled,
            "proposals left out because somebody has decided about that part of the video already");
        note(m_strangeRates, "videos with a rate that no video has, taken at the nominal one");
        note(m_cut, "spans that were cut at the end of their video");
        note(m_skipped, "spans of no length inside their video, left out");
    }

    const Document& m_document;
    std::string m_source;
    std::string m_format;
    const ImportOptions& m_options;
    ProgressSink& m_progress;
    ImportPlan m_plan;
    std::map<std::string, int> m_classes;
    std::set<std::string> m_keptRoles; ///< subject and role
    int64_t m_ownSubjects = 0;
    int64_t m_offline = 0;
    int64_t m_confirmed = 0;
    int64_t m_repeated = 0;
    int64_t m_settled = 0;
    int64_t m_strangeRates = 0;
    int64_t m_cut = 0;
    int64_t m_skipped = 0;
};

} // namespace

Result<ImportPlan> planImport(const Document& document, std::vector<IntakeVideo> videos,
    const std::string& source, const std::string& format, const ImportOptions& options,
    ProgressSink& progress, ImportReport report)
{
    if (!(options.nominalFps > 0 && options.nominalFps <= 1000))
        return Error{ErrorCode::InvalidArgument,
            "the nominal rate has to be above 0 and at most 1000 frames a second"};
    return Intake(document, source, format, options, progress, std::move(report))
        .run(merged(std::move(videos)));
}

fs::path originalOf(const Document& document, const std::string& format, const std::string& video)
{
    return document.absolute("originals") / (safeFileName(video) + "." + format);
}

Result<FrameTimes> timesOf(const Document& document, const VideoEntry& video, ProgressSink* progress,
    std::vector<std::string>* notes)
{
    if (!video.offline) {
        auto source = openVideo(document.absolute(video.path), progress);
        if (source)
            return (*source)->times();
        if (source.error().code != ErrorCode::NotFound)
            return source.error();
        if (notes)
            notes->push_back(
                document.absolute(video.path).string() + ": is not there, times come from its mean rate");
    }
    int64_t frames = video.frameCount;
    for (const Annotation& one : document.annotations(video.id))
        frames = std::max(frames, one.span.last);
    return FrameTimes::nominal(frames, video.fps > 0 ? video.fps : 25.0);
}

} // namespace telltale

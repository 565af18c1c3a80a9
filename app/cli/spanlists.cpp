// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/spanlists.h"
#include "app/cli/missingnames.h"
#include "data/confirmed.h"
#include "exchange/csv.h"
#include <algorithm>
#include <set>

namespace telltale {
namespace {

/// Numbers the classes of both sides in the order they come, under the names that the ids stand for.
class ClassNumbers {
public:
    explicit ClassNumbers(std::optional<LabelScheme> scheme) : m_scheme(std::move(scheme)) { }

    int of(const SideSpan& span)
    {
        const std::string name = nameOf(span);
        const auto [known, fresh] = m_numbers.emplace(name, static_cast<int>(m_names.size()));
        if (fresh)
            m_names.push_back(name);
        return known->second;
    }
    const std::vector<std::string>& names() const { return m_names; }
    const std::set<std::string>& unknown() const { return m_unknown; }

private:
    std::string nameOf(const SideSpan& span)
    {
        std::string name = !span.label.empty() ? span.label : std::to_string(span.classId);
        if (!m_scheme || (span.label.empty() && span.classId < 0))
            return name;
        const int id = span.label.empty() ? span.classId : m_scheme->find(span.label);
        if (id >= 0 && id < m_scheme->classCount())
            return m_scheme->classes[static_cast<size_t>(id)].name;
        m_unknown.insert(name);
        return name;
    }

    std::optional<LabelScheme> m_scheme;
    std::map<std::string, int> m_numbers;
    std::vector<std::string> m_names;
    std::set<std::string> m_unknown;
};

bool isDecided(const SideSpan& span) { return isConfirmed(span.state); }

bool isOutside(const SideVideo& video, const SideSpan& span)
{
    constexpr double kRounding = 0.05; // of a frame or second: durations are written with few digits
    return span.start < -kRounding || (video.length > 0 && span.end > video.length + kRounding);
}

/// Whether somebody has looked where the span lies: a truth that says so covers half of it at least, or has
/// a span there itself, be it a rejected one.
bool isJudged(const SideVideo& truth, const SideSpan& span)
{
    if (!truth.reviewed)
        return true;
    double seen = 0;
    double end = span.start;
    for (const auto& [from, to] : *truth.reviewed) {
        seen += std::max(0.0, std::min(to, span.end) - std::max(from, end));
        end = std::max(end, std::min(to, span.end));
    }
    return 2 * seen >= span.end - span.start || std::ranges::any_of(truth.spans, [&](const SideSpan& one) {
        return one.start < span.end && span.start < one.end;
    });
}

std::string counted(size_t count, const char* what) { return std::to_string(count) + what; }

/// Puts two sides together.
class Joiner {
public:
    Joiner(
        SpanSide truth, SpanSide predicted, const SpanListOptions& options, std::optional<LabelScheme> scheme)
        : m_truth(std::move(truth))
        , m_predicted(std::move(predicted))
        , m_options(options)
        , m_classes(std::move(scheme))
    {
    }

    Result<SpanLists> run(SpanUnit unit)
    {
        m_lists.unit = unit;
        for (const SpanSide* side : {&m_truth, &m_predicted}) {
            note(side->notes);
            if (side->source == SpanSource::Smg || side->source == SpanSource::Imigue)
                m_lists.starterTrim = unit == SpanUnit::Frames ? 1 : 0;
        }
        if (Status status = chooseRole(); !status)
            return status.error();
        takeTruth();
        takePredictions();
        m_lists.classes = m_classes.names();
        for (const std::string& name : m_inScope)
            m_lists.videos.push_back(name);
        if (Status status = findSubjects(); !status)
            return status.error();
        noteOdd();
        return std::move(m_lists);
    }

private:
    void note(std::string sentence) { m_lists.notes.push_back(std::move(sentence)); }
    void note(const std::vector<std::string>& sentences)
    {
        m_lists.notes.insert(m_lists.notes.end(), sentences.begin(), sentences.end());
    }

    Status chooseRole()
    {
        const bool bySource = m_truth.source != SpanSource::ActivityNet && m_truth.source != SpanSource::Csv;
        const auto has = [this](SubjectRole role) {
            return std::ranges::any_of(
                m_truth.videos, [role](const SideVideo& video) { return video.role == role; });
        };
        if (m_options.role.empty()) {
            if (bySource && has(SubjectRole::Test))
                m_role = SubjectRole::Test;
            if (bySource)
                note(m_role ? "evaluated are the test subjects of the truth; --role all takes everybody"
                            : "the truth has no test subjects, everybody is evaluated");
            return {};
        }
        SubjectRole role{};
        if (m_options.role == "all")
            return {};
        if (!parseName(m_options.role, role))
            return Error{ErrorCode::Usage,
                "--role: there is no role '" + m_options.role
                    + "', known are train, validation, test, unlabelled, all"};
        if (!has(role))
            return Error{ErrorCode::Usage,
                m_truth.place + ": has no video of the role '" + m_options.role
                    + "', --role all takes them all"};
        m_role = role;
        return {};
    }

    void takeTruth()
    {
        const bool project = m_truth.source == SpanSource::Project;
        size_t undecided = 0;
        size_t unseen = 0;
        for (const SideVideo& video : m_truth.videos) {
            if (m_role && video.role != *m_role) {
                m_outOfScope.insert(video.name);
                continue;
            }
            m_inScope.insert(video.name);
            m_truthNames.insert(video.name);
            m_truthVideos.emplace(video.name, &video);
            unseen += project && !video.reviewed ? 1 : 0;
            for (const SideSpan& span : video.spans) {
                if (span.state == SpanState::Rejected)
                    continue;
                undecided += isDecided(span) ? 0 : 1;
                if (project && !isDecided(span))
                    continue;
                m_lists.truth.push_back({video.name, m_classes.of(span), span.start, span.end, 1});
                m_truthOutside += isOutside(video, span) ? 1 : 0;
            }
        }
        noteUndecided(project, undecided, unseen);
    }

    void noteUndecided(bool project, size_t undecided, size_t unseen)
    {
        if (unseen > 0)
            note(counted(unseen,
                " videos are not marked as reviewed anywhere: there whatever is predicted beside the truth "
                "counts as wrong"));
        if (undecided > 0 && project)
            note(counted(undecided,
                " spans of the project are proposed, skipped or flagged; nobody has decided on them and they "
                "are "
                "no truth"));
        if (undecided > 0 && undecided < m_lists.truth.size() && !project)
            note(counted(undecided,
                " spans of the truth are proposals, or skipped or flagged, and count like the others; "
                "'export "
                "--states accepted,corrected' leaves them out"));
    }

    void takePredictions()
    {
        size_t elsewhere = 0;
        size_t unjudged = 0;
        size_t unscored = 0;
        for (const SideVideo& video : m_predicted.videos) {
            if (m_outOfScope.contains(video.name)) {
                elsewhere += video.spans.size();
                continue;
            }
            m_predictedNames.insert(video.name);
            m_inScope.insert(video.name);
            const auto truth = m_truthVideos.find(video.name);
            for (const SideSpan& span : video.spans) {
                if (span.state == SpanState::Rejected)
                    continue;
                if (truth != m_truthVideos.end() && !isJudged(*truth->second, span)) {
                    ++unjudged;
                    continue;
                }
                unscored += span.score ? 0 : 1;
                m_predictedOutside
                    += isOutside(truth != m_truthVideos.end() ? *truth->second : video, span) ? 1 : 0;
                m_lists.predicted.push_back(
                    {video.name, m_classes.of(span), span.start, span.end, span.score.value_or(1.0)});
            }
        }
        if (elsewhere > 0)
            note(counted(elsewhere, " predicted spans lie in videos of other roles and were left out"));
        if (unjudged > 0)
            note(counted(unjudged,
                " predicted spans lie where the truth is not marked as reviewed and were left out"));
        if (unscored > 0)
            note(counted(unscored,
                " predicted spans have no score and count as 1; of equal scores the later in the file comes "
                "first"));
    }

    /// Who is in which video, from the first of: the file of the option, the truth, the prediction.
    Status findSubjects()
    {
        if (!m_options.subjects.empty()) {
            if (Status status = readSubjects(); !status)
                return status;
        } else {
            for (const SpanSide* side : {&m_truth, &m_predicted})
                for (const SideVideo& video : side->videos)
                    if (m_inScope.contains(video.name) && !video.subject.empty())
                        m_lists.subjects.emplace(video.name, video.subject);
        }
        const size_t alone = std::ranges::count_if(
            m_inScope, [this](const std::string& name) { return !m_lists.subjects.contains(name); });
        m_lists.subjectSource = sourceOfSubjects();
        if (alone > 0 && alone < m_inScope.size())
            m_lists.subjectSource += "; " + std::to_string(alone)
                + " videos are not named there and count as a subject of their own each";
        note("subjects: " + m_lists.subjectSource);
        return {};
    }

    std::string sourceOfSubjects() const
    {
        if (!m_options.subjects.empty())
            return "from " + m_options.subjects;
        if (m_lists.subjects.empty())
            return "each video counts as one of its own, because nothing says who is in it (--subjects FILE "
                   "does)";
        for (const SpanSide* side : {&m_truth, &m_predicted}) {
            const bool names = std::ranges::any_of(side->videos,
                [this](const SideVideo& v) { return m_inScope.contains(v.name) && !v.subject.empty(); });
            if (names && side->source == SpanSource::Project)
                return "from the project " + side->place;
            if (names && side->source == SpanSource::Smg)
                return "every sample of SMG is one";
            if (names && side->source == SpanSource::Imigue)
                return "each video counts as one of its own, because the files of iMiGUE do not name the "
                       "players "
                       "(--subjects FILE does)";
            if (names)
                return "from " + side->place;
        }
        return {};
    }

    Status readSubjects()
    {
        const auto rows = readCsv(m_options.subjects);
        if (!rows)
            return rows.error();
        for (size_t i = 0; i < rows->size(); ++i) {
            const CsvRow& row = (*rows)[i];
            if (i == 0 && row.fields.front() == "video_id")
                continue;
            const std::string place = m_options.subjects + ", line " + std::to_string(row.line);
            if (row.fields.size() != 2 || row.fields[0].empty() || row.fields[1].empty())
                return Error{ErrorCode::BadFormat, place + ": wanted is video_id,subject"};
            const auto [known, fresh] = m_lists.subjects.emplace(row.fields[0], row.fields[1]);
            if (!fresh && known->second != row.fields[1])
                return Error{ErrorCode::BadFormat,
                    place + ": video '" + row.fields[0] + "' has the subject '" + known->second
                        + "' already"};
        }
        return {};
    }

    void noteOdd()
    {
        const size_t clean = withoutDuplicates(m_lists.truth).size();
        if (clean < m_lists.truth.size())
            note(counted(m_lists.truth.size() - clean,
                " spans of the truth have no length or are there twice and were left out (the starter kit's "
                "rule "
                "counts them)"));
        noteMissing(m_truthNames, m_predictedNames,
            "videos of the truth have no prediction and count as missed", m_lists.notes);
        noteMissing(
            m_predictedNames, m_truthNames, "videos are only predicted and count as wrong", m_lists.notes);
        std::set<std::string> truthClasses;
        for (const ScoredSpan& span : m_lists.truth)
            truthClasses.insert(m_lists.className(span.classId));
        std::set<std::string> predictedClasses;
        for (const ScoredSpan& span : m_lists.predicted)
            predictedClasses.insert(m_lists.className(span.classId));
        noteMissing(predictedClasses, truthClasses,
            "classes are only predicted, which counts as wrong, and are not in the mAP", m_lists.notes);
        noteMissing(m_classes.unknown(), {},
            "classes are not in the label scheme and kept as they are written", m_lists.notes);
        if (m_truthOutside + m_predictedOutside > 0)
            note(counted(m_truthOutside, " spans of the truth and ")
                + counted(m_predictedOutside,
                    " predicted ones reach out of their video and were compared as they stand"));
        if (m_lists.truth.empty())
            note("the truth has no spans: recall, F1 and mAP are 0 because there is nothing to find");
        if (m_lists.predicted.empty())
            note("nothing is predicted: precision is 0 because there is nothing to be right");
    }

    SpanSide m_truth;
    SpanSide m_predicted;
    SpanListOptions m_options;
    ClassNumbers m_classes;
    std::optional<SubjectRole> m_role;
    std::map<std::string, const SideVideo*> m_truthVideos;
    std::set<std::string> m_truthNames;
    std::set<std::string> m_predictedNames;
    std::set<std::string> m_inScope;
    std::set<std::string> m_outOfScope;
    size_t m_truthOutside = 0;
    size_t m_predictedOutside = 0;
    SpanLists m_lists;
};

} // namespace

Result<SpanLists> readSpanLists(
    const std::string& truth, const std::string& predicted, const SpanListOptions& options)
{
    const auto truthSource = spanSourceOf(truth);
    if (!truthSource)
        return truthSource.error();
    const auto predictedSource = spanSourceOf(predicted);
    if (!predictedSource)
        return predictedSource.error();
    SpanSideOptions how{SpanUnit::Frames, options.fps, options.run, options.score};
    if (*truthSource == SpanSource::ActivityNet || *predictedSource == SpanSource::ActivityNet)
        how.unit = SpanUnit::Seconds;
    auto truthSide = readSpanSide(truth, *truthSource, true, how);
    if (!truthSide)
        return truthSide.error();
    auto predictedSide = readSpanSide(predicted, *predictedSource, false, how);
    if (!predictedSide)
        return predictedSide.error();
    std::optional<LabelScheme> scheme = truthSide->classes ? truthSide->classes : predictedSide->classes;
    if (!options.labels.empty()) {
        auto named = loadLabelScheme(options.labels);
        if (!named)
            return named.error();
        scheme = std::move(*named);
    }
    return Joiner(std::move(*truthSide), std::move(*predictedSide), options, std::move(scheme)).run(how.unit);
}

} // namespace telltale

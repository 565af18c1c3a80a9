// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pipeline/analysis/modalityanalysis.h"
#include <unordered_map>

namespace telltale {

/// What one system said of the project's spans: for a span its own prediction, else the one that overlaps it
/// most. Lives as long as book and reader.
class SystemAnswers {
public:
    /// The newest run of the system on each video counts. Cancelled leaves it incomplete: ask the sink.
    SystemAnswers(const FrozenProject& project, const std::string& system, AnswerBook& book,
        PredictionReader& predictions, ProgressSink& progress);
    /// Null: it said nothing of the span.
    const SpanAnswer* of(const Annotation& span) const;

private:
    struct Place {
        int64_t video = 0;
        int person = 0;
        bool operator==(const Place&) const = default;
    };
    struct PlaceHash {
        size_t operator()(const Place& place) const
        {
            return std::hash<int64_t>()(place.video * 64 + place.person);
        }
    };
    std::unordered_map<Place, std::vector<const SpanAnswer*>, PlaceHash> m_answers; ///< by start
    std::unordered_map<int64_t, const SpanAnswer*> m_byPrediction;
};

/// Systems that answered, newest first.
std::vector<AnsweringSystem> answeringSystems(const FrozenProject& project);
/// Who is in which video, as numbers in the order in which they turn up.
class PeopleInVideos {
public:
    struct Known {
        size_t subject = 0; ///< in the names
        SubjectRole role = SubjectRole::Train;
    };
    /// `names` grows with new ones; both have to outlive it.
    PeopleInVideos(const FrozenProject& project, std::vector<std::string>& names)
        : m_project(project)
        , m_names(names)
    {
    }
    Known of(int64_t videoId);

private:
    const FrozenProject& m_project;
    std::vector<std::string>& m_names;
    std::unordered_map<int64_t, Known> m_known;
};

/// What all voters of the book call the span.
AnsweredSpan answeredSpan(
    const Annotation& span, const SpanAnswer& answer, const AnswerBook& book, PeopleInVideos& people);
/// Leaves these voters' answers in, in this order.
void keepColumns(std::vector<AnsweredSpan>& spans, const std::vector<size_t>& voters);
/// Figures of one voter over the spans.
VoterReport reportOf(const std::vector<AnsweredSpan>& spans, size_t voter, int classes);
double macroF1(const std::vector<ClassScore>& classes);
/// Precision, recall and F1 from the counts.
void fillF1(std::vector<ClassScore>& classes);

} // namespace telltale

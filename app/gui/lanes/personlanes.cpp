// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/lanes/personlanes.h"
#include "data/confirmed.h"
#include "widgets/video/pointnames.h"
#include <QCoreApplication>

namespace telltale {
namespace {

QString text(const char* source) { return QCoreApplication::translate("PersonLanes", source); }

} // namespace

bool isOnUpperLane(const Annotation& span)
{
    return span.origin != SpanOrigin::Model || isConfirmed(span.state);
}

QString upperLaneKey(int person) { return QStringLiteral("annotations:%1").arg(person); }
QString proposalsLaneKey(int person) { return QStringLiteral("proposals:%1").arg(person); }

QString laneKeyOf(const Annotation& span)
{
    return isOnUpperLane(span) ? upperLaneKey(span.person) : proposalsLaneKey(span.person);
}

std::optional<int> personOfLane(const QString& key)
{
    const qsizetype colon = key.indexOf(u':');
    const int person = key.mid(colon + 1).toInt();
    return key == upperLaneKey(person) || key == proposalsLaneKey(person) ? std::optional(person)
                                                                          : std::nullopt;
}

std::map<int, QString> personsWithSpans(const Document& document, int64_t videoId)
{
    std::map<int, QString> persons{{0, personName(0)}};
    for (const Annotation& span : document.annotations(videoId))
        persons.try_emplace(span.person, personName(span.person));
    for (const Person& person : document.persons(videoId))
        if (const auto known = persons.find(person.number); known != persons.end() && !person.name.empty())
            known->second = QString::fromStdString(person.name);
    return persons;
}

std::vector<TimelineLane> personLanes(const Document& document, int64_t videoId, const SpanShower& show)
{
    const std::vector<Annotation> spans = document.annotations(videoId);
    const std::map<int, QString> persons = personsWithSpans(document, videoId);
    std::map<int, std::pair<TimelineLane, TimelineLane>> lanes;
    for (const auto& [person, name] : persons) {
        auto& [upper, proposals] = lanes[person];
        const bool alone = persons.size() == 1;
        upper.key = upperLaneKey(person);
        upper.title = alone ? text(QT_TRANSLATE_NOOP("PersonLanes", "Annotations"))
                            : text(QT_TRANSLATE_NOOP("PersonLanes", "%1: annotations")).arg(name);
        upper.editable = true;
        upper.note = text(
            QT_TRANSLATE_NOOP("PersonLanes", "No spans yet: mark one with I and O, or accept a proposal."));
        proposals.key = proposalsLaneKey(person);
        proposals.title = alone ? text(QT_TRANSLATE_NOOP("PersonLanes", "Proposals"))
                                : text(QT_TRANSLATE_NOOP("PersonLanes", "%1: proposals")).arg(name);
        proposals.editable = true;
        proposals.note = text(QT_TRANSLATE_NOOP(
            "PersonLanes", "No open proposals: let the models analyze the video to get some."));
    }
    for (const Annotation& span : spans) {
        auto& [upper, proposals] = lanes[span.person];
        (isOnUpperLane(span) ? upper : proposals).spans.push_back(show(span));
    }
    std::vector<TimelineLane> shown;
    for (auto& [person, both] : lanes)
        for (TimelineLane* lane : {&both.first, &both.second}) {
            const bool stays = lanes.size() == 1 || lane->key == upperLaneKey(0);
            if (!stays)
                lane->note.clear();
            if (stays || !lane->spans.empty())
                shown.push_back(std::move(*lane));
        }
    return shown;
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/cmpl/roundrecord.h"
#include "learn/cmpl/topclass.h"
#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace telltale {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "telltale-cmpl-rounds/1";

std::vector<int64_t> namedOf(const CmplPool& pool)
{
    std::vector<int64_t> named(pool.trainingCounts.size(), 0);
    for (size_t clip = 0; clip < pool.clips.size(); ++clip) {
        if (pool.clips[clip].decision)
            continue;
        std::set<int> classes;
        for (size_t student = 0; student < pool.streams.size(); ++student)
            if (const auto& rows = pool.clips[clip].probabilities;
                student < rows.size() && !rows[student].empty())
                classes.insert(topOf(teacherOf(pool, clip, student)));
        for (const int classId : classes)
            if (classId >= 0)
                ++named[static_cast<size_t>(classId)];
    }
    return named;
}

json labelJson(const RecordedLabel& label)
{
    json one = {{"video", label.video}, {"person", label.person}, {"first", label.span.first},
        {"last", label.span.last}, {"class", label.classId}, {"q", label.probability},
        {"students", label.students}};
    if (label.decided)
        one["decided"] = true;
    return one;
}

json roundJson(const RecordedRound& round)
{
    json students = json::array();
    for (const RecordedStudent& student : round.students)
        students.push_back(
            {{"stream", student.stream}, {"offered", student.offered}, {"accepted", student.accepted}});
    json labels = json::array();
    for (const RecordedLabel& label : round.labels)
        labels.push_back(labelJson(label));
    return {{"round", round.round}, {"pool", round.pool}, {"students", students},
        {"agreement", round.agreement}, {"named", round.named}, {"labels", labels}};
}

void want(bool good, const char* what)
{
    if (!good)
        throw std::runtime_error(what);
}

RecordedLabel labelOf(const json& one, size_t classes)
{
    RecordedLabel label;
    label.video = one.at("video");
    label.person = one.at("person");
    label.span = {one.at("first"), one.at("last")};
    label.classId = one.at("class");
    label.probability = one.at("q");
    label.students = one.at("students").get<std::vector<std::string>>();
    label.decided = one.value("decided", false);
    want(label.classId >= 0 && static_cast<size_t>(label.classId) < classes,
        "a label has a class that is none of its classes");
    want(label.span.first >= 0 && !label.span.empty(), "a label has no frames");
    return label;
}

RecordedRound roundOf(const json& one, size_t classes)
{
    RecordedRound round;
    round.round = one.at("round");
    round.pool = one.at("pool");
    for (const json& student : one.at("students"))
        round.students.push_back({student.at("stream"), student.at("offered"), student.at("accepted")});
    for (const json& row : one.at("agreement")) {
        std::vector<double>& into = round.agreement.emplace_back();
        for (const json& share : row) // JSON has no NaN
            into.push_back(share.is_null() ? std::numeric_limits<double>::quiet_NaN() : share.get<double>());
        want(into.size() == round.students.size(), "a table of agreement has another size");
    }
    want(round.agreement.size() == round.students.size(), "a table of agreement has another size");
    round.named = one.at("named").get<std::vector<int64_t>>();
    want(round.named.size() == classes, "a list by class has another length");
    for (const json& label : one.at("labels"))
        round.labels.push_back(labelOf(label, classes));
    return round;
}

} // namespace

std::vector<std::pair<size_t, size_t>> surestAcceptances(const CmplRound& round)
{
    std::map<size_t, std::pair<size_t, size_t>> best; // by clip
    for (size_t student = 0; student < round.students.size(); ++student) {
        const auto& accepted = round.students[student].accepted;
        for (size_t place = 0; place < accepted.size(); ++place) {
            const auto [known, fresh] = best.try_emplace(accepted[place].clip, student, place);
            const auto& [other, otherPlace] = known->second;
            if (!fresh
                && accepted[place].probability > round.students[other].accepted[otherPlace].probability)
                known->second = {student, place};
        }
    }
    std::vector<std::pair<size_t, size_t>> surest;
    surest.reserve(best.size());
    for (const auto& [clip, which] : best)
        surest.push_back(which);
    return surest;
}

RecordedRound recordOf(const CmplPool& pool, const CmplRound& round, const RoundSummary& summary,
    const std::vector<ClipInfo>& clips, const std::vector<size_t>& places)
{
    RecordedRound record;
    record.round = round.round;
    record.pool = static_cast<int64_t>(pool.clips.size());
    for (const StudentSummary& student : summary.students)
        record.students.push_back({student.stream, student.offered, student.accepted});
    record.agreement = summary.agreement;
    record.named = namedOf(pool);
    std::map<size_t, std::vector<std::string>> takers;
    for (const StudentSelection& student : round.students)
        for (const PseudoClip& clip : student.accepted)
            takers[clip.clip].push_back(student.stream);
    for (const auto& [student, place] : surestAcceptances(round)) {
        const PseudoClip& clip = round.students[student].accepted[place];
        if (clip.label < 0)
            continue;
        const ClipInfo& info = clips[places[clip.clip]];
        record.labels.push_back({info.video, info.person, info.span, clip.label, clip.probability,
            takers[clip.clip], clip.decided});
    }
    return record;
}

std::string toJson(const RecordedRun& run)
{
    json rounds = json::array();
    for (const RecordedRound& round : run.rounds)
        rounds.push_back(roundJson(round));
    return json{{"format", kFormat}, {"protocol", run.protocol}, {"base", run.base}, {"scheme", run.scheme},
        {"classes", run.classes}, {"training_counts", run.trainingCounts}, {"rounds", rounds}}
        .dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<RecordedRun> recordedRunFromJson(std::string_view text, std::string_view where)
{
    try {
        const json root = json::parse(text);
        want(root.at("format") == kFormat, "it is not marked as telltale-cmpl-rounds/1");
        RecordedRun run;
        run.protocol = root.at("protocol");
        run.base = root.at("base");
        run.scheme = root.at("scheme");
        run.classes = root.at("classes").get<std::vector<std::string>>();
        run.trainingCounts = root.at("training_counts").get<std::vector<int64_t>>();
        want(run.trainingCounts.size() == run.classes.size(), "a list by class has another length");
        for (const json& round : root.at("rounds"))
            run.rounds.push_back(roundOf(round, run.classes.size()));
        return run;
    } catch (const std::exception& error) {
        return Error{ErrorCode::BadFormat,
            std::string(where) + " cannot be read (" + error.what()
                + "); take the folder of the system from a copy, or adapt again."};
    }
}

} // namespace telltale

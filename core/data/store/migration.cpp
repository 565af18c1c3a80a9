// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Projects of schemas 1 and 2: subjects and tracks were columns of videos, and the numbers of predictions
// were blobs in the database. Their log goes on: one entry turns the old rows into the new ones.
#include "data/preparedrun.h"
#include "data/rows.h"
#include "data/store/database.h"
#include "data/store/scorefiles.h"
#include "data/times.h"
#include <QSqlError>
#include <QSqlRecord>
#include <array>
#include <cstring>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using OldRows = std::map<int64_t, json>;

constexpr std::array kOldTables{"schemes", "videos", "runs", "predictions", "annotations", "models", "syncs"};

std::string text(const json& row, const char* column)
{
    const auto at = row.find(column);
    return at != row.end() && at->is_string() ? at->get<std::string>() : std::string();
}

int64_t integer(const json& row, const char* column, int64_t otherwise = 0)
{
    const auto at = row.find(column);
    return at != row.end() && at->is_number() ? at->get<int64_t>() : otherwise;
}

json cellOf(const QVariant& value)
{
    if (value.isNull())
        return nullptr;
    if (value.typeId() == QMetaType::Double)
        return value.toDouble();
    if (value.typeId() == QMetaType::QString)
        return value.toString().toStdString();
    return static_cast<int64_t>(value.toLongLong());
}

/// Takes `count` floats from the front; false if there are fewer.
bool takeFloats(std::string_view& bytes, size_t count, std::vector<float>& out)
{
    if (count > bytes.size() / sizeof(float))
        return false;
    out.resize(count);
    if (count > 0)
        std::memcpy(out.data(), bytes.data(), count * sizeof(float));
    bytes.remove_prefix(count * sizeof(float));
    return true;
}

/// The old form of a prediction's numbers: a line of JSON with the sizes, then float32 little-endian.
bool takeNumbers(const std::string& bytes, Prediction& prediction)
{
    const size_t line = bytes.find('\n');
    if (line == std::string::npos)
        return false;
    try {
        const json header = json::parse(bytes.substr(0, line));
        std::string_view rest = std::string_view(bytes).substr(line + 1);
        bool whole = takeFloats(rest, header.at("fused").get<size_t>(), prediction.fused);
        for (const json& entry : header.at("modalities")) {
            ModalityScores& scores = prediction.modalities[entry.at(0).get<std::string>()];
            whole = whole && takeFloats(rest, entry.at(1).get<size_t>(), scores.probabilities)
                && takeFloats(rest, entry.at(2).get<size_t>(), scores.embedding);
        }
        return whole;
    } catch (const json::exception&) {
        return false;
    }
}

class Migration {
public:
    Migration(Database& database, const fs::path& file, int64_t version)
        : m_database(database)
        , m_scores(file.parent_path() / "scores")
        , m_version(version)
    {
    }

    Status run()
    {
        for (Status (Migration::*step)() : {&Migration::readOld, &Migration::readLog,
                 &Migration::makeSubjects, &Migration::makeRuns, &Migration::makeRest, &Migration::write})
            if (auto status = (this->*step)(); !status)
                return status;
        return {};
    }

private:
    Status readOld()
    {
        for (const char* table : kOldTables) {
            QSqlQuery query(m_database.connection());
            query.setForwardOnly(true);
            if (m_version < 2 && std::string_view(table) == "syncs")
                continue;
            if (!query.exec(QStringLiteral("SELECT * FROM %1 ORDER BY id").arg(QLatin1String(table))))
                return m_database.failure(query.lastError(), "reading the older project");
            while (query.next()) {
                const QSqlRecord record = query.record();
                json row = json::object();
                for (int i = 1; i < record.count(); ++i)
                    row[record.fieldName(i).toStdString()] = cellOf(query.value(i));
                m_old[table][query.value(0).toLongLong()] = std::move(row);
            }
        }
        QSqlQuery query(m_database.connection());
        if (!query.exec(QStringLiteral("SELECT name, seq FROM sqlite_sequence")))
            return m_database.failure(query.lastError(), "reading the older project");
        while (query.next())
            m_next[query.value(0).toString().toStdString()] = query.value(1).toLongLong() + 1;
        return {};
    }

    Status readLog()
    {
        QSqlQuery query(m_database.connection());
        query.setForwardOnly(true);
        if (!query.exec(QStringLiteral("SELECT sequence, time, annotator, kind, command, changes, undo_of"
                                       " FROM edits ORDER BY sequence")))
            return m_database.failure(query.lastError(), "reading the older project");
        while (query.next()) {
            EditRecord record;
            record.sequence = query.value(0).toLongLong();
            record.time = query.value(1).toString().toStdString();
            record.annotator = query.value(2).toString().toStdString();
            record.kind = query.value(3).toString().toStdString();
            record.command = query.value(4).toString().toStdString();
            record.undoOf = query.value(6).toLongLong();
            record.token = "schema" + std::to_string(m_version) + "-" + std::to_string(record.sequence);
            const json changes = json::parse(query.value(5).toString().toStdString(), nullptr, false);
            if (!changes.is_array())
                return Error{ErrorCode::BadFormat,
                    m_database.name() + ": entry " + std::to_string(record.sequence)
                        + " of the edit log is damaged, take the project from a snapshot"};
            for (const json& change : changes)
                add(text(change, "table"), integer(change, "id"), change.value("before", json()),
                    change.value("after", json()));
            finish(record);
        }
        return {};
    }

    /// One row more in an entry's lists.
    void add(const std::string& table, int64_t id, const json& before, const json& after)
    {
        m_before.push_back({{"table", table}, {"id", id}, {"row", before}});
        m_after.push_back({{"table", table}, {"id", id}, {"row", after}});
    }

    void finish(EditRecord& record)
    {
        record.before = std::exchange(m_before, json::array()).dump();
        record.after = std::exchange(m_after, json::array()).dump();
        record.hash = hashOf(record, m_log.empty() ? std::string() : m_log.back().hash);
        m_log.push_back(std::move(record));
    }

    Status makeSubjects()
    {
        for (const auto& [id, row] : m_old["videos"]) {
            Subject subject;
            subject.name = text(row, "subject").empty() ? text(row, "name") : text(row, "subject");
            parseName(text(row, "role"), subject.role);
            const auto known = m_subjects.find(subject.name);
            if (known != m_subjects.end() && known->second.role != subject.role)
                subject.name += " (" + std::string(nameOf(subject.role)) + ")";
            auto& entry = m_subjects[subject.name];
            if (entry.id == 0) {
                subject.id = static_cast<int64_t>(m_subjects.size());
                entry = subject;
                put(Table::Subjects, subject.id, rowOf(subject));
            }
            auto video = valueOf<VideoEntry>(id, row);
            video.subjectId = entry.id;
            put(Table::Videos, id, rowOf(video));
            if (text(row, "track").empty())
                continue;
            TrackEntry track;
            track.videoId = id;
            track.file = text(row, "track");
            track.active = true;
            put(Table::Tracks, static_cast<int64_t>(m_new["tracks"].size()) + 1, rowOf(track));
        }
        return {};
    }

    Result<std::vector<Prediction>> predictionsOf(int64_t runId)
    {
        std::vector<Prediction> predictions;
        for (const auto& [id, row] : m_old["predictions"]) {
            if (integer(row, "run_id") != runId)
                continue;
            Prediction one;
            one.id = id;
            one.person = static_cast<int>(integer(row, "person"));
            one.span = {integer(row, "first"), integer(row, "last")};
            one.detectorScore = row.value("score", 0.0);
            one.pseudoLabel = integer(row, "pseudo_label") != 0;
            one.birth = text(row, "birth");
            QSqlQuery query(m_database.connection());
            query.prepare(QStringLiteral("SELECT bytes FROM payloads WHERE digest = ?"));
            query.bindValue(0, QString::fromStdString(text(row, "payload")));
            if (!query.exec() || !query.next()
                || !takeNumbers(query.value(0).toByteArray().toStdString(), one))
                return Error{ErrorCode::BadFormat,
                    m_database.name() + ": the numbers of prediction " + std::to_string(id)
                        + " are missing or damaged, take the project from a backup"};
            predictions.push_back(std::move(one));
        }
        return predictions;
    }

    Status makeRuns()
    {
        int64_t nextPrediction = 1;
        for (const auto& [id, row] : m_old["runs"]) {
            auto run = valueOf<PredictionRun>(id, row);
            const auto predictions = predictionsOf(id);
            if (!predictions)
                return predictions.error();
            auto prepared = prepareRun(m_scores, run, *predictions);
            if (!prepared)
                return prepared.error();
            run = prepared->run;
            run.firstPrediction = predictions->empty() ? 0 : nextPrediction;
            put(Table::Runs, id, rowOf(run));
            for (const Prediction& one : *predictions)
                m_predictions[one.id] = nextPrediction++;
            if (!prepared->block.digest.empty()) {
                prepared->block.runId = id;
                put(Table::Blocks, static_cast<int64_t>(m_new["blocks"].size()) + 1, rowOf(prepared->block));
            }
            for (PseudoLabel& label : prepared->pseudoLabels) {
                label.runId = id;
                label.videoId = run.videoId;
                label.predictionId += run.firstPrediction;
                put(Table::PseudoLabels, static_cast<int64_t>(m_new["pseudo_labels"].size()) + 1,
                    rowOf(label));
            }
        }
        m_next["predictions"] = nextPrediction;
        return {};
    }

    Status makeRest()
    {
        for (const auto& [id, row] : m_old["schemes"])
            put(Table::Schemes, id, row);
        for (const auto& [id, row] : m_old["models"])
            put(Table::Models, id, rowOf(valueOf<ModelEntry>(id, row)));
        for (const auto& [id, row] : m_old["syncs"])
            put(Table::Syncs, id, row);
        for (const auto& [id, row] : m_old["annotations"]) {
            auto span = valueOf<Annotation>(id, row); // what was null keeps the value that says "none"
            if (span.predictionId > 0)
                span.predictionId = m_predictions[span.predictionId];
            put(Table::Annotations, id, rowOf(span));
        }
        return {};
    }

    void put(Table table, int64_t id, json row) { m_new[infoOf(table).name][id] = std::move(row); }

    /// The entry that turns the old rows into the new ones.
    void addEntry()
    {
        EditRecord record;
        record.sequence = m_log.empty() ? 1 : m_log.back().sequence + 1;
        record.time = timeNow();
        record.annotator = "telltale";
        record.kind = nameOf(EditKind::Do);
        record.command = "migrate";
        record.token = "migrate-" + std::to_string(kSchemaVersion);
        std::set<std::string> tables;
        for (const auto& [table, rows] : m_old)
            tables.insert(table);
        for (const auto& [table, rows] : m_new)
            tables.insert(table);
        for (const std::string& table : tables) {
            std::set<int64_t> ids;
            for (const auto& [id, row] : m_old[table])
                ids.insert(id);
            for (const auto& [id, row] : m_new[table])
                ids.insert(id);
            for (const int64_t id : ids) {
                const auto before = m_old[table].find(id);
                const auto after = m_new[table].find(id);
                add(table, id, before != m_old[table].end() ? before->second : json(nullptr),
                    after != m_new[table].end() ? after->second : json(nullptr));
            }
        }
        finish(record);
    }

    Status write()
    {
        addEntry();
        return m_database.transaction([this]() -> Status {
            for (const char* table : {"edits", "annotations", "predictions", "payloads", "runs", "models",
                     "syncs", "videos", "schemes"})
                if (auto status
                    = m_database.execute(QStringLiteral("DROP TABLE IF EXISTS %1").arg(QLatin1String(table)));
                    !status)
                    return status;
            for (const QString& statement : schemaStatements(m_database.dialect()))
                if (auto status = m_database.execute(statement); !status)
                    return status;
            for (const TableInfo& info : tableInfos()) {
                int64_t next = m_next.contains(info.name) ? m_next[info.name] : 1;
                for (const auto& [id, row] : m_new[info.name]) {
                    if (auto status = m_database.insertRow(info.table, id, row); !status)
                        return status;
                    next = std::max(next, id + 1);
                }
                if (auto status = m_database.setNextId(info.name, next); !status)
                    return status;
            }
            if (auto status = m_database.setNextId("predictions", m_next["predictions"]); !status)
                return status;
            for (const EditRecord& record : m_log)
                if (auto status = m_database.insertEdit(record); !status)
                    return status;
            return m_database.execute(QStringLiteral("PRAGMA user_version = %1").arg(kSchemaVersion));
        });
    }

    Database& m_database;
    ScoreFiles m_scores;
    int64_t m_version;
    std::map<std::string, OldRows> m_old;
    std::map<std::string, OldRows> m_new;
    std::map<std::string, int64_t> m_next;
    std::map<std::string, Subject> m_subjects;
    std::map<int64_t, int64_t> m_predictions; ///< new number by old number
    std::vector<EditRecord> m_log;
    json m_before = json::array();
    json m_after = json::array();
};

} // namespace

Status migrateFile(Database& database, const fs::path& file, int64_t version)
{
    const fs::path kept = file.string() + ".schema" + std::to_string(version);
    std::error_code ec;
    if (!fs::exists(kept, ec)) {
        QString path = QString::fromStdString(kept.string());
        path.replace(QLatin1Char('\''), QLatin1String("''"));
        if (auto status = database.execute(QStringLiteral("VACUUM INTO '%1'").arg(path)); !status)
            return status;
    }
    // Tables are dropped and made anew; references between them hold again at the end.
    if (auto status = database.execute(QStringLiteral("PRAGMA foreign_keys = OFF")); !status)
        return status;
    Status status = Migration(database, file, version).run();
    if (const Status on = database.execute(QStringLiteral("PRAGMA foreign_keys = ON")); status && !on)
        status = on;
    return status;
}

} // namespace telltale

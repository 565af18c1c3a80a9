// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/storeworker.h"
#include "data/projectlocation.h"
#include "data/scorefiles.h"
#include <QSqlDriver>
#include <QThread>
#include <chrono>

namespace telltale {
namespace {

using namespace std::chrono_literals;

constexpr auto kRetryAfter = 300ms; ///< how soon an edit that could not be written is tried again
constexpr auto kPollFile = 400ms; ///< how often another program's edits are looked for in a file
constexpr auto kPollServer = 5s; ///< beside notifications: finds out that a connection is dead

/// Errors that can go away by themselves.
bool passes(const Error& error) { return error.code == ErrorCode::Io; }

Segment segmentOf(const ScoreBlock& block) { return {block.file, block.offset, block.bytes, block.digest}; }

} // namespace

StoreWorker::StoreWorker(Settings settings) : m_settings(std::move(settings)) { }

StoreWorker::~StoreWorker() = default;

Result<std::unique_ptr<Database>> StoreWorker::connectStore(Database::Access access)
{
    return m_settings.server ? Database::open(*m_settings.server, access) : Database::open(file(), access);
}

Status StoreWorker::openForWriting()
{
    m_database.reset();
    m_writable = false;
    auto database = connectStore(Database::Access::Write);
    if (!database)
        return database.error();
    m_database = std::move(*database);
    m_writable = true;
    if (!m_settings.server || !m_settings.follow)
        return {};
    const auto schema = m_database->texts(QStringLiteral("SELECT current_schema()"));
    if (!schema || schema->empty())
        return schema ? Status() : Status(schema.error());
    QSqlDriver* driver = m_database->connection().driver();
    connect(driver, &QSqlDriver::notification, this, [this] { fetchOthers(); });
    driver->subscribeToNotification(QStringLiteral("telltale_") + QString::fromStdString(schema->front()));
    return {};
}

Result<StoreWorker::Opened> StoreWorker::open()
{
    Result<Opened> result{Opened{}};
    const auto read = [&]() -> Status {
        Opened& opened = *result;
        Status writing = openForWriting();
        if (!writing && passes(writing.error()) && !m_settings.server) {
            // A folder or disk that cannot be written: the project is shown, edits wait.
            auto database = connectStore(Database::Access::Read);
            if (!database)
                return writing;
            m_database = std::move(*database);
            opened.trouble = writing.error().message;
        } else if (!writing) {
            return writing;
        } else if (auto replayed = replayJournals(*m_database, m_settings.folder / "journal"); !replayed) {
            return replayed.error();
        }
        if (auto status = opened.state.load(*m_database); !status)
            return status;
        auto last = m_database->lastEdit();
        if (!last)
            return last.error();
        opened.last = std::move(*last);
        m_known = opened.last.sequence;
        auto ids = m_database->nextIds();
        if (!ids)
            return ids.error();
        opened.nextIds = std::move(*ids);
        return m_database->forEachEditTitle(
            [&opened](EditRecord title) { opened.titles.push_back(std::move(title)); });
    };
    const auto run = [&] {
        if (auto status = read(); !status) {
            m_database.reset();
            result = status.error();
            return;
        }
        m_retry = new QTimer(this);
        m_retry->setSingleShot(true);
        connect(m_retry, &QTimer::timeout, this, [this] { retry(); });
        m_trouble = (*result).trouble;
        if (m_settings.follow)
            follow();
    };
    QMetaObject::invokeMethod(this, run, Qt::BlockingQueuedConnection);
    return result;
}

void StoreWorker::follow()
{
    m_poll = new QTimer(this);
    m_poll->setInterval(m_settings.server ? std::chrono::milliseconds(kPollServer) : kPollFile);
    connect(m_poll, &QTimer::timeout, this, [this] {
        if (!m_queue.empty() || !m_database || !m_writable)
            return;
        const auto changed = m_database->changedOutside();
        if (!changed || *changed)
            fetchOthers();
    });
    m_poll->start();
    if (!m_trouble.empty())
        m_retry->start(kRetryAfter);
}

void StoreWorker::submit(std::shared_ptr<PendingEdit> edit)
{
    {
        const std::scoped_lock lock(m_mutex);
        ++m_waiting;
    }
    QMetaObject::invokeMethod(
        this,
        [this, edit = std::move(edit)] {
            m_queue.push_back(edit);
            work();
        },
        Qt::QueuedConnection);
}

void StoreWorker::reserve(const std::string& name, int64_t count)
{
    QMetaObject::invokeMethod(
        this,
        [this, name, count] {
            IdsReserved event{name, 0, 0};
            if (m_database && m_writable)
                if (const auto first = m_database->reserveIds(name, count); first)
                    event = {name, *first, count};
            emitEvent(std::move(event));
        },
        Qt::QueuedConnection);
}

void StoreWorker::fetchBlock(const ScoreBlock& block)
{
    QMetaObject::invokeMethod(
        this,
        [this, block] {
            if (!m_database)
                return;
            const auto bytes = m_database->blob(block.digest);
            if (bytes && m_settings.scores->append(*bytes))
                emitEvent(BlockArrived{block.runId});
        },
        Qt::QueuedConnection);
}

Status StoreWorker::ask(const std::function<Status(Database&)>& question)
{
    Status status;
    const auto run = [&] {
        status = m_database
            ? question(*m_database)
            : Status(Error{ErrorCode::Io, m_trouble.empty() ? "the project's store is closed" : m_trouble});
    };
    QMetaObject::invokeMethod(this, run, Qt::BlockingQueuedConnection);
    return status;
}

void StoreWorker::close(const std::map<std::string, std::pair<int64_t, int64_t>>& unused)
{
    const auto run = [&] {
        delete m_retry;
        delete m_poll;
        if (m_database && m_writable)
            for (const auto& [name, range] : unused)
                (void)m_database->returnIds(name, range.first, range.second);
        m_database.reset();
    };
    QMetaObject::invokeMethod(this, run, Qt::BlockingQueuedConnection);
}

void StoreWorker::work()
{
    if (m_retry && m_retry->isActive())
        return; // in trouble: in its own time
    while (!m_queue.empty())
        if (!commitNext()) {
            if (m_retry)
                m_retry->start(kRetryAfter);
            return;
        }
}

void StoreWorker::retry()
{
    // What failed may have been the connection, so it is made anew.
    if (!m_writable || m_settings.server)
        if (auto status = openForWriting(); !status) {
            setTrouble(status.error().message);
            m_retry->start(kRetryAfter);
            return;
        }
    if (m_queue.empty()) {
        setTrouble({});
        fetchOthers();
        return;
    }
    work();
}

Status StoreWorker::uploadBlocks(const PendingEdit& edit)
{
    if (!m_settings.server)
        return {};
    for (const ScoreBlock& block : edit.blocks) {
        const auto there = m_database->hasBlob(block.digest);
        if (!there)
            return there.error();
        if (*there)
            continue;
        const auto bytes = m_settings.scores->map(segmentOf(block));
        if (!bytes)
            return bytes.error();
        if (auto status = m_database->putBlob(block.digest, std::string(bytes->view())); !status)
            return status;
    }
    return {};
}

bool StoreWorker::commitNext()
{
    const std::shared_ptr<PendingEdit> edit = m_queue.front();
    const auto attempt = [&]() -> Result<CommitOutcome> {
        if (!m_database || !m_writable)
            if (auto status = openForWriting(); !status)
                return status.error();
        if (auto status = uploadBlocks(*edit); !status)
            return status.error();
        EditRecord record = edit->record;
        record.undoOf = edit->undoOf ? edit->undoOf->sequence.load() : 0;
        return m_database->commit(record, edit->changes, m_known, edit->claims);
    };
    auto outcome = attempt();
    if (!outcome && passes(outcome.error()) && edit->keepTrying) {
        setTrouble(outcome.error().message);
        return false;
    }
    if (!outcome) {
        m_queue.pop_front();
        emitEvent(EditRefused{edit, outcome.error(), {}});
        finish(*edit);
        return true;
    }
    setTrouble({});
    deliverOthers(outcome->others);
    if (m_queue.empty() || m_queue.front() != edit)
        return true; // it had been written before, only the answer was lost
    m_queue.pop_front();
    if (outcome->sequence == 0) {
        emitEvent(EditRefused{edit,
            {ErrorCode::Conflict,
                m_database->name() + ": somebody else has changed this meanwhile, it was read anew"},
            std::move(*outcome)});
    } else {
        m_known = outcome->sequence;
        edit->cell->sequence = outcome->sequence;
        emitEvent(EditCommitted{edit, outcome->sequence});
    }
    finish(*edit);
    return true;
}

void StoreWorker::deliverOthers(const std::vector<EditRecord>& others)
{
    for (const EditRecord& record : others) {
        m_known = record.sequence;
        const std::shared_ptr<PendingEdit> first = m_queue.empty() ? nullptr : m_queue.front();
        if (first && first->record.token == record.token) {
            first->cell->sequence = record.sequence;
            m_queue.pop_front();
            emitEvent(EditCommitted{first, record.sequence});
            finish(*first);
            continue;
        }
        if (auto changes = parseChanges(record); changes)
            emitEvent(EditOfOthers{record, std::move(*changes)});
    }
}

void StoreWorker::fetchOthers()
{
    if (!m_database)
        return;
    std::vector<EditRecord> others;
    auto status = m_database->forEachEdit(
        m_known, [&others](EditRecord other) { others.push_back(std::move(other)); });
    if (status) {
        deliverOthers(others);
        return;
    }
    setTrouble(status.error().message);
    if (m_retry)
        m_retry->start(kRetryAfter);
}

void StoreWorker::setTrouble(const std::string& sentence)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_trouble == sentence)
            return;
        m_trouble = sentence;
        m_changed.notify_all();
    }
    emitEvent(StoreTrouble{sentence});
}

void StoreWorker::finish(PendingEdit& edit)
{
    const std::scoped_lock lock(m_mutex);
    edit.done = true;
    --m_waiting;
    m_changed.notify_all();
}

void StoreWorker::emitEvent(StoreEvent event)
{
    std::function<void()> listener;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_events.empty())
            listener = m_listener;
        m_events.push_back(std::move(event));
    }
    if (listener)
        listener();
}

void StoreWorker::waitFor(const PendingEdit& edit)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return edit.done.load(); });
}

Status StoreWorker::waitIdle()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_waiting == 0 || !m_trouble.empty(); });
    return m_waiting == 0 ? Status() : Status(Error{ErrorCode::Io, m_trouble});
}

std::vector<StoreEvent> StoreWorker::takeEvents()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_events, {});
}

void StoreWorker::setListener(std::function<void()> listener)
{
    const std::scoped_lock lock(m_mutex);
    m_listener = std::move(listener);
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/storeworker.h"
#include "data/projectlocation.h"
#include "data/safety/stillcopy.h"
#include "data/store/scorefiles.h"
#include <QLibrary>
#include <QSqlDriver>
#include <QSqlError>
#include <QThread>
#include <algorithm>
#include <future>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace telltale {
namespace {

using namespace std::chrono_literals;

constexpr auto kRetryFirst = 250ms; ///< how soon an edit that could not be written is tried again
constexpr auto kRetryLast = 5000ms; ///< and how seldom at last
constexpr auto kPollFile = 400ms; ///< how often another program's edits are looked for in a file
constexpr auto kPollServer = 100ms; ///< how often the connection is looked at, without a round trip
constexpr auto kLookAtLog = 5s; ///< beside notifications: finds out that a network is dead
constexpr auto kPatience = 3s; ///< how long somebody waits for a server that does not answer
constexpr auto kPatienceForEdit = 10s;
constexpr auto kForEver = std::chrono::milliseconds::max();

/// A commit takes some tenths of a millisecond, and waking a thread that sleeps a good part of that.
constexpr auto kLookBeforeSleeping = 400us;

template <typename Done> void lookFor(Done done)
{
    const auto until = std::chrono::steady_clock::now() + kLookBeforeSleeping;
    while (!done() && std::chrono::steady_clock::now() < until)
        std::this_thread::yield();
}

/// Errors that can go away by themselves.
bool passes(const Error& error) { return error.code == ErrorCode::Io; }

/// The connection's socket, -1 if the driver is another one than was thought.
int socketOf(const QSqlDriver& driver)
{
    using Socket = int (*)(const void*);
    const QVariant handle = driver.handle();
    // Qt's driver has loaded the library already.
    const auto socket = reinterpret_cast<Socket>(QLibrary::resolve(QStringLiteral("pq"), 5, "PQsocket"));
    if (!socket || std::string_view(handle.typeName()) != "pg_conn*")
        return -1;
    return socket(*static_cast<void* const*>(handle.constData()));
}

ScoreSegment segmentOf(const ScoreBlock& block)
{
    return {block.file, block.offset, block.bytes, block.digest};
}

} // namespace

StoreWorker::StoreWorker(Settings settings) : m_settings(std::move(settings)) { }

StoreWorker::~StoreWorker() = default;

Result<std::unique_ptr<Database>> StoreWorker::connectStore(Database::Access access)
{
    return m_settings.server ? Database::open(*m_settings.server, access) : Database::open(file(), access);
}

Result<std::unique_ptr<Database>> StoreWorker::openCopy()
{
    ProgressSink quiet;
    auto copy = copyStill(file(), quiet);
    if (!copy)
        return copy.error();
    m_copy = std::move(*copy);
    return Database::open(m_copy->database(), Database::Access::Read);
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
    return m_settings.server && m_settings.follow ? subscribe() : Status();
}

Status StoreWorker::subscribe()
{
    QSqlDriver* driver = m_database->connection().driver();
    connect(driver, &QSqlDriver::notification, this,
        [this](const QString&, QSqlDriver::NotificationSource, const QVariant& payload) {
            if (payload.toLongLong() > m_known)
                fetchOthers();
        });
    const QString channel = QStringLiteral("telltale_") + QString::fromStdString(m_settings.server->project);
    if (!driver->subscribeToNotification(channel))
        return m_database->failure(driver->lastError(), "listening");
    const std::scoped_lock lock(m_mutex);
    m_socket = Descriptor(::dup(socketOf(*driver)));
    return {};
}

void StoreWorker::cutConnection()
{
    const std::scoped_lock lock(m_mutex);
    if (m_socket.ok())
        ::shutdown(m_socket.get(), SHUT_RDWR);
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
                database = openCopy();
            if (!database)
                return writing;
            m_database = std::move(*database);
            opened.trouble = writing.error().message;
        } else if (!writing) {
            return writing;
        } else if (auto replayed = replayJournals(*m_database, m_settings.folder / "journal",
                       [this](const PendingEdit& edit) { return uploadBlocks(edit); });
                   !replayed) {
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
    connect(m_poll, &QTimer::timeout, this, [this] { poll(); });
    m_poll->start();
    if (!m_trouble.empty())
        m_retry->start(kRetryFirst);
}

void StoreWorker::poll()
{
    if (!m_database || !m_writable || m_retry->isActive())
        return;
    if (!m_database->isConnected())
        return retryLater(m_database->name() + ": the connection to the server is lost; it is tried again");
    if (!m_queue.empty())
        return;
    const auto now = std::chrono::steady_clock::now();
    if (m_settings.server && now - m_lastLook < kLookAtLog)
        return;
    m_lastLook = now;
    const auto changed = m_database->changedOutside();
    if (!changed || *changed)
        fetchOthers();
}

void StoreWorker::retryLater(const std::string& sentence)
{
    setTrouble(sentence);
    if (!m_retry)
        return;
    m_retryAfter = std::clamp<std::chrono::milliseconds>(m_retryAfter * 2, kRetryFirst, kRetryLast);
    m_retry->start(m_settings.server ? m_retryAfter : kRetryFirst);
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

bool StoreWorker::runInTime(std::function<void()> job, std::chrono::milliseconds limit)
{
    auto done = std::make_shared<std::promise<void>>();
    const std::future<void> finished = done->get_future();
    QMetaObject::invokeMethod(
        this,
        [job = std::move(job), done] {
            job();
            done->set_value();
        },
        Qt::QueuedConnection);
    if (limit != kForEver)
        return finished.wait_for(limit) == std::future_status::ready;
    finished.wait();
    return true;
}

Status StoreWorker::askInTime(std::function<void(Database&)> question)
{
    const bool impatient = m_settings.server && m_settings.follow;
    if (impatient) {
        const std::scoped_lock lock(m_mutex);
        if (!m_trouble.empty())
            return Error{ErrorCode::Io, m_trouble};
    }
    auto asked = std::make_shared<std::atomic<bool>>(false);
    const bool inTime = runInTime(
        [this, asked, question = std::move(question)] {
            if (!m_database)
                return;
            question(*m_database);
            *asked = true;
        },
        impatient ? kPatience : kForEver);
    if (!inTime) {
        const std::string sentence
            = m_settings.server->textWithoutPassword() + ": the server does not answer; edits wait for it";
        setTrouble(sentence); // so that the next one need not wait
        return Error{ErrorCode::Io, sentence};
    }
    if (*asked)
        return {};
    const std::scoped_lock lock(m_mutex);
    return Error{ErrorCode::Io, m_trouble.empty() ? "the project's store is closed" : m_trouble};
}

void StoreWorker::close(const std::map<std::string, std::pair<int64_t, int64_t>>& unused)
{
    const auto run = [this, unused] {
        delete std::exchange(m_retry, nullptr);
        delete std::exchange(m_poll, nullptr);
        if (m_database && m_writable && m_database->isConnected())
            for (const auto& [name, range] : unused)
                (void)m_database->returnIds(name, range.first, range.second);
        m_database.reset();
        const std::scoped_lock lock(m_mutex);
        m_socket = Descriptor();
    };
    const bool impatient = m_settings.server && m_settings.follow;
    if (runInTime(run, impatient ? kPatience : kForEver))
        return;
    cutConnection();
    (void)runInTime([] {}, kForEver);
}

void StoreWorker::work()
{
    if (m_retry && m_retry->isActive())
        return; // in trouble: in its own time
    while (!m_queue.empty())
        if (!commitNext())
            return;
}

void StoreWorker::retry()
{
    // What failed may have been the connection, so it is made anew.
    if (!m_writable || m_settings.server)
        if (auto status = openForWriting(); !status)
            return retryLater(status.error().message);
    if (m_queue.empty() || m_settings.server)
        fetchOthers();
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
    // The server may have had a reason to end the connection; whether the edit was written its token says.
    if (!outcome && !edit->keepTrying && m_settings.server && m_database && !m_database->isConnected())
        outcome = openForWriting() ? attempt() : std::move(outcome);
    if (!outcome && passes(outcome.error()) && edit->keepTrying) {
        retryLater(outcome.error().message);
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
        EditRefused refused;
        refused.edit = edit;
        refused.error = {ErrorCode::Conflict,
            m_database->name() + ": somebody else has changed this meanwhile, it was read anew"};
        refused.outcome = std::move(*outcome);
        emitEvent(std::move(refused));
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
        if (m_queue.empty())
            setTrouble({});
        return;
    }
    retryLater(status.error().message);
}

void StoreWorker::setTrouble(const std::string& sentence)
{
    if (sentence.empty())
        m_retryAfter = 0ms;
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
    lookFor([&] { return edit.done.load(); });
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return edit.done.load(); });
}

Status StoreWorker::waitIdle()
{
    lookFor([this] { return m_waiting == 0; });
    std::unique_lock lock(m_mutex);
    const bool impatient = m_settings.server && m_settings.follow;
    for (;;) {
        const int64_t waiting = m_waiting;
        const auto enough = [&] { return m_waiting != waiting || m_waiting == 0 || !m_trouble.empty(); };
        if (!impatient)
            m_changed.wait(lock, enough);
        else if (!m_changed.wait_for(lock, kPatienceForEdit, enough))
            return Error{
                ErrorCode::Io, m_settings.server->textWithoutPassword() + ": the server does not answer"};
        if (m_waiting == 0)
            return {};
        if (!m_trouble.empty())
            return Error{ErrorCode::Io, m_trouble};
    }
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

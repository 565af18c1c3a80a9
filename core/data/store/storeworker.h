// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/descriptor.h"
#include "data/state.h"
#include "data/store/pendingedit.h"
#include <QObject>
#include <QTimer>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <type_traits>
#include <variant>

namespace telltale {

class ScoreFiles;
class Workbench;

/// What the store tells the document, in the order in which it happened.
struct EditCommitted {
    std::shared_ptr<PendingEdit> edit;
    int64_t sequence = 0;
};
/// Somebody else's entry.
struct EditOfOthers {
    EditRecord record;
    RowChanges changes;
};
/// An edit that will not be written: a conflict, or an error that does not go away.
struct EditRefused {
    std::shared_ptr<PendingEdit> edit;
    Error error;
    CommitOutcome outcome; ///< of a conflict
};
/// Edits wait because of this; an empty sentence: they do not any more.
struct StoreTrouble {
    std::string sentence;
};
struct IdsReserved {
    std::string name;
    int64_t first = 0;
    int64_t count = 0; ///< 0: the store could not be asked
};
/// A block of numbers has come from the server.
struct BlockArrived {
    int64_t runId = 0;
};
using StoreEvent
    = std::variant<EditCommitted, EditOfOthers, EditRefused, StoreTrouble, IdsReserved, BlockArrived>;

/// The one thread that touches a project's database. Make it, move it to a QThread with an event loop, and
/// call from anywhere; what happens comes back as events.
class StoreWorker : public QObject {
    Q_OBJECT
public:
    struct Settings {
        std::filesystem::path folder; ///< local folder of the project
        std::shared_ptr<const ProjectLocation> server; ///< null: project.db in the folder
        std::shared_ptr<ScoreFiles> scores;
        bool follow = false; ///< keeps watching for what others write
    };
    explicit StoreWorker(Settings settings);
    ~StoreWorker() override;

    struct Opened {
        State state;
        EditRecord last; ///< sequence and hash
        std::vector<EditRecord> titles; ///< of every entry, without before and after
        std::map<std::string, int64_t> nextIds;
        std::string trouble; ///< why nothing can be written at the moment; empty: all is well
    };
    /// Connects, enters what programs that died left behind, and reads the project. Blocks.
    Result<Opened> open();
    /// Takes the edit into the queue. Any thread; returns at once.
    void submit(std::shared_ptr<PendingEdit> edit);
    /// Asks for numbers; the answer is an event.
    void reserve(const std::string& name, int64_t count);
    void fetchBlock(const ScoreBlock& block);
    /// Runs `question` on the worker's thread and waits for the answer: not while the store is in trouble
    /// (then its error), and not for ever (Io). The question may still run after that, so what it captures
    /// has to be its own.
    template <typename Question> auto ask(Question question) -> std::invoke_result_t<Question, Database&>
    {
        using Answer = std::invoke_result_t<Question, Database&>;
        auto answer = std::make_shared<Answer>(Error{});
        const Status asked = askInTime([answer, question = std::move(question)](
                                           Database& database) mutable { *answer = question(database); });
        return asked ? std::move(*answer) : Answer(asked.error());
    }
    /// Gives back the numbers that were not used and disconnects. Blocks; a server that does not answer is
    /// not waited for, the journal has the edits.
    void close(const std::map<std::string, std::pair<int64_t, int64_t>>& unused);

    /// Any thread. Blocks until the edit is written or refused.
    void waitFor(const PendingEdit& edit);
    /// Blocks until nothing waits to be written, or the store is in trouble (then its sentence), or a server
    /// has not taken an edit for a while.
    Status waitIdle();
    std::vector<StoreEvent> takeEvents();
    /// Called on the worker's thread when the first event of a batch comes in.
    void setListener(std::function<void()> listener);

private:
    std::filesystem::path file() const { return m_settings.folder / "project.db"; }
    Result<std::unique_ptr<Database>> connectStore(Database::Access access);
    /// SQLite cannot even read where it may not write its lock files: then a copy is shown.
    Result<std::unique_ptr<Database>> openCopy();
    Status openForWriting();
    Status subscribe();
    void follow();
    void poll();
    /// Starts over with a new connection, soon and then more and more seldom.
    void retryLater(const std::string& sentence);
    Status askInTime(std::function<void(Database&)> question);
    /// False if it has not run in time; it will.
    bool runInTime(std::function<void()> job, std::chrono::milliseconds limit);
    /// Any thread. Ends a call to the server that hangs.
    void cutConnection();
    void work();
    void retry();
    /// False if it has to be tried again later.
    bool commitNext();
    Status uploadBlocks(const PendingEdit& edit);
    void deliverOthers(const std::vector<EditRecord>& others);
    void fetchOthers();
    void setTrouble(const std::string& sentence);
    void emitEvent(StoreEvent event);
    void finish(PendingEdit& edit);

    Settings m_settings;
    std::unique_ptr<Workbench> m_copy; ///< that m_database reads, if any
    std::unique_ptr<Database> m_database;
    bool m_writable = false;
    int64_t m_known = 0;
    std::deque<std::shared_ptr<PendingEdit>> m_queue;
    QTimer* m_retry = nullptr;
    QTimer* m_poll = nullptr;
    std::chrono::milliseconds m_retryAfter{0};
    std::chrono::steady_clock::time_point m_lastLook; ///< at the server's log

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<StoreEvent> m_events;
    std::function<void()> m_listener;
    std::string m_trouble;
    std::atomic<int64_t> m_waiting{0}; ///< submitted and not done
    Descriptor m_socket; ///< a second handle of the connection's
};

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "data/document.h"
#include "learn/cmpl/roundrecord.h"
#include "review/biasalarm.h"
#include "review/rounddiff.h"
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace telltale {

/// The rounds of cross-modal pseudo-labelling that a project knows, and what people have made of them since.
/// Plain values, for whoever shows them; what they are read from is rounds.json in the folders of adapted
/// systems, whoever adapted them, window or command line.

/// What people decided about pseudo-labels. Those that a person had decided before the round are not among
/// them.
struct RoundVerdicts {
    int64_t right = 0; ///< kept the class, wherever the ends are now
    int64_t rejected = 0;
    int64_t renamed = 0; ///< another class
    int64_t unclear = 0; ///< skipped or flagged
    int64_t open = 0;
    int64_t gone = 0; ///< the span is not in the project any more
    int64_t labelled = 0; ///< spans that people made themselves: nobody was shown a proposal

    int64_t wrong() const { return rejected + renamed; }
    int64_t decided() const { return right + wrong(); }
    bool operator==(const RoundVerdicts&) const = default;
};

struct RoundClass {
    int64_t named = 0; ///< RecordedRound::named
    int64_t accepted = 0; ///< pseudo-labels; nobody had decided them before
    RoundVerdicts people;
};

/// One round as it stands now.
struct CmplRoundView {
    RecordedRound record;
    std::vector<RoundClass> classes; ///< by class of the scheme
    int64_t accepted = 0;
    int64_t decidedBefore = 0; ///< labels that people had given before the round
    RoundVerdicts people;
    /// Of the pseudo-labels, over the unbroken run of decided audit items (review/audit.h).
    PrecisionEstimate precision;
    int64_t audits = 0; ///< audit items among the pseudo-labels
    std::vector<int64_t> videos; ///< by label: its video, 0: the project has it no more
    std::vector<int64_t> annotations; ///< by label: the span of the project, 0: there is none
    std::vector<BiasAlarm> alarms; ///< over this round and those before it in the same adaptation
};

/// One adaptation.
struct CmplRunView {
    int64_t model = 0; ///< ModelEntry::id of the adapted system
    std::string time;
    bool inUse = false;
    std::string protocol; ///< "inductive", "transductive"
    std::string trouble; ///< a sentence: why there are no rounds to show; empty: there are
    std::vector<CmplRoundView> rounds;
};

struct CmplRounds {
    std::vector<CmplRunView> runs; ///< oldest first
};

/// Records of rounds that were read before: a file is read and parsed anew only if it has changed, because
/// the rounds are judged anew after every decision. Any thread, several at once.
class RoundRecords {
public:
    /// Errors of readFile() and recordedRunFromJson(). What cannot be read is tried again.
    Result<std::shared_ptr<const RecordedRun>> read(const std::filesystem::path& file);

private:
    struct Known {
        std::filesystem::file_time_type time;
        uintmax_t bytes = 0;
        std::shared_ptr<const RecordedRun> run;
    };
    std::mutex m_mutex;
    std::map<std::filesystem::path, Known> m_known;
};

/// The project as it is, so that the rest can run on any thread.
struct CmplRoundsRequest {
    FrozenProject project;
    double auditShare = 0;
    BiasLimits limits;
    std::shared_ptr<RoundRecords> records; ///< null: all files are read
};

/// Quick. `limits`: as readBiasLimits() gives them.
CmplRoundsRequest makeCmplRoundsRequest(const Document& document, double auditShare, const BiasLimits& limits,
    std::shared_ptr<RoundRecords> records = nullptr);
/// Reads the rounds, finds their spans in the project and judges them. A run whose file is away or damaged
/// says so in its `trouble`. Cancelled.
Result<CmplRounds> readCmplRounds(const CmplRoundsRequest& request, ProgressSink& progress);

/// The limits of models/recipes/bias_alarm.json. BadFormat names the file and the key.
Result<BiasLimits> readBiasLimits(const std::filesystem::path& file);
std::filesystem::path biasLimitsFile();

/// Labels of the two rounds that lie in videos of the project, compared. `before` and `after` of the changes
/// are places in RecordedRound::labels.
RoundDiff diffOf(const CmplRoundView& before, const CmplRoundView& after);

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/frozenproject.h"
#include "report/table.h"
#include <cstdint>
#include <string>
#include <vector>

namespace telltale {

/// A model that the figures of a report rest on.
struct SnapshotModel {
    int64_t id = 0; ///< 0: only runs name it
    std::string kind;
    std::string file; ///< or the name that runs gave
    std::string digest; ///< of its file, SHA-256; empty if not known
    std::string recipeDigest; ///< SHA-256 of the recipe as it was stored; empty without one
    std::string protocol; ///< "transductive", "inductive", or empty: not adapted to unlabelled people
    int64_t basedOn = 0; ///< entry of the edit log whose state it was trained on, 0 if not known
    bool active = false;
    int64_t runs = 0; ///< that name it
};

/// What a report was made from, so that its figures can be found again.
struct DataSnapshot {
    int64_t sequence = 0; ///< last durable entry of the edit log
    std::string labels; ///< name of the scheme
    /// SHA-256 over the spans of the working layers: a line "video,class,first,last,person,state" each,
    /// sorted.
    std::string labelsDigest;
    int64_t videos = 0;
    int64_t subjects = 0;
    double minutes = 0;
    int64_t spans = 0;
    int64_t decided = 0; ///< by a person: accepted, corrected, added or rejected
    int64_t open = 0; ///< proposals that nobody decided
    std::vector<SnapshotModel> models;
    bool transductive = false; ///< one of `models` in use has adapted to the people that it is measured on
};

/// Any thread.
DataSnapshot dataSnapshot(const FrozenProject& project);
std::vector<Table> tables(const DataSnapshot& snapshot);

} // namespace telltale

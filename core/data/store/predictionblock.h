// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/store/scorefiles.h"
#include "data/types.h"
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// The bytes of a block. On another machine than the one that wrote it a block lies elsewhere, and its digest
/// finds it. Errors of ScoreFiles::map.
Result<MappedBytes> bytesOf(const ScoreFiles& files, const ScoreBlock& block);

/// All predictions of a run as one block for ScoreFiles: rows of one width, 64-byte aligned, in the order
/// given. `id`, `runId` and `videoId` are not stored. Equal predictions give equal bytes.
std::string formatPredictions(const std::vector<Prediction>& predictions);

/// Reads such a block in place: what is not asked for is not touched, so that a mapped block costs the rows
/// that are looked at and nothing else. Immutable; any thread. Any bytes at all are safe to read; each row
/// has a checksum.
class PredictionBlock {
public:
    /// BadFormat if the bytes are no such block or were cut, NewerSchema if a newer version wrote them.
    static Result<PredictionBlock> read(MappedBytes bytes);

    int64_t count() const { return m_count; }
    /// One prediction with ids 0. BadFormat if its row is damaged, InvalidArgument if there is no such row.
    Result<Prediction> at(int64_t i) const;
    /// Of the row alone and unchecked, for going over many rows: {0, 0} and 0 if there is no such row.
    FrameSpan span(int64_t i) const;
    double detectorScore(int64_t i) const;
    /// The highest fused probability, 0 if there is none.
    float bestScore(int64_t i) const;

private:
    friend std::string formatPredictions(const std::vector<Prediction>& predictions);
    struct Layout;
    struct Row;

    bool readHead(int64_t i, Row& head) const;

    MappedBytes m_bytes;
    int64_t m_count = 0;
    std::shared_ptr<const Layout> m_layout;
    std::string_view m_rows;
    std::string_view m_texts; ///< the births
};

/// The prediction `id` of the run that the block is of, with its ids; null if its row is damaged or there is
/// none.
std::shared_ptr<const Prediction> predictionOf(
    const PredictionBlock& block, const PredictionRun& run, int64_t id);

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/progress.h"
#include "data/document.h"
#include <filesystem>
#include <functional>
#include <memory>

namespace telltale {

/// What the projects of `bench store` hold.
struct BenchProjectSize {
    int videos = 1;
    int spansOfPersons = 0; ///< of each video
    int runs = 0; ///< of each video; each sees every span of a person again and finds as many new ones
    int64_t spans() const { return int64_t{2} * videos * spansOfPersons; }
    int64_t predictions() const { return int64_t{2} * videos * spansOfPersons * runs; }
};
/// 500 videos, 100,000 spans, 1,000,000 predictions.
inline constexpr BenchProjectSize kBigProject{500, 100, 10};

/// A project of this size in `folder`, made where there is none yet; its classes are the first 17 of the
/// scheme. Io, Cancelled.
Status makeBenchProject(const std::filesystem::path& folder, const BenchProjectSize& size,
    const LabelScheme& scheme, ProgressSink& progress);
/// 17 classes of no meaning.
LabelScheme benchScheme();

/// A file that grows by 4 KiB at a time and is on the disk after each: the least that durability costs.
class PlainAppender {
public:
    explicit PlainAppender(const std::filesystem::path& file);
    ~PlainAppender();
    PlainAppender(const PlainAppender&) = delete;
    PlainAppender& operator=(const PlainAppender&) = delete;
    Status append();

private:
    std::filesystem::path m_file;
    int m_fd;
};

} // namespace telltale

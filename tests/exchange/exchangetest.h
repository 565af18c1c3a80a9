// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/files.h"
#include "base/random.h"
#include "data/document.h"
#include "exchange/importplan.h"
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tuple>
#include <unistd.h>

namespace telltale {

/// Projects in a folder of their own, and what the formats do to them.
class ExchangeTest : public testing::Test {
protected:
    ExchangeTest()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "telltale_exchange_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~ExchangeTest() override
    {
        std::error_code ec;
        std::filesystem::remove_all(m_folder, ec);
    }

    std::filesystem::path path(const std::string& name) const { return m_folder / name; }

    std::unique_ptr<Document> project(const std::string& name, const std::string& labels)
    {
        auto document = Document::create(path(name), *loadLabelScheme(labels));
        EXPECT_TRUE(document.ok()) << document.error().message;
        return std::move(*document);
    }

    static int64_t addOffline(Document& document, const std::string& name, int64_t frames, double fps)
    {
        VideoEntry video;
        video.name = name;
        video.subject = "s1";
        video.frameCount = frames;
        video.fps = fps;
        video.durationUs = FrameTimes::nominal(frames, fps).duration().count();
        video.offline = true;
        return *document.addVideo(video);
    }

    static Annotation span(
        int64_t video, FrameSpan frames, int classId, SpanState state = SpanState::Accepted)
    {
        Annotation annotation;
        annotation.videoId = video;
        annotation.span = frames;
        annotation.classId = classId;
        annotation.state = state;
        return annotation;
    }

    /// `count` spans over the whole video, among them the shortest and both ends.
    static void addManySpans(
        Document& document, int64_t video, int64_t frames, int count, bool rejectedToo = false)
    {
        std::vector<Annotation> spans{span(video, {0, 1}, 0), span(video, {frames - 1, frames}, 1)};
        Random random(static_cast<uint64_t>(frames));
        const int classes = document.scheme().classCount();
        while (static_cast<int>(spans.size()) < count) {
            const int64_t first = random.below(frames - 200);
            spans.push_back(
                span(video, {first, first + 1 + random.below(150)}, static_cast<int>(random.below(classes)),
                    random.chance(0.3) ? SpanState::Corrected : SpanState::Accepted));
        }
        if (rejectedToo)
            spans.push_back(span(video, {5, 9}, 0, SpanState::Rejected));
        ASSERT_TRUE(document.addAnnotations(spans, QStringLiteral("test")).ok());
    }

    Result<ImportReport> import(Document& document, const std::string& format,
        const std::filesystem::path& file, ImportOptions options = {})
    {
        return (*findFormat(format))->read(document, {file}, options, m_quiet);
    }

    Result<std::vector<std::string>> exportTo(const Document& document, const std::string& format,
        const std::filesystem::path& out, ExportOptions options = {})
    {
        return (*findFormat(format))->write(document, out, options, m_quiet);
    }

    /// The sentence of an import that has to fail and to leave the project alone.
    std::string importError(Document& document, const std::string& format, const std::filesystem::path& file)
    {
        const auto edits = document.summary().edits;
        const auto report = import(document, format, file);
        EXPECT_EQ(document.summary().edits, edits);
        return report ? "it was imported" : report.error().message;
    }

    std::filesystem::path write(const std::string& name, const std::string& text)
    {
        std::filesystem::create_directories(path(name).parent_path());
        EXPECT_TRUE(writeFileAtomically(path(name), text).ok());
        return path(name);
    }

    /// Video name, span and class of all live spans, in order.
    using Flat = std::vector<std::tuple<std::string, int64_t, int64_t, int>>;
    static Flat flat(const Document& document)
    {
        Flat rows;
        for (const Annotation& one : document.allAnnotations())
            if (one.state != SpanState::Rejected)
                rows.emplace_back(
                    document.video(one.videoId)->name, one.span.first, one.span.last, one.classId);
        std::ranges::sort(rows);
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
        return rows;
    }

    /// The folder of real files; empty if it is not there.
    static std::filesystem::path testData()
    {
        const char* folder = std::getenv("TELLTALE_TESTDATA");
        const std::filesystem::path data = folder
            ? std::filesystem::path(folder)
            : std::filesystem::path(TELLTALE_SOURCE_DIR) / ".." / "shared" / "testdata";
        return std::filesystem::exists(data) ? data : std::filesystem::path();
    }

    ProgressSink m_quiet;

private:
    std::filesystem::path m_folder;
};

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/relocate.h"
#include "base/files.h"
#include "data/document.h"
#include "media/videoendings.h"
#include "pipeline/project.h"
#include <algorithm>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kFilesBetweenReports = 64;

class Search {
public:
    Search(const std::vector<MissingVideo>& missing, ProgressSink& progress)
        : m_missing(missing)
        , m_progress(progress)
        , m_files(missing.size())
    {
        for (size_t i = 0; i < missing.size(); ++i) {
            const MissingVideo& video = missing[i];
            if (video.waiting) {
                m_waiting[video.name].push_back(i);
                continue;
            }
            m_sizes.insert(video.bytes);
            m_extensions.insert(video.file.extension());
        }
    }

    /// False if there is nothing left to look for.
    Result<bool> lookThrough(const fs::path& folder)
    {
        std::error_code error;
        fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
        if (error)
            return Error{
                ErrorCode::NotFound, folder.string() + ": cannot be looked through, " + error.message()};
        while (entry != fs::recursive_directory_iterator()) {
            if (m_progress.cancelled())
                return Error{ErrorCode::Cancelled, "cancelled"};
            if (m_result.files % kFilesBetweenReports == 0)
                m_progress.report(0, 0, entry->path().parent_path().string());
            if (entry->is_regular_file(error)) {
                ++m_result.files;
                if (look(*entry))
                    return false;
            }
            entry.increment(error);
            if (error) // the folder that was being read has gone
                break;
        }
        return true;
    }

    VideoSearch result()
    {
        for (size_t i = 0; i < m_missing.size(); ++i)
            if (!m_files[i].empty())
                m_result.found.push_back({m_missing[i].id, m_files[i]});
        return std::move(m_result);
    }

private:
    /// True once every video is found under its old name.
    bool look(const fs::directory_entry& entry)
    {
        lookByName(entry.path());
        lookByContent(entry);
        return m_named.size() == m_missing.size();
    }

    void lookByName(const fs::path& file)
    {
        const auto waiting = m_waiting.find(file.stem().string());
        if (waiting == m_waiting.end() || !hasVideoEnding(file))
            return;
        for (const size_t i : waiting->second)
            if (m_named.insert(i).second)
                m_files[i] = file;
    }

    void lookByContent(const fs::directory_entry& entry)
    {
        std::error_code error;
        const auto size = static_cast<int64_t>(entry.file_size(error));
        const bool unknownSize = m_sizes.contains(0) && m_extensions.contains(entry.path().extension());
        if (error || (!m_sizes.contains(size) && !unknownSize))
            return;
        const auto fingerprint = fileFingerprint(entry.path());
        if (!fingerprint) {
            ++m_result.unreadable;
            return;
        }
        for (size_t i = 0; i < m_missing.size(); ++i) {
            if (m_missing[i].waiting || m_missing[i].fingerprint != *fingerprint)
                continue;
            const bool sameName = entry.path().filename() == m_missing[i].file.filename();
            if (m_files[i].empty() || (sameName && !m_named.contains(i)))
                m_files[i] = entry.path();
            if (sameName)
                m_named.insert(i);
        }
    }

    const std::vector<MissingVideo>& m_missing;
    ProgressSink& m_progress;
    std::map<std::string, std::vector<size_t>> m_waiting; ///< by name
    std::set<int64_t> m_sizes;
    std::set<fs::path> m_extensions;
    std::vector<fs::path> m_files; ///< one for each missing video, empty: not found
    std::set<size_t> m_named; ///< those found under their old names
    VideoSearch m_result;
};

} // namespace

std::vector<MissingVideo> missingVideos(const Document& document)
{
    std::vector<MissingVideo> missing;
    for (const VideoEntry& video : document.videos()) {
        if (video.offline)
            missing.push_back({video.id, video.name, {}, {}, 0, true});
    }
    for (const VideoEntry& video : document.videos()) {
        std::error_code error;
        const fs::path file = document.absolute(video.path);
        if (!video.offline && !video.fingerprint.empty() && !fs::exists(file, error))
            missing.push_back({video.id, video.name, file, video.fingerprint, video.bytes});
    }
    return missing;
}

Result<VideoSearch> searchVideos(
    const std::vector<MissingVideo>& missing, const std::vector<fs::path>& folders, ProgressSink& progress)
{
    Search search(missing, progress);
    if (missing.empty())
        return search.result();
    for (const fs::path& folder : folders) {
        const auto goOn = search.lookThrough(folder);
        if (!goOn)
            return goOn.error();
        if (!*goOn)
            break;
    }
    return search.result();
}

VideoPlaces splitPlaces(const Document& document, const std::map<int64_t, fs::path>& places)
{
    VideoPlaces split;
    for (const auto& [id, file] : places) {
        const VideoEntry* video = document.video(id);
        (video && video->offline ? split.waiting : split.moved).emplace(id, file);
    }
    return split;
}

Status takePlaces(Document& document, const std::map<int64_t, fs::path>& places, ProgressSink& progress)
{
    const auto [moved, waiting] = splitPlaces(document, places);
    if (!moved.empty())
        if (auto status = document.relocateVideos(moved); !status)
            return status;
    for (const auto& [id, file] : waiting) {
        const auto probed = probeVideoFile(file, progress);
        if (!probed)
            return probed.error();
        if (auto status = findProbedVideo(document, id, *probed); !status)
            return status;
    }
    return {};
}

} // namespace telltale

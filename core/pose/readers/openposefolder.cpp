// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "pose/readers/openposepicture.h"
#include "pose/tracks/peopleframes.h"
#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kMostThreads = 8;
constexpr size_t kFilesAtATime = 64;

Error bad(const fs::path& file, const std::string& what)
{
    return {ErrorCode::BadFormat, file.string() + ": " + what};
}

/// Last run of digits in a file name; -1 without one.
int64_t frameNumber(const std::string& name)
{
    size_t end = name.size();
    while (end > 0 && (name[end - 1] < '0' || name[end - 1] > '9'))
        --end;
    size_t start = end;
    while (start > 0 && name[start - 1] >= '0' && name[start - 1] <= '9')
        --start;
    return end > start && end - start <= 15 ? std::stoll(name.substr(start, end - start)) : -1;
}

/// "_keypoints" and the like stand after the number; digits in "25b" or "cam01" before it.
std::vector<std::pair<int64_t, fs::path>> numberedFiles(const fs::path& folder, std::error_code& ec)
{
    std::vector<std::pair<int64_t, fs::path>> files;
    for (fs::directory_iterator entry(folder, ec), end; !ec && entry != end; entry.increment(ec))
        if (entry->path().extension() == ".json")
            files.emplace_back(frameNumber(entry->path().stem().string()), entry->path());
    std::ranges::sort(files);
    return files;
}

/// The pictures of all files; of several failures that of the first file.
class FolderReader {
public:
    explicit FolderReader(const std::vector<std::pair<int64_t, fs::path>>& files)
        : m_files(files)
        , m_pictures(files.size())
    {
    }

    Result<std::vector<OpenPosePicture>> read()
    {
        const size_t pieces = m_files.size() / kFilesAtATime + 1;
        const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
        {
            std::vector<std::jthread> helpers;
            for (size_t i = 1; i < std::min<size_t>(cores, pieces); ++i)
                helpers.emplace_back([this] { work(); });
            work();
        }
        if (m_error)
            return *m_error;
        return std::move(m_pictures);
    }

private:
    void work()
    {
        for (size_t from = m_next.fetch_add(kFilesAtATime); from < m_files.size();
             from = m_next.fetch_add(kFilesAtATime))
            for (size_t i = from; i < std::min(from + kFilesAtATime, m_files.size()); ++i)
                if (!readOne(i))
                    return;
    }

    bool readOne(size_t i)
    {
        const auto& [frame, file] = m_files[i];
        const auto text = readFile(file);
        auto picture
            = text ? parseOpenPosePicture(*text, frame, file) : Result<OpenPosePicture>(text.error());
        if (picture) {
            m_pictures[i] = std::move(*picture);
            return true;
        }
        const std::lock_guard lock(m_mutex);
        if (!m_error || i < m_bad) {
            m_error = picture.error();
            m_bad = i;
        }
        return false;
    }

    const std::vector<std::pair<int64_t, fs::path>>& m_files;
    std::vector<OpenPosePicture> m_pictures;
    std::atomic<size_t> m_next = 0;
    std::mutex m_mutex;
    std::optional<Error> m_error;
    size_t m_bad = 0;
};

} // namespace

Result<SkeletonFile> readOpenPoseFolder(const fs::path& folder)
{
    std::error_code ec;
    const auto files = numberedFiles(folder, ec);
    if (ec)
        return Error{ErrorCode::Io, folder.string() + ": cannot be listed (" + ec.message() + ")"};
    if (files.empty())
        return bad(folder, "holds no .json file; a folder of OpenPose has one for each picture");
    std::vector<fs::path> paths;
    paths.reserve(files.size());
    for (size_t i = 0; i < files.size(); ++i) {
        const auto& [frame, file] = files[i];
        if (frame < 0 || (i > 0 && frame == files[i - 1].first))
            return bad(file, "its name must end in a frame number of its own");
        paths.push_back(file);
    }
    auto pictures = FolderReader(files).read();
    if (!pictures)
        return pictures.error();
    return joinOpenPosePictures(std::move(*pictures), paths, folder);
}

} // namespace telltale

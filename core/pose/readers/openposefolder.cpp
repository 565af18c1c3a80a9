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

using NumberedFiles = std::vector<std::pair<int64_t, std::string>>;

/// "_keypoints" and the like stand after the number; digits in "25b" or "cam01" before it. Hidden files are
/// those that other systems put beside copied ones.
NumberedFiles numberedFiles(const fs::path& folder, std::error_code& ec)
{
    NumberedFiles files;
    for (fs::directory_iterator entry(folder, ec), end; !ec && entry != end; entry.increment(ec))
        if (const fs::path& path = entry->path();
            path.extension() == ".json" && !path.filename().string().starts_with('.'))
            files.emplace_back(openPoseFrame(path.stem().string()), path.string());
    std::ranges::sort(files);
    return files;
}

/// The pictures of all files; of several failures that of the first file.
class FolderReader {
public:
    explicit FolderReader(const NumberedFiles& files) : m_files(files), m_pictures(files.size()) { }

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

    const NumberedFiles& m_files;
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
    auto files = numberedFiles(folder, ec);
    if (ec)
        return Error{ErrorCode::Io, folder.string() + ": cannot be listed (" + ec.message() + ")"};
    if (files.empty())
        return bad(folder, "holds no .json file; a folder of OpenPose has one for each picture");
    for (size_t i = 0; i < files.size(); ++i)
        if (files[i].first < 0 || (i > 0 && files[i].first == files[i - 1].first))
            return bad(files[i].second, "its name must end in a frame number of its own");
    auto pictures = FolderReader(files).read();
    if (!pictures)
        return pictures.error();
    std::vector<std::string> names;
    names.reserve(files.size());
    for (auto& [frame, file] : files)
        names.push_back(std::move(file));
    return joinOpenPosePictures(std::move(*pictures), names, folder);
}

} // namespace telltale

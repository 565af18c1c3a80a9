// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include "pose/layout.h"
#include "pose/posetrack.h"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace telltale {

/// Real files of others; absent on most machines.
inline std::filesystem::path testdataFolder()
{
    const char* folder = std::getenv("TELLTALE_TESTDATA");
    return folder ? std::filesystem::path(folder)
                  : std::filesystem::path(TELLTALE_SOURCE_DIR) / "../shared/testdata";
}

/// A folder that is gone with the object.
class ScratchFolder {
public:
    explicit ScratchFolder(const std::string& name)
        : m_path(
            std::filesystem::temp_directory_path() / ("telltale_pose_" + name + std::to_string(getpid())))
    {
        std::filesystem::create_directories(m_path);
    }
    ~ScratchFolder() { std::filesystem::remove_all(m_path); }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    std::filesystem::path write(const std::string& name, const std::string& content) const
    {
        std::ofstream(m_path / name, std::ios::binary) << content;
        return m_path / name;
    }
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// A track of our 68 points with random places and some points missing.
inline PoseTrack randomTrack(int64_t rows, int persons, uint64_t seed)
{
    Random random(seed);
    PoseTrack track;
    track.persons = persons;
    track.pointCount = kPointCount;
    for (int64_t row = 0; row < rows; ++row)
        track.frames.push_back(row);
    track.points.resize(static_cast<size_t>(rows * persons * kPointCount));
    for (PosePoint& point : track.points)
        if (random.chance(0.8))
            point = {static_cast<float>(random.uniform(1, 1900)), static_cast<float>(random.uniform(1, 1000)),
                static_cast<float>(random.uniform(0.1, 1))};
    return track;
}

} // namespace telltale

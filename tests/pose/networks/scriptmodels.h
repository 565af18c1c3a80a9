// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/estimator.h"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace telltale {

/// A folder that is gone with the object.
class ModelFolder {
public:
    explicit ModelFolder(const std::string& name)
        : m_path(
            std::filesystem::temp_directory_path() / ("telltale_networks_" + name + std::to_string(getpid())))
    {
        std::filesystem::remove_all(m_path);
        std::filesystem::create_directories(m_path);
    }
    ~ModelFolder() { std::filesystem::remove_all(m_path); }
    ModelFolder(const ModelFolder&) = delete;
    ModelFolder& operator=(const ModelFolder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    std::filesystem::path write(const std::string& name, const std::string& content) const
    {
        std::ofstream(m_path / name, std::ios::binary) << content;
        return m_path / name;
    }
    /// A TorchScript network whose function forward has this body, and its card.
    std::filesystem::path writeModel(
        const std::string& name, const std::string& body, const std::string& card) const;

private:
    std::filesystem::path m_path;
};

/// A grey picture of which single places can be coloured.
struct TestPicture {
    TestPicture(int w, int h) : width(w), height(h), bgra(static_cast<size_t>(w) * h * 4) { }
    /// A soft spot around (x, y), the middle of pixel i being i + 0.5, in channel 0 (blue) to 2 (red).
    void spot(double x, double y, int channel, double radius = 3);
    PosePicture view() const { return {bgra, width, height, 0, 0, {}}; }

    int width;
    int height;
    std::vector<uint8_t> bgra;
};

/// Body of a network that takes red spots as left wrists and green ones as right wrists of coco17: its maps
/// are the channels of its input.
inline constexpr const char* kWristMaps = R"(
    maps = torch.zeros([x.size(0), 17, x.size(2), x.size(3)])
    maps[:, 9] = x[:, 0] / 255.0
    maps[:, 10] = x[:, 1] / 255.0
    return maps
)";

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/layout.h"
#include "pose/layouts/layoutspec.h"
#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <mutex>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 8> kPartNames
    = {"head", "torso", "left_arm", "right_arm", "left_hand", "right_hand", "left_leg", "right_leg"};

/// Layouts of files that were read in this process. They stay where they are: others hold pointers to them.
class ReadLayouts {
public:
    const PoseLayout* find(std::string_view name)
    {
        const std::lock_guard lock(m_mutex);
        return findLocked(name);
    }

    Result<const PoseLayout*> add(PoseLayout layout, const fs::path& file)
    {
        const std::lock_guard lock(m_mutex);
        if (const PoseLayout* there = findLocked(layout.name)) {
            if (formatLayout(*there) == formatLayout(layout))
                return there;
            return Error{ErrorCode::Conflict,
                file.string() + ": layout '" + layout.name
                    + "' differs from the one of that name which is in use already, give it another name"};
        }
        m_layouts.push_back(std::make_unique<PoseLayout>(std::move(layout)));
        return m_layouts.back().get();
    }

private:
    const PoseLayout* findLocked(std::string_view name) const
    {
        for (const auto& layout : m_layouts)
            if (layout->name == name)
                return layout.get();
        return nullptr;
    }

    std::mutex m_mutex;
    std::vector<std::unique_ptr<PoseLayout>> m_layouts;
};

ReadLayouts& readLayouts()
{
    static ReadLayouts layouts;
    return layouts;
}

/// A name that a file of the user's folder may have: no way out of the folder.
bool isPlainName(std::string_view name)
{
    return !name.empty() && name.size() <= 100 && name.front() != '.'
        && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
                   || c == '-' || c == '.';
           });
}

Result<const PoseLayout*> addFile(const fs::path& file)
{
    auto layout = readLayoutFile(file);
    if (!layout)
        return layout.error();
    return readLayouts().add(std::move(*layout), file);
}

Error unknownLayout(std::string_view name)
{
    std::string known;
    for (const PoseLayout& layout : poseLayouts())
        known += (known.empty() ? "" : ", ") + layout.name;
    for (const fs::path& file : userLayoutFiles())
        known += ", " + file.stem().string();
    return {ErrorCode::NotFound,
        "there is no skeleton layout '" + std::string(name) + "'; the known ones are " + known
            + ". A layout of your own is a file NAME.json in " + userLayoutFolder().string()};
}

} // namespace

std::string_view nameOf(BodyPart part) { return kPartNames[static_cast<size_t>(part)]; }

const std::vector<PoseLayout>& poseLayouts()
{
    static const std::vector<PoseLayout> layouts = [] {
        std::vector<PoseLayout> all;
        for (const LayoutSpec& spec : layoutSpecs())
            all.push_back(makeLayout(spec));
        for (PoseLayout& layout : all)
            addSources68(layout, all.front());
        return all;
    }();
    return layouts;
}

Result<const PoseLayout*> findPoseLayout(std::string_view name)
{
    for (const PoseLayout& layout : poseLayouts())
        if (layout.name == name)
            return &layout;
    if (const PoseLayout* layout = readLayouts().find(name))
        return layout;
    const fs::path file = userLayoutFolder() / (std::string(name) + ".json");
    std::error_code ec;
    if (!isPlainName(name) || !fs::exists(file, ec))
        return unknownLayout(name);
    auto layout = addFile(file);
    if (layout && (*layout)->name != name)
        return Error{ErrorCode::BadFormat,
            file.string() + ": holds the layout '" + (*layout)->name
                + "', rename the file or set its field 'layout' to '" + std::string(name) + "'"};
    return layout;
}

Result<const PoseLayout*> openPoseLayout(const std::string& nameOrFile)
{
    const bool isFile = nameOrFile.ends_with(".json") || nameOrFile.find('/') != std::string::npos;
    return isFile ? addFile(nameOrFile) : findPoseLayout(nameOrFile);
}

fs::path userLayoutFolder()
{
    const char* data = std::getenv("XDG_DATA_HOME");
    const char* home = std::getenv("HOME");
    const fs::path base = data && *data ? fs::path(data) : fs::path(home ? home : ".") / ".local" / "share";
    return base / "telltale" / "layouts";
}

std::vector<fs::path> userLayoutFiles()
{
    std::vector<fs::path> files;
    std::error_code ec;
    for (fs::directory_iterator entry(userLayoutFolder(), ec), end; !ec && entry != end; entry.increment(ec))
        if (entry->path().extension() == ".json")
            files.push_back(entry->path());
    std::sort(files.begin(), files.end());
    return files;
}

const std::vector<int>& parents68() { return poseLayouts().front().parents; }

} // namespace telltale

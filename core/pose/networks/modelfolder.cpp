// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Pose models by name.
#include "base/files.h"
#include "base/sha256.h"
#include "pose/networks/modelcard.h"
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCardEnding = ".card.json";
constexpr std::array kModelEndings = {".onnx", ".pb", ".caffemodel", ".pt", ".pth", ".ts"};

fs::path userFolder()
{
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
        return fs::path(data) / "telltale" / "models";
    const char* home = std::getenv("HOME");
    return fs::path(home ? home : ".") / ".local" / "share" / "telltale" / "models";
}

bool isModel(const fs::path& file)
{
    return std::find(kModelEndings.begin(), kModelEndings.end(), file.extension().string())
        != kModelEndings.end();
}

std::string nameOf(const fs::path& file)
{
    const std::string name = file.filename().string();
    if (name.ends_with(kCardEnding)) {
        const fs::path rest = name.substr(0, name.size() - kCardEnding.size());
        return isModel(rest) ? rest.stem().string() : rest.string();
    }
    return isModel(file) ? file.stem().string() : name;
}

std::vector<fs::path> filesIn(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code ec;
    for (fs::directory_iterator at(folder, ec), end; !ec && at != end; at.increment(ec))
        files.push_back(at->path());
    std::sort(files.begin(), files.end());
    return files;
}

bool sameContent(const fs::path& a, const fs::path& b)
{
    const auto first = readFile(a);
    const auto second = readFile(b);
    return first && second && sha256(*first) == sha256(*second);
}

Status copyInto(const fs::path& from, const fs::path& to)
{
    std::error_code ec;
    if (fs::exists(to, ec))
        return sameContent(from, to) ? Status()
                                     : Error{ErrorCode::Conflict,
                                         to.string() + ": another file has this name, rename " + from.string()
                                             + " or remove the old one"};
    const auto bytes = readFile(from);
    if (!bytes)
        return bytes.error();
    return writeFileAtomically(to, *bytes);
}

} // namespace

std::vector<fs::path> poseModelFolders() { return {userFolder(), dataFolder() / "models" / "pose"}; }

Result<fs::path> findPoseModel(const std::string& nameOrFile)
{
    std::error_code ec;
    if (fs::exists(nameOrFile, ec))
        return fs::path(nameOrFile);
    if (nameOrFile.find('/') != std::string::npos)
        return Error{ErrorCode::NotFound, nameOrFile + ": there is no such pose model"};
    std::string folders;
    for (const fs::path& folder : poseModelFolders()) {
        folders += (folders.empty() ? "" : " and ") + folder.string();
        for (const fs::path& file : filesIn(folder))
            if (isModel(file) && (file.filename() == nameOrFile || nameOf(file) == nameOrFile))
                return file;
    }
    for (const KnownPoseModel& known : knownPoseModels())
        if (known.name == nameOrFile || known.name == nameOf(nameOrFile))
            return Error{ErrorCode::NotFound,
                nameOrFile + ": its card is here, but not the model itself; get it"
                    + (known.content.source.empty() ? std::string() : " from " + known.content.source)
                    + " and enter it with `telltale-cli models add FILE --card " + known.card.string() + "`"};
    return Error{ErrorCode::NotFound,
        nameOrFile + ": there is no such pose model, neither as a file nor by this name in " + folders
            + "; `telltale-cli models list` shows those that are there, `models add FILE` enters one"};
}

std::vector<KnownPoseModel> knownPoseModels()
{
    std::map<std::string, KnownPoseModel> known;
    for (const fs::path& folder : poseModelFolders())
        for (const fs::path& file : filesIn(folder)) {
            const bool card = file.filename().string().ends_with(kCardEnding);
            if (!card && !isModel(file))
                continue;
            KnownPoseModel& row = known[nameOf(file)];
            row.name = nameOf(file);
            fs::path& place = card ? row.card : row.file;
            if (place.empty()) // the user's folder comes first
                place = file;
        }
    std::vector<KnownPoseModel> list;
    list.reserve(known.size());
    for (auto& [name, row] : known) {
        if (!row.card.empty()) {
            if (auto card = readPoseModelCard(row.card))
                row.content = *std::move(card);
            else
                row.problem = card.error().message;
        }
        if (row.file.empty() && row.problem.empty())
            row.problem = "the model itself is not here";
        list.push_back(std::move(row));
    }
    return list;
}

Result<fs::path> addPoseModel(const fs::path& file, const fs::path& card)
{
    PoseModelOptions options;
    options.card = card;
    if (const auto opened = openPoseModel(file, options); !opened)
        return opened.error();
    const fs::path folder = userFolder();
    if (Status status = ensureWritableFolder(folder); !status)
        return status.error();
    fs::path ownCard = card;
    for (const fs::path& beside :
        {fs::path(file.string() + std::string(kCardEnding)), fs::path(file).replace_extension(kCardEnding)}) {
        std::error_code ec;
        if (ownCard.empty() && fs::exists(beside, ec))
            ownCard = beside;
    }
    const fs::path target = folder / file.filename();
    std::vector<std::pair<fs::path, fs::path>> copies;
    if (!ownCard.empty())
        copies.emplace_back(ownCard, target.string() + std::string(kCardEnding));
    if (file.extension() == ".caffemodel")
        copies.emplace_back(
            fs::path(file).replace_extension(".prototxt"), fs::path(target).replace_extension(".prototxt"));
    copies.emplace_back(file, target);
    for (const auto& [from, to] : copies)
        if (Status status = copyInto(from, to); !status)
            return status.error();
    return target;
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "data/document.h"
#include "exchange/dataset/datasetmedia.h"
#include "exchange/dataset/datasetplan.h"
#include "exchange/dataset/datasetposes.h"
#include "exchange/dataset/datasettables.h"
#include "exchange/dataset/manifest.h"
#include "exchange/formats.h"
#include "exchange/importplan.h"
#include "exchange/outgoing.h"
#include <chrono>
#include <ctime>

namespace telltale {
namespace {

namespace fs = std::filesystem;

std::string today()
{
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm day{};
    gmtime_r(&now, &day);
    std::array<char, 16> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d", &day);
    return text.data();
}

/// The folders that the files of this dataset go to.
Status makeFolders(const fs::path& folder, const DatasetOptions& options)
{
    std::vector<const char*> names{"annotations", "masks"};
    if (options.clips != DatasetOptions::Clips::None)
        names.insert(names.end(), {"clips", "mmaction2"});
    if (options.joints)
        names.insert(names.end(), {"joints", "pyskl"});
    if (options.heatmaps != DatasetOptions::Heatmaps::None)
        names.push_back("heatmaps");
    if (options.tracks)
        names.push_back("tracks");
    if (options.videos != DatasetOptions::Videos::None)
        names.push_back("videos");
    for (const char* name : names)
        if (auto status = ensureWritableFolder(folder / name); !status)
            return status;
    return {};
}

Status writeAll(const fs::path& folder, const std::vector<OutgoingFile>& files)
{
    for (const OutgoingFile& file : files)
        if (auto status = writeFileAtomically(folder / file.name, file.content); !status)
            return status;
    return {};
}

/// Everything that training takes, in one folder.
class DatasetFormat final : public ExchangeFormat {
public:
    FormatKind kind() const override { return FormatKind::Dataset; }
    std::string name() const override { return "dataset"; }
    std::string title() const override
    {
        return "Labelled dataset (PYSKL, MMAction2, OpenTAD, ActionFormer)";
    }
    std::string fileFilter() const override { return {}; }
    bool canImport() const override { return false; }
    std::vector<FormatSetting> exportSettings() const override { return datasetSettings(); }

    Result<ImportPlan> plan(
        const Document&, const std::vector<fs::path>&, const ImportOptions&, ProgressSink&) const override
    {
        return Error{ErrorCode::Unsupported,
            "datasets are written, not read; import annotations/activitynet.json of one as activitynet"};
    }

    Result<std::vector<std::string>> write(const Document& document, const fs::path& out,
        const ExportOptions& options, ProgressSink& progress) const override
    {
        auto wanted = datasetOptions(options);
        if (!wanted)
            return wanted.error();
        if (!wanted->anonymous)
            wanted->date = today();
        std::vector<std::string> notes;
        auto project = outgoing(document, name(), options, progress, notes);
        if (!project)
            return project.error();
        DatasetPlan plan = planDataset(document, std::move(*project), *wanted, options.states);
        FolderWriter writer(out);
        if (auto status = writer.begin(); !status)
            return status.error();
        if (auto status = fill(document, plan, writer.path(""), progress, notes); !status)
            return status.error();
        if (auto status = writer.finish(); !status)
            return status.error();
        notes.insert(notes.end(), plan.left.begin(), plan.left.end());
        notes.push_back(std::to_string(plan.samples.size()) + " samples in the dataset");
        notes.push_back(Conventions{"frames and seconds of the video's own time stamps",
            "frames count from 0", "the end is exclusive", kTimesToFrames}
                            .sentence());
        return notes;
    }

private:
    static Status fill(const Document& document, DatasetPlan& plan, const fs::path& folder,
        ProgressSink& progress, std::vector<std::string>& notes)
    {
        if (auto status = makeFolders(folder, plan.options); !status)
            return status;
        if (auto status = writePoses(document, plan, folder, progress, notes); !status)
            return status;
        const fs::path indexes = document.folder() / "cache" / "index";
        if (auto status = writeClips(plan, folder, indexes, progress, notes); !status)
            return status;
        if (auto status = placeVideos(plan, folder, progress, notes); !status)
            return status;
        if (auto status = writeAll(folder, datasetTables(plan)); !status)
            return status;
        if (auto status = writeAll(folder, trainingLists(plan)); !status)
            return status;
        if (auto status = writeAll(folder, {datasetCard(plan)}); !status)
            return status;
        return writeManifest(folder, progress);
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeDatasetFormat() { return std::make_unique<DatasetFormat>(); }

} // namespace telltale

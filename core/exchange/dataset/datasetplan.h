// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/format.h"
#include "exchange/spans.h"
#include <array>
#include <map>
#include <string>
#include <vector>

namespace telltale {

class Document;

/// What an export of a labelled dataset writes, by the settings of the format.
struct DatasetOptions {
    enum class Clips { Encode, CopyWhereExact, None };
    enum class Heatmaps { None, Joint, Limb };
    enum class Videos { Reference, Copy, None };

    Clips clips = Clips::Encode;
    bool classFolders = false; ///< clips of a class in a folder of its own
    bool joints = true;
    Heatmaps heatmaps = Heatmaps::None;
    bool tracks = true;
    Videos videos = Videos::Reference;
    bool anonymous = false; ///< skeletons alone, and nobody's name anywhere
    std::string date = {}; ///< of the export, for the data card; empty: it is not told
};
std::vector<FormatSetting> datasetSettings();
/// Usage where a setting is not known. Without identities there are no pictures, whatever else is chosen.
Result<DatasetOptions> datasetOptions(const ExportOptions& options);

/// A labelled span on its way into a dataset.
struct DatasetSample {
    std::string id; ///< unique; the stem of its files: letters, digits, '.', '-' and '_' alone
    size_t video = 0; ///< in DatasetPlan::videos
    OutgoingSpan span; ///< not empty, within the video, with a class
    std::string subject; ///< the person's own, else the video's
    SubjectRole role = SubjectRole::Train; ///< of that subject
    std::string clip; ///< once it is written: its path in the dataset
    std::string joints; ///< once it is written
};

struct DatasetVideo {
    std::string key; ///< unique; as DatasetSample::id
    std::string subject;
    SubjectRole role = SubjectRole::Train;
    OutgoingVideo source; ///< without its spans; of an anonymous one no name and no file is to be written
    std::vector<FrameSpan> reviewed; ///< ascending, apart, within the video
    bool mixed = false; ///< shows people of different splits
    std::string file; ///< once it is referenced or copied: its path in the dataset
    std::string track; ///< once it is written

    bool wholeReviewed() const;
};

/// Everything that the files of a dataset say, and what has become of its pictures and points.
struct DatasetPlan {
    std::string name;
    LabelScheme scheme;
    DatasetOptions options;
    std::vector<SpanState> states; ///< that were wanted
    std::vector<DatasetVideo> videos;
    std::vector<DatasetSample> samples; ///< by video and start
    std::vector<std::string> classFolders; ///< unique, by class, below clips/; empty: clips lie there
    std::vector<std::string> left; ///< sentences for the data card: what is not in it; without names

    const DatasetVideo& videoOf(const DatasetSample& sample) const { return videos[sample.video]; }
    /// Samples of each class of the scheme.
    std::vector<std::map<SubjectRole, int64_t>> classCounts() const;
};

struct DatasetSplit {
    SubjectRole role;
    const char* name; ///< in all files
};
inline constexpr std::array kDatasetSplits{DatasetSplit{SubjectRole::Train, "train"},
    DatasetSplit{SubjectRole::Validation, "val"}, DatasetSplit{SubjectRole::Test, "test"},
    DatasetSplit{SubjectRole::Unlabelled, "unlabelled"}};
const char* splitOf(SubjectRole role);

/// Chooses samples and names. With options.anonymous everything in the plan that may be written has
/// pseudonyms: S01 a subject and V001 a video, the same in every export of the project; A01 a coder and M01 a
/// model, by their oldest span and run that are still there.
DatasetPlan planDataset(const Document& document, OutgoingProject project, const DatasetOptions& options,
    const std::set<SpanState>& states);

/// `text` as a name that no reader of lists takes apart.
std::string datasetName(const std::string& text);

} // namespace telltale

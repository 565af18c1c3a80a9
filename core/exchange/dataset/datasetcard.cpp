// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "exchange/dataset/datasettables.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

namespace telltale {
namespace {

std::string decimal(double number)
{
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.1f", number);
    return text.data();
}

/// "a, b, c"
template <typename Names> std::string listed(const Names& names)
{
    std::string text;
    for (const std::string& name : names)
        text.append(text.empty() ? "" : ", ").append(name);
    return text;
}

/// A cell of a table of Markdown.
std::string cell(const std::string& text)
{
    std::string safe;
    for (const char c : text)
        safe.append(c == '|' ? "\\|" : std::string(1, c));
    return safe;
}

class Card {
public:
    explicit Card(const DatasetPlan& plan) : m_plan(plan) { }

    std::string text()
    {
        line("# " + m_plan.name);
        line("");
        line("A labelled dataset of micro-gestures, written by Telltale " + versionText()
            + (m_plan.options.date.empty() ? "." : " on " + m_plan.options.date + "."));
        whatIsIn();
        counts();
        people();
        conventions();
        files();
        training();
        license();
        return std::move(m_text);
    }

private:
    void line(const std::string& text) { m_text.append(text).append("\n"); }
    void heading(const std::string& text) { m_text.append("\n## ").append(text).append("\n\n"); }

    void whatIsIn()
    {
        heading("What is in it");
        std::set<std::string> subjects;
        double seconds = 0;
        double reviewed = 0;
        for (const DatasetVideo& video : m_plan.videos) {
            subjects.insert(video.subject);
            seconds += video.source.seconds();
            for (const FrameSpan& frames : video.reviewed)
                reviewed
                    += video.source.times.seconds(frames.last) - video.source.times.seconds(frames.first);
        }
        for (const DatasetSample& sample : m_plan.samples)
            subjects.insert(sample.subject);
        line("- " + std::to_string(m_plan.samples.size()) + " labelled spans of "
            + std::to_string(m_plan.videos.size()) + " videos (" + decimal(seconds / 60) + " minutes) with "
            + std::to_string(subjects.size()) + " subjects");
        line("- label scheme: " + m_plan.scheme.name + ", " + m_plan.scheme.title + " (version "
            + std::to_string(m_plan.scheme.version) + ", " + std::to_string(m_plan.scheme.classCount())
            + " classes)");
        line("- " + decimal(reviewed / 60)
            + " minutes were looked through by a person. Only there no span "
              "means no gesture; elsewhere it means that nobody knows.");
        for (const std::string& sentence : m_plan.left)
            line("- " + sentence);
    }

    void counts()
    {
        heading("Classes and splits");
        line("Splits are made by subject: nobody is in two of them.");
        line("");
        line("| id | class | train | val | test | unlabelled |");
        line("|---|---|---|---|---|---|");
        const auto counts = m_plan.classCounts();
        for (size_t i = 0; i < counts.size(); ++i) {
            std::string row = "| " + std::to_string(i) + " | " + cell(m_plan.scheme.classes[i].name) + " |";
            for (const DatasetSplit& split : kDatasetSplits) {
                const auto found = counts[i].find(split.role);
                row.append(" ")
                    .append(std::to_string(found == counts[i].end() ? 0 : found->second))
                    .append(" |");
            }
            line(row);
        }
    }

    void people()
    {
        heading("Who labelled it");
        std::map<std::string, int64_t> states;
        std::map<std::string, int64_t> coders;
        std::set<std::string> models;
        for (const DatasetSample& sample : m_plan.samples) {
            ++states[std::string(nameOf(sample.span.state))];
            if (!sample.span.annotator.empty())
                ++coders[sample.span.annotator];
            if (!sample.span.model.empty())
                models.insert(sample.span.model);
        }
        std::vector<std::string> wanted;
        for (const SpanState state : m_plan.states)
            wanted.emplace_back(nameOf(state));
        line("- states that were exported: " + listed(wanted));
        for (const auto& [state, count] : states)
            line("- " + state + ": " + std::to_string(count)
                + (state == "proposed" ? " (by a model; nobody has decided on them)" : ""));
        for (const auto& [coder, count] : coders)
            line("- coded by " + coder + ": " + std::to_string(count));
        if (models.empty())
            line("- no span goes back to a proposal of a model");
        else
            line("- models whose proposals were decided on: " + listed(models));
    }

    void conventions()
    {
        heading("Conventions");
        line("- Frames count from 0 in the order in which they are shown; the end is exclusive.");
        line("- Seconds are the video's own time stamps; the end is when the first frame behind the span is "
             "shown. A time becomes the frame that is on screen half a millisecond later.");
        line("- Seconds in annotations/ are up to a quarter of a frame later, so that a reader that cuts "
             "seconds / duration * frames off to a whole number meets the same frame.");
        std::vector<std::string> variable;
        for (const DatasetVideo& video : m_plan.videos)
            if (isVariable(video.source))
                variable.push_back(video.key);
        if (!variable.empty())
            line("- Of a variable frame rate, where readers that count with one rate are off by some frames: "
                + listed(variable));
        line("- Points are pixels of the picture as displayed: x, y, score; 0, 0, 0 is a missing point. 68 "
             "points (telltale68); the person of the span is the first one, others who are seen follow. "
             "Corrections that people made are in them.");
    }

    /// Whether frame numbers and time stamps go apart by a frame.
    static bool isVariable(const OutgoingVideo& video)
    {
        const auto frames = static_cast<double>(video.frameCount);
        for (int64_t frame = 0; frame < video.frameCount; ++frame) {
            const double even = static_cast<double>(frame) / frames * video.seconds();
            if (std::abs(video.times.seconds(frame) - even) * frames > video.seconds())
                return true;
        }
        return false;
    }

    void files()
    {
        heading("Files");
        line("- `spans.csv`: every span, with its sample name");
        line("- `classes.csv`, `classes.txt`: the classes by id, with counts; one a line");
        line(
            "- `videos.csv`: every video" + std::string(m_plan.options.anonymous ? "" : " and where it was"));
        line("- `splits.json`: subjects, videos and samples of each split");
        line("- `reviewed.json`, `masks/VIDEO.npy` (uint8, 1 a reviewed frame): leave everything else out of "
             "the background that a model learns from");
        const DatasetOptions& options = m_plan.options;
        if (options.clips != DatasetOptions::Clips::None)
            line(std::string(
                     m_plan.classFolders.empty() ? "- `clips/SAMPLE.mp4`" : "- `clips/CLASS/SAMPLE.mp4`")
                + ": the frames of the span and no other, without sound"
                + (m_plan.classFolders.empty() ? "" : "; `classes.csv` has the folder of each class"));
        if (options.joints)
            line("- `joints/SAMPLE.npy`: float32 [frames, persons, 68, 3]");
        if (options.heatmaps != DatasetOptions::Heatmaps::None)
            line(std::string("- `heatmaps/SAMPLE.npy`: uint8 [")
                + (options.heatmaps == DatasetOptions::Heatmaps::Limb ? "limbs" : "points")
                + ", 48, 64, 64], 255 is 1, of the span's person: 48 frames spread evenly, cut to the "
                  "person's square, sigma 0.6");
        if (options.tracks)
            line(
                "- `tracks/VIDEO.npz`: points of whole videos: points float32 [rows, persons, 68, 3], frames "
                "int64 [rows]");
        if (options.videos != DatasetOptions::Videos::None)
            line(std::string("- `videos/`: ")
                + (options.videos == DatasetOptions::Videos::Copy ? "the whole videos"
                                                                  : "links to the whole videos"));
        line("- `manifest.sha256`: check with `sha256sum -c manifest.sha256`");
    }

    void training()
    {
        heading("Training with it");
        if (m_plan.options.joints)
            line("- PYSKL, and MMAction2's PoseDataset: `ann_file='pyskl/" + m_plan.name
                + ".pkl'`, `split='train'` (val, test, unlabelled)");
        if (m_plan.options.clips != DatasetOptions::Clips::None)
            line("- MMAction2's VideoDataset: `ann_file='mmaction2/train_videos.txt'`, "
                 "`data_prefix=dict(video='.')`, from this folder");
        line("- OpenTAD: `ann_file='annotations/activitynet.json'`, `class_map='classes.txt'`, "
             "`subset_name='train'`, `block_list='annotations/unusable.txt'`, "
            + std::string(m_plan.options.videos == DatasetOptions::Videos::None
                    ? "`data_path`: features that you make, because the videos are not in it"
                    : "`data_path='videos'`"));
        line("- ActionFormer: `json_file='annotations/actionformer.json'`, `train_split=['train']`; the ids "
             "in it are those of `annotations/actionformer_classes.txt`, which has the classes that occur. "
             "Take its `anet` loader: the `thumos` one drops label 4.");
        line("- `annotations/unreviewed.txt` names the videos that nobody has looked through as a whole: "
             "training on them takes gestures for background.");
        line("- Test videos come with their labels. Keep them out of everything but the last evaluation.");
    }

    void license()
    {
        heading("Licence, consent and identities");
        if (m_plan.options.anonymous)
            line("Without identities: skeletons alone, no pictures, no sound. Subjects (S), coders (A), "
                 "models (M) and videos (V) have numbers instead of names; those of subjects and videos are "
                 "the same in every export of the project. Names of files and dates are left out. A way of "
                 "moving may still tell who somebody is.");
        else
            line("NOT anonymised: it names subjects, coders and files, and pictures show people.");
        line("");
        line("To be filled in before it is given away: who may use it and for what (licence); what the "
             "people who are seen have agreed to, and until when; who approved it; whom to ask for removal.");
    }

    const DatasetPlan& m_plan;
    std::string m_text;
};

} // namespace

OutgoingFile datasetCard(const DatasetPlan& plan) { return {"README.md", Card(plan).text()}; }

} // namespace telltale

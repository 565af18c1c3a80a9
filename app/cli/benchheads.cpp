// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Training a head on cached features beside LogisticRegression of Debian's python3-sklearn.
#include "app/cli/bench.h"
#include "app/cli/benchpython.h"
#include "base/files.h"
#include "base/mappedfile.h"
#include "base/random.h"
#include "eval/metrics.h"
#include "learn/heads/headtrainer.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kRows = 20'000; // that both train on
constexpr int64_t kMostRows = 40'000;
constexpr int64_t kHeld = 4'000;
constexpr int64_t kInputs = 2048;
constexpr int kClasses = 32;
constexpr int kLatent = 96; ///< directions that the features vary along
constexpr double kWrongLabels = 0.05;
constexpr double kChangedLabels = 0.01;
constexpr int kPairs = 3;
constexpr int kRunsPerPair = 5; // of ours, which take a fortieth: one alone says more of the machine
constexpr uint64_t kSeed = 7;

struct FeatureFiles {
    fs::path features;
    fs::path labels;
};

/// Features like a network's: points around one centre a class in few directions, spread over all inputs with
/// noise, nothing below 0. Class k has a share of 1 / (k + 1).
Status writeFeatures(const FeatureFiles& files, ProgressSink& progress)
{
    const Random seed(kSeed);
    Random draw = seed.fork(1);
    std::vector<float> axes(static_cast<size_t>(kLatent * kInputs));
    for (size_t i = 0; i < axes.size(); ++i)
        axes[i] = static_cast<float>(1.5 * draw.normal()
            * (1 - 0.8 * static_cast<double>(i / kInputs) / (kLatent - 1)) / std::sqrt(kLatent));
    std::vector<float> centres(static_cast<size_t>(kClasses * kLatent));
    for (float& value : centres)
        value = static_cast<float>(0.8 * draw.normal());
    std::vector<double> upTo(kClasses);
    double sum = 0;
    for (size_t c = 0; c < upTo.size(); ++c)
        upTo[c] = sum += 1.0 / static_cast<double>(c + 1);
    std::ofstream features(files.features, std::ios::binary);
    std::ofstream labels(files.labels, std::ios::binary);
    std::vector<float> row(kInputs);
    for (int64_t i = 0; i < kMostRows + kHeld; ++i) {
        if (i % 1000 == 0)
            progress.report(i, kMostRows + kHeld, "features to measure on");
        if (progress.cancelled())
            return Error{ErrorCode::Cancelled, "cancelled"};
        Random one = seed.fork(static_cast<uint64_t>(i + 2));
        const double where = one.uniform() * sum;
        auto label = static_cast<int32_t>(std::lower_bound(upTo.begin(), upTo.end(), where) - upTo.begin());
        for (float& value : row)
            value = static_cast<float>(one.uniform(-0.87, 0.87)); // deviation 0.5
        for (size_t k = 0; k < kLatent; ++k) {
            const auto along
                = static_cast<float>(one.normal()) + centres[static_cast<size_t>(label) * kLatent + k];
            for (size_t j = 0; j < kInputs; ++j)
                row[j] += along * axes[k * kInputs + j];
        }
        for (float& value : row)
            value = std::max(value, 0.F);
        if (one.chance(kWrongLabels))
            label = static_cast<int32_t>(one.below(kClasses));
        features.write(reinterpret_cast<const char*>(row.data()), kInputs * sizeof(float));
        labels.write(reinterpret_cast<const char*>(&label), sizeof label);
    }
    if (!features.flush() || !labels.flush())
        return Error{ErrorCode::Io, files.features.string() + " cannot be written; is the disk full?"};
    return {};
}

Result<FeatureFiles> featureFiles(const BenchSettings& settings)
{
    FeatureFiles files{settings.folder / "heads_features.f32", settings.folder / "heads_labels.i32"};
    std::error_code ec;
    if (fs::file_size(files.features, ec) == (kMostRows + kHeld) * kInputs * sizeof(float)
        && fs::exists(files.labels, ec))
        return files;
    if (Status status = ensureWritableFolder(settings.folder); !status)
        return status.error();
    const FeatureFiles parts{files.features.string() + ".part", files.labels.string() + ".part"};
    if (Status status = writeFeatures(parts, *settings.progress); !status)
        return status.error();
    fs::rename(parts.labels, files.labels, ec);
    fs::rename(parts.features, files.features, ec);
    return ec ? Result<FeatureFiles>(Error{ErrorCode::Io, files.features.string() + ": " + ec.message()})
              : Result<FeatureFiles>(files);
}

/// The mapped features and their labels.
struct Clips {
    std::shared_ptr<const MappedFile> file;
    std::vector<int> labels;

    static Result<Clips> open(const FeatureFiles& files)
    {
        auto features = MappedFile::open(files.features);
        auto labels = MappedFile::open(files.labels);
        if (!features || !labels)
            return features ? labels.error() : features.error();
        Clips clips{*features, std::vector<int>((*labels)->bytes().size() / sizeof(int32_t))};
        std::memcpy(clips.labels.data(), (*labels)->bytes().data(), (*labels)->bytes().size());
        return clips;
    }
    FeatureRows rows(int64_t first, int64_t count) const
    {
        const auto* values = reinterpret_cast<const float*>(file->bytes().data());
        return {{values + first * kInputs, static_cast<size_t>(count * kInputs)}, kInputs};
    }
    HeadTargets targets(int64_t count) const
    {
        HeadTargets targets;
        targets.classes = kClasses;
        targets.labels.assign(labels.begin(), labels.begin() + count);
        std::vector<double> counts(kClasses);
        for (const int label : targets.labels)
            ++counts[static_cast<size_t>(label)];
        for (const double n : counts) // as class_weight="balanced"
            targets.classWeights.push_back(static_cast<double>(count) / (kClasses * std::max(n, 1.0)));
        return targets;
    }
};

struct OurRun {
    Cost projection;
    Cost training;
    Cost warm;
    double accuracy = 0;
    double macroF1 = 0;
    double cold() const { return projection.wall + training.wall; }
};

Result<OurRun> trainOurs(const Clips& clips, int64_t rows, bool measure)
{
    OurRun run;
    Status status;
    CancelFlag flag;
    HeadTrainer trainer({});
    HeadTargets targets = clips.targets(rows);
    run.projection = costOf([&] { status = trainer.setFeatures(clips.rows(0, rows), flag); });
    if (!status)
        return status.error();
    const auto train = [&](bool warm, const HeldRows& held, const auto& onStep) {
        const auto fit = trainer.train(targets, nullptr, warm, held, flag, onStep);
        if (!fit)
            status = fit.error();
    };
    run.training = costOf([&] { train(false, {}, nullptr); });
    Random random(kSeed);
    for (int64_t i = 0; i < static_cast<int64_t>(kChangedLabels * static_cast<double>(rows)); ++i)
        targets.labels[static_cast<size_t>(random.below(rows))] = static_cast<int>(random.below(kClasses));
    run.warm = costOf([&] { train(true, {}, nullptr); });
    if (measure && status) {
        targets = clips.targets(rows);
        const HeldRows held{
            clips.rows(kMostRows, kHeld), {clips.labels.begin() + kMostRows, clips.labels.end()}};
        train(false, held, [&](const HeadStep& step) {
            run.accuracy = step.held.accuracy;
            run.macroF1 = step.held.macroF1;
        });
    }
    return status ? Result<OurRun>(run) : Result<OurRun>(status.error());
}

/// Medians of runs, one by one.
Result<OurRun> medianRun(const Clips& clips, int64_t rows)
{
    std::vector<OurRun> runs;
    for (int i = 0; i < kRunsPerPair; ++i) {
        auto run = trainOurs(clips, rows, i + 1 == kRunsPerPair);
        if (!run)
            return run;
        runs.push_back(*run);
    }
    OurRun one = runs.back();
    for (Cost OurRun::*which : {&OurRun::projection, &OurRun::training, &OurRun::warm}) {
        std::vector<double> times;
        for (const OurRun& run : runs)
            times.push_back((run.*which).wall);
        (one.*which).wall = median(times);
    }
    return one;
}

struct PeerRun {
    Cost cost;
    double accuracy = 0;
    double macroF1 = 0;
    double peakMiB = 0;
};

Result<std::unique_ptr<PythonPeer>> startPeer(const FeatureFiles& files)
{
    const fs::path script = dataFolder() / "tests" / "peers" / "logisticregression.py";
    std::error_code ec;
    if (!fs::exists(script, ec))
        return Error{ErrorCode::NotFound, "tests/peers/logisticregression.py is not here"};
    return PythonPeer::start(
        {QString::fromStdString(script.string()), QString::fromStdString(files.features.string()),
            QString::fromStdString(files.labels.string()), QString::number(kInputs), QString::number(kHeld)},
        "python3-sklearn");
}

Result<PeerRun> trainTheirs(PythonPeer& peer, int64_t rows)
{
    const auto said = peer.ask(std::to_string(rows));
    if (!said)
        return said.error();
    std::istringstream numbers(*said);
    PeerRun run;
    numbers >> run.cost.cpu >> run.cost.wall >> run.accuracy >> run.macroF1 >> run.peakMiB;
    run.cost = {run.cost.cpu * 1e-6, run.cost.wall * 1e-6};
    run.peakMiB /= 1024;
    return run;
}

std::string numberText(const char* format, double a, double b)
{
    std::array<char, 160> text{};
    std::snprintf(text.data(), text.size(), format, a, b);
    return text.data();
}

/// Time per clip with eight times the clips, beside that with the fewest.
Status benchGrowth(const BenchSettings& settings, const Clips& clips)
{
    constexpr std::array<int64_t, 4> kSizes{5'000, 10'000, 20'000, kMostRows};
    std::array<std::vector<double>, kSizes.size()> times;
    for (int round = 0; round < kPairs && !settings.cancelled(); ++round)
        for (size_t i = 0; i < kSizes.size(); ++i) {
            const auto run = trainOurs(clips, kSizes[i], false);
            if (!run)
                return run.error();
            times[i].push_back(run->cold());
        }
    BenchRow row{"time per clip, 40,000 clips beside 5,000", "us", "itself"};
    row.ours = median(times.back()) * 1e3 / static_cast<double>(kSizes.back());
    row.theirs = median(times.front()) * 1e3 / static_cast<double>(kSizes.front());
    row.ratio = row.ours / row.theirs;
    row.goal = 1.2;
    row.note = "5, 10, 20, 40 thousand take";
    for (const auto& of : times)
        row.note += numberText(" %.0f", median(of), 0);
    row.note += " ms";
    settings.row(row);
    return {};
}

struct Pairs {
    std::vector<OurRun> ours;
    std::vector<PeerRun> theirs;

    template <typename F> void row(const BenchSettings& settings, BenchRow row, const F& figure) const
    {
        std::vector<double> mine;
        std::vector<double> other;
        std::vector<double> ratios;
        for (size_t i = 0; i < ours.size(); ++i) {
            mine.push_back(figure(ours[i]));
            other.push_back(theirs[i].cost.wall);
            ratios.push_back(mine.back() / other.back());
        }
        row.unit = "ms";
        row.ours = median(mine);
        row.theirs = median(other);
        row.ratio = median(ratios);
        settings.row(row);
    }
};

BenchRow rowFor(const std::string& what, double goal)
{
    BenchRow row{what, "", "sklearn"};
    row.goal = goal;
    return row;
}

void showPairs(const BenchSettings& settings, const Pairs& pairs)
{
    BenchRow cold = rowFor("20,000 x 2,048, 32 classes, from features to head", 1.0 / 40);
    std::vector<double> projections;
    std::vector<double> trainings;
    for (const OurRun& run : pairs.ours) {
        projections.push_back(run.projection.wall);
        trainings.push_back(run.training.wall);
    }
    cold.note = numberText("projection %.0f, then training %.0f ms", median(projections), median(trainings));
    pairs.row(settings, cold, [](const OurRun& run) { return run.cold(); });
    pairs.row(settings, rowFor("the same, features projected before", 0),
        [](const OurRun& run) { return run.training.wall; });
    pairs.row(settings, rowFor("again after 1 % of the labels changed", 1.0 / 150),
        [](const OurRun& run) { return run.warm.wall; });
    const OurRun& ours = pairs.ours.back();
    const PeerRun& theirs = pairs.theirs.back();
    const auto score = [&](const char* what, double mine, double other) {
        BenchRow row{what, "", "sklearn"};
        row.ours = mine;
        row.theirs = other;
        row.ratio = mine / other;
        row.goal = 0.995;
        row.atLeast = true;
        settings.row(row);
    };
    score("accuracy on 4,000 held-out clips", ours.accuracy, theirs.accuracy);
    score("macro-F1 on them", ours.macroF1, theirs.macroF1);
}

} // namespace

Status benchHeads(const BenchSettings& settings)
{
    const auto files = featureFiles(settings);
    if (!files)
        return files.error();
    const auto clips = Clips::open(*files);
    if (!clips)
        return clips.error();
    // First of all, while this process has one thread.
    const auto memory = inChild([&](const std::function<void()>& measure) -> Status {
        const auto run = trainOurs(*clips, kRows, false);
        measure();
        return run ? Status() : Status(run.error());
    });
    auto peer = startPeer(*files);
    if (!peer) {
        BenchRow row = rowFor("20,000 x 2,048, 32 classes, from features to head", 1.0 / 40);
        row.missing = peer.error().message;
        settings.row(row);
        return benchGrowth(settings, *clips);
    }
    Pairs pairs;
    for (int pair = 0; pair < kPairs && !settings.cancelled(); ++pair) {
        const auto ours = medianRun(*clips, kRows);
        const auto theirs = ours ? trainTheirs(**peer, kRows) : Result<PeerRun>(ours.error());
        if (!theirs)
            return theirs.error();
        pairs.ours.push_back(*ours);
        pairs.theirs.push_back(*theirs);
        settings.progress->report(pair + 1, kPairs, "beside python3-sklearn");
    }
    if (settings.cancelled())
        return Error{ErrorCode::Cancelled, "cancelled"};
    showPairs(settings, pairs);
    BenchRow row{"peak of memory, mapped features included", "MiB", "sklearn"};
    if (memory) {
        row.ours = static_cast<double>(memory->peakBytes) / (1 << 20);
        row.theirs = pairs.theirs.back().peakMiB;
        row.ratio = row.ours / row.theirs;
    } else {
        row.missing = memory.error().message;
    }
    settings.row(row);
    return benchGrowth(settings, *clips);
}

} // namespace telltale

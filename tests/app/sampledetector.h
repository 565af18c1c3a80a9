// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/files.h"
#include "data/document.h"
#include "pipeline/projectdetector.h"
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

namespace telltale::sample {

/// What training a detector leaves behind for people to look at: its track2.json, without networks.
struct TrainedDetector {
    std::vector<int> gestures; ///< by class; the other classes of the scheme have as many as the last
    int epochs = 12;
    int best = 9;
    bool adaptive = true;
};

inline QJsonObject epochOf(const TrainedDetector& trained, const std::vector<int>& counts, int epoch)
{
    const auto array = [&counts](auto value) {
        QJsonArray values;
        for (size_t i = 0; i < counts.size(); ++i)
            values.append(value(i));
        return values;
    };
    const double most = *std::max_element(counts.begin(), counts.end());
    const auto rarity = [&](size_t i) { return 1 - counts[i] / most; };
    const auto difficulty = [&](size_t i) {
        return i == 0 ? 1.0 : 0.2 + 0.6 * std::exp(-epoch / (2.0 + static_cast<double>(i % 5)));
    };
    return {{"epoch", epoch}, {"epochs", trained.epochs}, {"class_loss", 1.0 / epoch}, {"offset_loss", 0.5},
        {"learning_rate", 0.001}, {"rarity", array(rarity)}, {"difficulty", array(difficulty)},
        {"intensity", array([&](size_t i) { return 1 - (1 - rarity(i)) * (1 - difficulty(i)); })},
        {"validated", true}, {"f1", 0.4}, {"threshold", 0.2}, {"mAP", 0.3}, {"seconds", 1.0},
        {"best", epoch == 1 || epoch == trained.best}};
}

/// Into models/track2-N, as the one in use.
inline Status addDetector(Document& document, const TrainedDetector& trained, int number = 1)
{
    const LabelScheme& scheme = document.scheme();
    std::vector<int> counts = trained.gestures;
    counts.resize(static_cast<size_t>(scheme.classCount()), counts.back());
    QJsonArray classes;
    QJsonArray gestures;
    for (size_t i = 0; i < counts.size(); ++i) {
        classes.append(QString::fromStdString(scheme.classes[i].name));
        gestures.append(counts[i]);
    }
    QJsonArray history;
    for (int epoch = 1; epoch <= trained.epochs; ++epoch)
        history.append(epochOf(trained, counts, epoch));
    const auto value = [](const QJsonValue& is) {
        return QJsonObject{{"value", is}, {"provenance", "ours"}};
    };
    const QJsonObject recipe{{"name", "sample"}, {"asba", QJsonObject{{"adaptive", value(trained.adaptive)}}},
        {"training",
            QJsonObject{
                {"epochs", value(trained.epochs)}, {"batch", value(2)}, {"learningRate", value(0.001)}}}};
    const QJsonObject json{{"format", "telltale-track2/1"}, {"program", "0"},
        {"recipe", QString::fromUtf8(QJsonDocument(recipe).toJson())}, {"scheme", "smg"},
        {"classes", classes},
        {"input",
            QJsonObject{{"layout", "coco17"}, {"points", 17}, {"channels", 3}, {"picture_side", 0},
                {"picture_step", 1}, {"features", QJsonArray()}}},
        {"decision",
            QJsonObject{{"threshold", 0.2}, {"per_class", QJsonObject()}, {"same_class_overlap", 0.5},
                {"other_class_overlap", 0.8}, {"tiou", 0.3}, {"f1", 0.4}}},
        {"training_counts", gestures}, {"set", ""}, {"seed", 1}, {"detector", ""}, {"trunk", ""},
        {"figures", QJsonObject()}, {"history", history}, {"notes", QJsonArray()}};
    const std::filesystem::path folder = document.folder() / "models" / ("track2-" + std::to_string(number));
    std::filesystem::create_directories(folder);
    if (Status status
        = writeFileAtomically(folder / "track2.json", QJsonDocument(json).toJson().toStdString());
        !status)
        return status;
    ModelEntry entry;
    entry.file = "models/track2-" + std::to_string(number);
    entry.kind = kTrack2Kind;
    entry.recipe = "sample";
    entry.active = true;
    const auto id = document.addModel(entry);
    return id ? Status() : Status(id.error());
}

/// The detector says `found`, the ensemble `named`.
inline Prediction detected(Prediction prediction, int found, double score)
{
    prediction.detectorScore = score;
    std::vector<float> classes(prediction.fused.size(), 0.01F);
    classes[static_cast<size_t>(found)] = static_cast<float>(score);
    prediction.modalities["detector"].probabilities = classes;
    return prediction;
}

} // namespace telltale::sample

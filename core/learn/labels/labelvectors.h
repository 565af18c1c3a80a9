// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/progress.h"
#include "base/result.h"
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// One vector a class, what semantic losses pull features towards. A value; any thread.
struct LabelVectors {
    int classes = 0;
    int dimension = 0;
    std::vector<double> values; ///< [classes, dimension]
    std::string source; ///< "description", "words" or "names"
    std::vector<std::string> notes; ///< sentences for the user, e.g. words without a vector

    std::span<const double> row(int index) const
    {
        return {values.data() + static_cast<size_t>(index) * static_cast<size_t>(dimension),
            static_cast<size_t>(dimension)};
    }
};

/// From a structured description of the classes (models/labels/*.json; features and their weights in
/// models/labels/vocabulary.json, ours): per class the weight at each of its features, divided by the root of
/// how many of the group it has, and a small identity part with one dimension a class, all brought to
/// length 1. No two classes are equal and the dimension is above the number of classes. `names` must be those
/// of the file, in any order. NotFound / BadFormat name file, class and word.
Result<LabelVectors> describedVectors(
    const std::filesystem::path& file, const std::vector<std::string>& names);

/// From word vectors in GloVe text format (`word v1 v2 ...` a line; a word2vec heading is passed over): mean
/// of the vectors of the words of the class's name, in lower case (as the 2023 winner's table was made); not
/// normalised. Words without a vector are named in the notes; a class without any gets its name vector. The
/// file is streamed. NotFound / BadFormat name the file and the line; Cancelled.
Result<LabelVectors> wordVectors(const std::filesystem::path& file, const std::vector<std::string>& names,
    ProgressSink* progress = nullptr);

/// For any scheme, from the class names alone: signed hashes of the character 2- to 5-grams of each word
/// (with marks at its ends) and a small identity part, of length 1. The same name always gives the same first
/// part.
LabelVectors nameVectors(const std::vector<std::string>& names);

/// Loewdin: (G G^T + epsilon I)^(-1/2) G of the rows G of length 1, brought to length 1; then
/// (1 - blend) G + blend of that, brought to length 1. With epsilon 0 and blend 1 the rows are the nearest
/// orthonormal ones. InvalidArgument: fewer dimensions than classes, a row of zeros, or dependent rows with
/// epsilon 0.
Result<LabelVectors> orthogonalised(const LabelVectors& vectors, double epsilon = 1e-3, double blend = 1);

struct LabelVectorOptions {
    std::filesystem::path words; ///< GloVe text file; empty: description or names
    bool orthogonal = true;
    double epsilon = 1e-3;
    double blend = 1;
};

/// What to use for a scheme: word vectors where a file is given, else the description that ships for the
/// scheme if it fits the names (dataFolder()/models/labels/SCHEME.json), else the names.
Result<LabelVectors> labelVectors(const std::string& scheme, const std::vector<std::string>& names,
    const LabelVectorOptions& options = {}, ProgressSink* progress = nullptr);

/// Cosine between two classes; 0 for zeros.
double cosine(const LabelVectors& vectors, int first, int second);
/// [classes, dimension] in single precision, as semantic losses take them.
NdArray toArray(const LabelVectors& vectors);

} // namespace telltale

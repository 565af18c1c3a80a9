// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/labels/labelvectors.h"
#include "base/files.h"
#include "learn/labels/namehash.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

Error refused(const std::string& sentence) { return {ErrorCode::InvalidArgument, sentence}; }

/// A small dense matrix, row-major.
struct Square {
    explicit Square(size_t n) : size(n), values(n * n, 0.0) { }
    double& at(size_t r, size_t c) { return values[r * size + c]; }
    double at(size_t r, size_t c) const { return values[r * size + c]; }
    size_t size;
    std::vector<double> values;
};

/// Turns rows and columns p and q of `a` so that a(p, q) is 0, and the columns of `vectors` with them.
void rotate(Square& a, Square& vectors, size_t p, size_t q)
{
    const double off = a.at(p, q);
    if (off == 0)
        return;
    const double theta = (a.at(q, q) - a.at(p, p)) / (2 * off);
    const double t = (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
    const double c = 1 / std::sqrt(t * t + 1);
    const double s = t * c;
    for (size_t k = 0; k < a.size; ++k) {
        const double kp = a.at(k, p);
        const double kq = a.at(k, q);
        a.at(k, p) = c * kp - s * kq;
        a.at(k, q) = s * kp + c * kq;
    }
    for (size_t k = 0; k < a.size; ++k) {
        const double pk = a.at(p, k);
        const double qk = a.at(q, k);
        a.at(p, k) = c * pk - s * qk;
        a.at(q, k) = s * pk + c * qk;
        const double vp = vectors.at(k, p);
        const double vq = vectors.at(k, q);
        vectors.at(k, p) = c * vp - s * vq;
        vectors.at(k, q) = s * vp + c * vq;
    }
}

/// Eigenvalues on the diagonal of `a` and eigenvectors in the columns of the result, by Jacobi's rotations
/// (symmetric `a`).
Square diagonalise(Square& a)
{
    constexpr int kMostSweeps = 60; // it takes about 8; each one squares what is left off the diagonal
    Square vectors(a.size);
    for (size_t i = 0; i < a.size; ++i)
        vectors.at(i, i) = 1;
    for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
        double off = 0;
        for (size_t p = 0; p < a.size; ++p)
            for (size_t q = p + 1; q < a.size; ++q)
                off += a.at(p, q) * a.at(p, q);
        if (off < 1e-30)
            break;
        for (size_t p = 0; p < a.size; ++p)
            for (size_t q = p + 1; q < a.size; ++q)
                rotate(a, vectors, p, q);
    }
    return vectors;
}

using Rows = std::vector<std::vector<double>>;

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

/// (G G^T + epsilon I)^(-1/2), or nothing if that has no inverse.
Result<Square> inverseRoot(const Rows& rows, double epsilon)
{
    constexpr double kLeastEigenvalue = 1e-10;
    const size_t n = rows.size();
    Square gram(n);
    for (size_t r = 0; r < n; ++r)
        for (size_t c = 0; c < n; ++c)
            gram.at(r, c) = dot(rows[r], rows[c]) + (r == c ? epsilon : 0);
    const Square vectors = diagonalise(gram);
    Square root(n);
    for (size_t k = 0; k < n; ++k) {
        const double value = gram.at(k, k);
        if (value < kLeastEigenvalue)
            return refused("The label vectors depend on one another, so nothing makes them orthogonal: give "
                           "an epsilon above 0, such as 0.001.");
        for (size_t r = 0; r < n; ++r)
            for (size_t c = 0; c < n; ++c)
                root.at(r, c) += vectors.at(r, k) * vectors.at(c, k) / std::sqrt(value);
    }
    return root;
}

Result<Rows> unitRows(const LabelVectors& vectors)
{
    Rows rows;
    rows.reserve(static_cast<size_t>(vectors.classes));
    for (int k = 0; k < vectors.classes; ++k) {
        const auto row = vectors.row(k);
        rows.emplace_back(row.begin(), row.end());
        if (!normalise(rows.back()))
            return refused("The label vector of class " + std::to_string(k)
                + " is zero or has a number that is none, so it has no direction.");
    }
    return rows;
}

} // namespace

double cosine(const LabelVectors& vectors, int first, int second)
{
    const auto a = vectors.row(first);
    const auto b = vectors.row(second);
    double product = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        product += a[i] * b[i];
        lengthA += a[i] * a[i];
        lengthB += b[i] * b[i];
    }
    const double lengths = std::sqrt(lengthA * lengthB);
    return lengths > 0 ? product / lengths : 0;
}

NdArray toArray(const LabelVectors& vectors)
{
    NdArray array({vectors.classes, vectors.dimension});
    std::transform(vectors.values.begin(), vectors.values.end(), array.values.begin(),
        [](double v) { return static_cast<float>(v); });
    return array;
}

Result<LabelVectors> orthogonalised(const LabelVectors& vectors, double epsilon, double blend)
{
    if (vectors.dimension < vectors.classes)
        return refused("The label vectors have " + std::to_string(vectors.dimension) + " numbers for "
            + std::to_string(vectors.classes)
            + " classes, but orthogonal ones need at least as many numbers as classes: use longer word "
              "vectors or switch the orthogonal form off.");
    if (!(epsilon >= 0) || !(blend >= 0 && blend <= 1))
        return refused("Orthogonal label vectors need an epsilon of at least 0 and a blend from 0 to 1.");
    const auto rows = unitRows(vectors);
    if (!rows)
        return rows.error();
    const auto root = inverseRoot(*rows, epsilon);
    if (!root)
        return root.error();
    LabelVectors result = vectors;
    result.values.clear();
    const auto dimension = static_cast<size_t>(vectors.dimension);
    for (size_t r = 0; r < rows->size(); ++r) {
        std::vector<double> turned(dimension, 0.0);
        for (size_t k = 0; k < rows->size(); ++k)
            for (size_t i = 0; i < dimension; ++i)
                turned[i] += root->at(r, k) * (*rows)[k][i];
        normalise(turned);
        for (size_t i = 0; i < dimension; ++i)
            turned[i] = (1 - blend) * (*rows)[r][i] + blend * turned[i];
        normalise(turned);
        result.values.insert(result.values.end(), turned.begin(), turned.end());
    }
    return result;
}

Result<LabelVectors> labelVectors(const std::string& scheme, const std::vector<std::string>& names,
    const LabelVectorOptions& options, ProgressSink* progress)
{
    const auto chosen = [&]() -> Result<LabelVectors> {
        if (!options.words.empty())
            return wordVectors(options.words, names, progress);
        // The name of a scheme is a user's: only one of ours leads to a file.
        const bool plain = !scheme.empty() && std::all_of(scheme.begin(), scheme.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || c == '_';
        });
        const auto file = dataFolder() / "models" / "labels" / (scheme + ".json");
        std::error_code error;
        if (!plain || scheme == "vocabulary" || !std::filesystem::exists(file, error))
            return nameVectors(names);
        auto described = describedVectors(file, names);
        if (described)
            return described;
        auto named = nameVectors(names);
        named.notes.push_back(
            described.error().message + " The vectors are made from the class names instead.");
        return named;
    }();
    return chosen && options.orthogonal ? orthogonalised(*chosen, options.epsilon, options.blend) : chosen;
}

} // namespace telltale

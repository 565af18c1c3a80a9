// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/reliability.h"
#include "base/random.h"
#include "eval/confidencebins.h"
#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

constexpr double kLeast = 1e-12; ///< of a probability whose logarithm is taken

/// Answers in order of confidence, each as often as its group was drawn: a sample, or a resample of it.
class OrderedAnswers {
public:
    /// `groups`: of each answer.
    OrderedAnswers(std::span<const JudgedConfidence> answers, const std::vector<size_t>& groups)
    {
        m_answers.reserve(answers.size());
        for (size_t i = 0; i < answers.size(); ++i)
            m_answers.push_back({answers[i].confidence, answers[i].right ? 1.0 : 0.0, groups[i]});
        std::ranges::stable_sort(m_answers, {}, &Answer::confidence);
    }

    /// Inner edges of `bins` bins of equal mass.
    std::vector<double> edges(int bins, const std::vector<int>& drawn) const
    {
        int64_t total = 0;
        for (const Answer& one : m_answers)
            total += drawn[one.group];
        std::vector<double> found;
        if (total == 0)
            return found;
        size_t at = 0;
        int64_t before = 0; // answers of smaller places than the one at `at`
        const auto valueAt = [&](int64_t place) {
            while (before + drawn[m_answers[at].group] <= place)
                before += drawn[m_answers[at++].group];
            return m_answers[at].confidence;
        };
        for (int64_t i = 1; i < bins; ++i) {
            // Whole numbers, so that an edge that is an answer is exactly that answer.
            const int64_t place = i * (total - 1) / bins;
            const int64_t rest = i * (total - 1) % bins;
            const double low = valueAt(place);
            const double high = rest > 0 ? valueAt(place + 1) : low;
            found.push_back(low + (high - low) * static_cast<double>(rest) / bins);
        }
        return found;
    }

    /// Mean of |accuracy - confidence| over answers in bins with these inner edges.
    double error(const std::vector<double>& edges, const std::vector<int>& drawn) const
    {
        double sum = 0;
        double gap = 0;
        int64_t total = 0;
        size_t bin = 0;
        for (const Answer& one : m_answers) {
            while (bin < edges.size() && one.confidence > edges[bin]) {
                sum += std::abs(gap);
                gap = 0;
                ++bin;
            }
            gap += drawn[one.group] * (one.confidence - one.right);
            total += drawn[one.group];
        }
        return total > 0 ? (sum + std::abs(gap)) / static_cast<double>(total) : std::nan("");
    }

private:
    struct Answer {
        double confidence = 0;
        double right = 0; ///< 1 or 0
        size_t group = 0;
    };
    std::vector<Answer> m_answers;
};

struct BinSums {
    double confidence = 0;
    int64_t items = 0;
    int64_t right = 0;

    void add(const JudgedConfidence& one)
    {
        confidence += one.confidence;
        ++items;
        right += one.right ? 1 : 0;
    }
    double gap() const { return confidence - static_cast<double>(right); }
};

void fill(Reliability& all, const std::vector<BinSums>& sums)
{
    double gaps = 0;
    for (size_t i = 0; i < sums.size(); ++i) {
        ReliabilityBin& bin = all.bins[i];
        bin.right = wilsonInterval(sums[i].right, sums[i].items);
        if (sums[i].items == 0)
            continue;
        const auto items = static_cast<double>(sums[i].items);
        bin.confidence = sums[i].confidence / items;
        gaps += std::abs(sums[i].gap());
        const double worst = std::abs(sums[i].gap()) / items;
        all.maximumError = std::isnan(all.maximumError) ? worst : std::max(all.maximumError, worst);
    }
    if (all.items > 0)
        all.error = gaps / static_cast<double>(all.items);
}

double binaryLoss(const JudgedConfidence& one)
{
    const double p = std::clamp(one.confidence, kLeast, 1 - kLeast);
    return -std::log(one.right ? p : 1 - p);
}

std::vector<BinSums> binned(std::span<const JudgedConfidence> answers, const ConfidenceBins& bins)
{
    std::vector<BinSums> sums(bins.count());
    for (const JudgedConfidence& one : answers)
        if (const int bin = bins.of(one.confidence); bin >= 0)
            sums[static_cast<size_t>(bin)].add(one);
    return sums;
}

/// Sum over the classes of (p - y)^2.
double squaredDistance(const std::vector<double>& row, int truth)
{
    double sum = 0;
    for (size_t k = 0; k < row.size(); ++k) {
        const double off = row[k] - (truth == static_cast<int>(k) ? 1 : 0);
        sum += off * off;
    }
    return sum;
}

bool hasClass(const std::vector<double>& row, int truth)
{
    return truth >= 0 && static_cast<size_t>(truth) < row.size();
}

size_t columnsOf(const JudgedRows& rows)
{
    size_t columns = 0;
    for (const auto& row : rows.probabilities)
        columns = std::max(columns, row.size());
    return columns;
}

/// What one subject (or one answer) adds to every sum, so that a resample costs no look at single answers.
struct Cluster {
    struct Part {
        size_t place = 0; ///< (class, bin), or (top, bin) behind all classes
        double gap = 0;
    };
    std::vector<Part> parts;
    std::vector<std::pair<size_t, int64_t>> truths; ///< class and how many
    int64_t items = 0;
    int64_t named = 0; ///< with a true class
    double brier = 0;
    double loss = 0;
};

class Resampling {
public:
    Resampling(const JudgedRows& rows, int bins) : m_rows(rows), m_bins(bins), m_columns(columnsOf(rows))
    {
        std::map<std::string, size_t> numbers;
        for (const std::string& subject : rows.subjects)
            numbers.emplace(subject, numbers.size());
        m_overSubjects = numbers.size() >= 2;
        m_clusterOf.resize(rows.probabilities.size());
        for (size_t i = 0; i < m_clusterOf.size(); ++i)
            m_clusterOf[i] = m_overSubjects ? numbers.at(rows.subjects[i]) : i;
        m_clusters.resize(m_overSubjects ? numbers.size() : m_clusterOf.size());
        std::vector<std::map<size_t, double>> gaps(m_clusters.size());
        std::vector<std::map<size_t, int64_t>> truths(m_clusters.size());
        for (size_t i = 0; i < m_clusterOf.size(); ++i)
            add(i, gaps[m_clusterOf[i]], truths[m_clusterOf[i]]);
        for (size_t c = 0; c < m_clusters.size(); ++c) {
            for (const auto& [place, gap] : gaps[c])
                m_clusters[c].parts.push_back({place, gap});
            m_clusters[c].truths.assign(truths[c].begin(), truths[c].end());
        }
    }

    CalibrationIntervals intervals(const BootstrapOptions& options) const
    {
        std::vector<double> error;
        std::vector<double> byMass;
        std::vector<double> classwise;
        std::vector<double> brier;
        std::vector<double> loss;
        std::vector<std::vector<double>> classes(m_columns);
        const std::vector<JudgedConfidence> answers = topAnswers(m_rows);
        std::vector<size_t> groups;
        for (size_t i = 0; i < m_clusterOf.size(); ++i)
            if (!m_rows.probabilities[i].empty())
                groups.push_back(m_clusterOf[i]);
        const OrderedAnswers ordered(answers, groups);
        const int bins = static_cast<int>(m_bins.count());
        for (const std::vector<int>& drawn :
            resampledSubjects(static_cast<int>(m_clusters.size()), options)) {
            const Sums sums = sumOf(drawn);
            error.push_back(sums.binned(m_columns, m_bins.count()));
            byMass.push_back(ordered.error(ordered.edges(bins, drawn), drawn));
            double mean = 0;
            int64_t occurring = 0;
            for (size_t k = 0; k < m_columns; ++k) {
                if (sums.truths[k] == 0)
                    continue;
                classes[k].push_back(sums.binned(k, m_bins.count()));
                mean += classes[k].back();
                ++occurring;
            }
            classwise.push_back(occurring > 0 ? mean / static_cast<double>(occurring) : std::nan(""));
            brier.push_back(sums.items > 0 ? sums.brier / static_cast<double>(sums.items) : std::nan(""));
            loss.push_back(sums.named > 0 ? sums.loss / static_cast<double>(sums.named) : std::nan(""));
        }
        CalibrationIntervals found{m_overSubjects, percentileInterval(error, options.level),
            percentileInterval(byMass, options.level), percentileInterval(classwise, options.level),
            percentileInterval(brier, options.level), percentileInterval(loss, options.level), {}};
        for (size_t k = 0; k < m_columns; ++k)
            if (!classes[k].empty())
                found.classError[static_cast<int>(k)] = percentileInterval(classes[k], options.level);
        return found;
    }

private:
    struct Sums {
        std::vector<double> gaps;
        std::vector<int64_t> truths;
        int64_t items = 0;
        int64_t named = 0;
        double brier = 0;
        double loss = 0;

        double binned(size_t column, size_t bins) const
        {
            double sum = 0;
            for (size_t bin = 0; bin < bins; ++bin)
                sum += std::abs(gaps[column * bins + bin]);
            return items > 0 ? sum / static_cast<double>(items) : std::nan("");
        }
    };

    void add(size_t item, std::map<size_t, double>& gaps, std::map<size_t, int64_t>& truths)
    {
        const std::vector<double>& row = m_rows.probabilities[item];
        const int truth = m_rows.truth[item];
        if (row.empty())
            return;
        const auto note = [&](size_t column, double confidence, bool right) {
            if (const int bin = m_bins.of(confidence); bin >= 0)
                gaps[column * m_bins.count() + static_cast<size_t>(bin)] += confidence - (right ? 1 : 0);
        };
        for (size_t k = 0; k < row.size(); ++k)
            note(k, row[k], truth == static_cast<int>(k));
        const auto top = std::ranges::max_element(row);
        note(m_columns, *top, top - row.begin() == truth);
        Cluster& cluster = m_clusters[m_clusterOf[item]];
        ++cluster.items;
        cluster.brier += squaredDistance(row, truth);
        if (!hasClass(row, truth))
            return;
        ++truths[static_cast<size_t>(truth)];
        ++cluster.named;
        cluster.loss -= std::log(std::max(kLeast, row[static_cast<size_t>(truth)]));
    }

    Sums sumOf(const std::vector<int>& drawn) const
    {
        Sums sums;
        sums.gaps.resize((m_columns + 1) * m_bins.count());
        sums.truths.resize(m_columns);
        for (size_t c = 0; c < drawn.size(); ++c) {
            if (drawn[c] == 0)
                continue;
            const Cluster& cluster = m_clusters[c];
            for (const Cluster::Part& part : cluster.parts)
                sums.gaps[part.place] += drawn[c] * part.gap;
            for (const auto& [label, count] : cluster.truths)
                sums.truths[label] += drawn[c] * count;
            sums.items += drawn[c] * cluster.items;
            sums.named += drawn[c] * cluster.named;
            sums.brier += drawn[c] * cluster.brier;
            sums.loss += drawn[c] * cluster.loss;
        }
        return sums;
    }

    const JudgedRows& m_rows;
    ConfidenceBins m_bins;
    size_t m_columns = 0;
    bool m_overSubjects = false;
    std::vector<size_t> m_clusterOf;
    std::vector<Cluster> m_clusters;
};

} // namespace

Reliability reliabilityOf(std::span<const JudgedConfidence> answers, BinRule rule, int bins)
{
    Reliability all;
    std::vector<BinSums> sums;
    const ConfidenceBins equal(bins);
    all.bins.resize(equal.count());
    if (rule == BinRule::EqualWidth) {
        for (size_t i = 0; i < equal.count(); ++i) {
            all.bins[i].low = equal.low(i);
            all.bins[i].high = equal.high(i);
        }
        sums = binned(answers, equal);
    } else {
        const OrderedAnswers ordered(answers, std::vector<size_t>(answers.size()));
        const std::vector<double> edges = ordered.edges(static_cast<int>(equal.count()), {1});
        sums.resize(equal.count());
        for (const JudgedConfidence& one : answers)
            sums[static_cast<size_t>(std::ranges::lower_bound(edges, one.confidence) - edges.begin())].add(
                one);
        for (size_t i = 0; i < edges.size(); ++i)
            all.bins[i].high = all.bins[i + 1].low = edges[i];
        if (!answers.empty()) {
            const auto [least, most] = std::ranges::minmax(answers, {}, &JudgedConfidence::confidence);
            all.bins.front().low = least.confidence;
            all.bins.back().high = most.confidence;
        }
    }
    all.items = static_cast<int64_t>(answers.size());
    fill(all, sums);
    if (answers.empty())
        return all;
    double confidence = 0;
    double squares = 0;
    double loss = 0;
    for (const JudgedConfidence& one : answers) {
        const double off = one.confidence - (one.right ? 1 : 0);
        all.right += one.right ? 1 : 0;
        confidence += one.confidence;
        squares += off * off;
        loss += binaryLoss(one);
    }
    const auto items = static_cast<double>(all.items);
    all.accuracy = static_cast<double>(all.right) / items;
    all.meanConfidence = confidence / items;
    all.brier = squares / items;
    all.logLoss = loss / items;
    return all;
}

const ReliabilityBin* binOf(const Reliability& reliability, double confidence)
{
    for (const ReliabilityBin& bin : reliability.bins)
        if (confidence > bin.low && confidence <= bin.high)
            return &bin;
    return nullptr;
}

std::vector<JudgedConfidence> topAnswers(const JudgedRows& rows)
{
    std::vector<JudgedConfidence> answers;
    answers.reserve(rows.probabilities.size());
    for (size_t i = 0; i < rows.probabilities.size(); ++i) {
        const std::vector<double>& row = rows.probabilities[i];
        if (const auto top = std::ranges::max_element(row); top != row.end())
            answers.push_back({*top, top - row.begin() == rows.truth[i]});
    }
    return answers;
}

std::vector<double> classErrors(const JudgedRows& rows, int bins)
{
    const size_t columns = columnsOf(rows);
    const ConfidenceBins equal(bins);
    std::vector<double> gaps(columns * equal.count());
    std::vector<int64_t> answers(columns);
    std::vector<bool> occurs(columns);
    for (size_t i = 0; i < rows.probabilities.size(); ++i) {
        const std::vector<double>& row = rows.probabilities[i];
        for (size_t k = 0; k < row.size(); ++k) {
            const bool right = rows.truth[i] == static_cast<int>(k);
            ++answers[k];
            occurs[k] = occurs[k] || right;
            if (const int bin = equal.of(row[k]); bin >= 0)
                gaps[k * equal.count() + static_cast<size_t>(bin)] += row[k] - (right ? 1 : 0);
        }
    }
    std::vector<double> errors(columns, std::nan(""));
    for (size_t k = 0; k < columns; ++k) {
        double sum = 0;
        for (size_t bin = 0; bin < equal.count(); ++bin)
            sum += std::abs(gaps[k * equal.count() + bin]);
        if (occurs[k])
            errors[k] = sum / static_cast<double>(answers[k]);
    }
    return errors;
}

CalibrationFigures calibrationFigures(const JudgedRows& rows, int bins)
{
    CalibrationFigures figures;
    const std::vector<JudgedConfidence> answers = topAnswers(rows);
    figures.top = reliabilityOf(answers, BinRule::EqualWidth, bins);
    figures.topByMass = reliabilityOf(answers, BinRule::EqualMass, bins);
    figures.classError = classErrors(rows, bins);
    double sum = 0;
    int64_t occurring = 0;
    for (const double error : figures.classError)
        if (!std::isnan(error)) {
            sum += error;
            ++occurring;
        }
    if (occurring > 0)
        figures.classwiseError = sum / static_cast<double>(occurring);
    double squares = 0;
    double loss = 0;
    int64_t named = 0;
    for (size_t i = 0; i < rows.probabilities.size(); ++i) {
        const std::vector<double>& row = rows.probabilities[i];
        if (row.empty())
            continue;
        squares += squaredDistance(row, rows.truth[i]);
        if (!hasClass(row, rows.truth[i])) {
            ++figures.withoutClass;
            continue;
        }
        loss -= std::log(std::max(kLeast, row[static_cast<size_t>(rows.truth[i])]));
        ++named;
    }
    if (!answers.empty())
        figures.brier = squares / static_cast<double>(answers.size());
    if (named > 0)
        figures.logLoss = loss / static_cast<double>(named);
    return figures;
}

CalibrationIntervals calibrationIntervals(const JudgedRows& rows, const BootstrapOptions& options, int bins)
{
    return Resampling(rows, bins).intervals(options);
}

double chanceCalibrationError(
    std::span<const JudgedConfidence> answers, const BootstrapOptions& options, int bins)
{
    if (answers.empty() || options.resamples <= 0)
        return std::nan("");
    const ConfidenceBins equal(bins);
    Random random(options.seed);
    double sum = 0;
    std::vector<JudgedConfidence> drawn(answers.begin(), answers.end());
    for (int i = 0; i < options.resamples; ++i) {
        for (JudgedConfidence& one : drawn)
            one.right = random.uniform() < one.confidence;
        double gaps = 0;
        for (const BinSums& sums : binned(drawn, equal))
            gaps += std::abs(sums.gap());
        sum += gaps / static_cast<double>(drawn.size());
    }
    return sum / options.resamples;
}

} // namespace telltale

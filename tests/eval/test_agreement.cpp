// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Agreement between annotators against scikit-learn, statsmodels, scipy and scripts after the papers:
// golden/agreement.py says how the expected values were made.
#include "base/random.h"
#include "eval/agreement/agreement.h"
#include "eval/agreement/spanpairs.h"
#include <algorithm>
#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

using namespace telltale;
using nlohmann::json;

namespace {

constexpr double kExact = 1e-9;

const json& golden()
{
    static const json all = [] {
        std::ifstream in(TELLTALE_SOURCE_DIR "/tests/eval/golden/agreement.json");
        return json::parse(in);
    }();
    return all;
}

std::optional<Coding> codingOf(const json& row)
{
    if (row.is_null())
        return std::nullopt;
    Coding coding;
    for (const json& span : row.at("spans"))
        coding.spans.push_back({{span[0], span[1]}, span[2], 0});
    if (!row.at("looked").is_null()) {
        coding.looked.emplace();
        for (const json& span : row.at("looked"))
            coding.looked->push_back({span[0], span[1]});
    }
    return coding;
}

CodedSet setOf(const json& input)
{
    CodedSet set{input.at("labels"), input.at("coders"), input.at("groups"), {}};
    for (const json& row : input.at("units")) {
        CodedUnit unit{row.at("group"), row.at("frames"), row.at("msPerFrame"), {}};
        for (const json& coding : row.at("codings"))
            unit.codings.push_back(codingOf(coding));
        set.units.push_back(std::move(unit));
    }
    return set;
}

AgreementOptions optionsOf(const json& all)
{
    AgreementOptions options;
    options.pairOverlap = all.at("pairOverlap");
    options.tious = all.at("tious").get<std::vector<double>>();
    options.bootstrap.resamples = all.at("resamples");
    options.bootstrap.seed = all.at("seed");
    return options;
}

void expectFigure(const AgreementFigure& figure, const json& expected, const std::string& what)
{
    ASSERT_EQ(figure.defined(), !expected.is_null()) << what;
    EXPECT_TRUE(std::isfinite(figure.value)) << what;
    if (figure.defined()) {
        EXPECT_NEAR(figure.value, expected.get<double>(), kExact) << what;
    }
}

void expectInterval(
    const AgreementFigure& figure, const json& all, const std::string& key, const std::string& what)
{
    if (all.is_null() || !figure.defined()) {
        EXPECT_FALSE(figure.interval) << what << key;
        return;
    }
    ASSERT_TRUE(figure.interval) << what << key;
    const json& expected = all.at(key);
    EXPECT_EQ(figure.interval->resamples, expected.at("resamples").get<int>()) << what << key;
    EXPECT_NEAR(figure.interval->low, expected.at("low").get<double>(), kExact) << what << key;
    EXPECT_NEAR(figure.interval->high, expected.at("high").get<double>(), kExact) << what << key;
}

std::map<std::string, const AgreementFigure*> namedFigures(const PairFigures& figures)
{
    std::map<std::string, const AgreementFigure*> all{{"frameKappa", &figures.frameKappa},
        {"gestureKappa", &figures.gestureKappa}, {"spanKappa", &figures.spanKappa},
        {"unmatchedKappa", &figures.unmatchedKappa}, {"startMean", &figures.start.meanFrames},
        {"startMedian", &figures.start.medianFrames}, {"endMean", &figures.end.meanFrames},
        {"endMedian", &figures.end.medianFrames}, {"startMeanMs", &figures.start.meanMs},
        {"startMedianMs", &figures.start.medianMs}, {"endMeanMs", &figures.end.meanMs},
        {"endMedianMs", &figures.end.medianMs}};
    return all;
}

void expectPairFigures(const PairFigures& figures, const json& expected, const std::string& what)
{
    for (const auto& [key, figure] : namedFigures(figures))
        if (expected.contains(key))
            expectFigure(*figure, expected.at(key), what + key);
    for (size_t i = 0; i < figures.f1.size(); ++i)
        expectFigure(figures.f1[i], expected.at("f1")[i], what + "f1");
}

void expectPair(const PairAgreement& pair, const json& expected, const std::string& what)
{
    EXPECT_EQ(pair.framesCompared, expected.at("framesCompared").get<int64_t>()) << what;
    expectPairFigures(pair.all.figures, expected, what);
    for (size_t label = 0; label < pair.labels.size(); ++label) {
        const json& row = expected.at("labels")[label];
        const std::string here = what + "label " + std::to_string(label) + " ";
        expectPairFigures(pair.labels[label].figures, row, here);
        const PairCounts& counts = pair.labels[label].counts;
        EXPECT_EQ(counts.spansA, row.at("spansA").get<int64_t>()) << here;
        EXPECT_EQ(counts.spansB, row.at("spansB").get<int64_t>()) << here;
        EXPECT_EQ(counts.pairedA, row.at("pairedA").get<int64_t>()) << here;
        EXPECT_EQ(counts.pairedB, row.at("pairedB").get<int64_t>()) << here;
        EXPECT_EQ(counts.named, row.at("named").get<int64_t>()) << here;
        EXPECT_EQ(counts.framesA, row.at("framesA").get<int64_t>()) << here;
        EXPECT_EQ(counts.framesB, row.at("framesB").get<int64_t>()) << here;
    }
    if (!expected.contains("intervals"))
        return;
    for (const auto& [key, figure] : namedFigures(pair.all.figures))
        expectInterval(*figure, expected.at("intervals"), key, what);
    for (size_t i = 0; i < pair.all.figures.f1.size(); ++i)
        expectInterval(pair.all.figures.f1[i], expected.at("intervals"),
            std::string("f1").append(1, char('0' + i)), what);
}

void expectGroup(const GroupFigures& figures, const json& expected, const std::string& what)
{
    expectFigure(figures.fleiss, expected.at("fleiss"), what + "fleiss");
    expectFigure(figures.fleissGestures, expected.at("fleissGestures"), what + "fleissGestures");
    expectFigure(figures.alpha, expected.at("alpha"), what + "alpha");
    expectFigure(figures.alphaGestures, expected.at("alphaGestures"), what + "alphaGestures");
}

CodedUnit unitOf(int64_t frames, std::vector<std::vector<CodedSpan>> codings)
{
    CodedUnit unit{0, frames, 40, {}};
    for (auto& spans : codings)
        unit.codings.push_back(Coding{std::move(spans), {}, {}, {}});
    return unit;
}

AgreementReport reportOf(const CodedSet& set)
{
    auto report = agreementOf(set);
    EXPECT_TRUE(report.ok());
    return report.ok() ? *report : AgreementReport();
}

} // namespace

TEST(Agreement, EqualsIndependentImplementations)
{
    for (const json& one : golden().at("cases")) {
        const std::string name = one.at("name").get<std::string>() + ": ";
        const auto report = agreementOf(setOf(one.at("input")), optionsOf(golden()));
        ASSERT_TRUE(report.ok()) << name;
        const json& group = one.at("expected").at("group");
        expectGroup(report->all, group, name);
        for (size_t label = 0; label < report->labels.size(); ++label)
            expectGroup(report->labels[label], group.at("labels")[label],
                name + "label " + std::to_string(label) + " ");
        expectInterval(report->all.fleiss, group.at("intervals"), "fleiss", name);
        expectInterval(report->all.alpha, group.at("intervals"), "alpha", name);
        expectInterval(report->all.alphaGestures, group.at("intervals"), "alphaGestures", name);
        ASSERT_EQ(report->pairs.size(), one.at("expected").at("pairs").size());
        for (size_t i = 0; i < report->pairs.size(); ++i)
            expectPair(report->pairs[i], one.at("expected").at("pairs")[i],
                name + "pair " + std::to_string(i) + " ");
    }
}

TEST(Agreement, PairsAreThoseOfTheAssignmentSolver)
{
    for (const json& one : golden().at("cases")) {
        const auto report = agreementOf(setOf(one.at("input")), optionsOf(golden()));
        ASSERT_TRUE(report.ok());
        for (size_t i = 0; i < report->pairs.size(); ++i) {
            std::vector<std::vector<std::pair<int64_t, int64_t>>> found;
            size_t unit = 0;
            const PairAgreement& pair = report->pairs[i];
            for (const CodedUnit& each : setOf(one.at("input")).units) {
                if (each.codings[static_cast<size_t>(pair.a)] && each.codings[static_cast<size_t>(pair.b)]) {
                    found.emplace_back();
                    for (const AgreementPair& match : pair.pairs)
                        if (match.unit == unit && match.a >= 0 && match.b >= 0)
                            found.back().emplace_back(match.a, match.b);
                    std::ranges::sort(found.back());
                }
                ++unit;
            }
            const auto expected = one.at("expected")
                                      .at("pairs")[i]
                                      .at("pairs")
                                      .get<std::vector<std::vector<std::pair<int64_t, int64_t>>>>();
            EXPECT_EQ(found, expected) << one.at("name") << " pair " << i;
        }
    }
}

TEST(Agreement, AlphaIsThatOfTheWorkedExampleWithMissingData)
{
    // Krippendorff 2011, section C: four observers, twelve units, nominal; alpha 0.743.
    constexpr int kNo = 0;
    const int data[4][12]
        = {{1, 2, 3, 3, 2, 1, 4, 1, 2, kNo, kNo, kNo}, {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, kNo, 3},
            {kNo, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, kNo}, {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, kNo}};
    // As one unit of twelve frames: every observer marks the frames that he labelled.
    CodedSet set{6, 4, 1, {}};
    CodedUnit unit{0, 12, 40, {}};
    for (const auto& row : data) {
        Coding coding;
        coding.looked.emplace();
        for (int64_t frame = 0; frame < 12; ++frame)
            if (row[frame] != kNo)
                coding.spans.push_back({{frame, frame + 1}, row[frame], 0});
        unit.codings.emplace_back(std::move(coding));
    }
    set.units.push_back(unit);
    const AgreementReport report = reportOf(set);
    ASSERT_TRUE(report.all.alpha.defined());
    EXPECT_NEAR(report.all.alpha.value, 0.743, 5e-4);
    // The paper's own numbers: n = 40, sum of o_cc = 32, sum of n_c (n_c - 1) = 9*8+13*12+10*9+5*4+3*2.
    EXPECT_NEAR(report.all.alpha.value, (39 * 32 - 344.0) / (40 * 39 - 344.0), kExact);
    EXPECT_NEAR(report.all.alphaGestures.value, report.all.alpha.value, kExact);
}

TEST(Agreement, SaysWhyAFigureHasNoValue)
{
    const auto whole = [](int label) { return std::vector<CodedSpan>{{{0, 100}, label, 0}}; };
    const AgreementReport same = reportOf({2, 2, 1, {unitOf(100, {whole(0), whole(0)})}});
    EXPECT_EQ(same.pairs[0].all.figures.frameKappa.missing, NoFigure::OneLabel);
    EXPECT_EQ(same.pairs[0].all.figures.spanKappa.missing, NoFigure::OneLabel);
    EXPECT_EQ(same.pairs[0].all.figures.unmatchedKappa.missing, NoFigure::OneLabel);
    EXPECT_EQ(same.all.fleiss.missing, NoFigure::OneLabel);
    EXPECT_EQ(same.all.alpha.missing, NoFigure::OneLabel);
    EXPECT_EQ(same.pairs[0].labels[1].figures.frameKappa.missing, NoFigure::NotUsed);
    EXPECT_EQ(same.pairs[0].labels[1].figures.f1[0].missing, NoFigure::NotUsed);
    const AgreementReport alone = reportOf({2, 2, 1, {unitOf(100, {whole(0), {}})}});
    EXPECT_EQ(alone.pairs[0].all.figures.unmatchedKappa.missing, NoFigure::NoPairs);
    EXPECT_EQ(alone.pairs[0].all.figures.spanKappa.missing, NoFigure::NoPairs);
    EXPECT_EQ(alone.pairs[0].all.figures.start.meanFrames.missing, NoFigure::NoPairs);
    EXPECT_DOUBLE_EQ(alone.pairs[0].all.figures.f1[0].value, 0);
    CodedSet apart{2, 2, 1, {unitOf(100, {whole(0), {}}), unitOf(100, {{}, whole(0)})}};
    apart.units[0].codings[1].reset();
    apart.units[1].codings[0].reset();
    const AgreementReport never = reportOf(apart);
    EXPECT_EQ(never.pairs[0].all.figures.frameKappa.missing, NoFigure::NothingCompared);
    EXPECT_EQ(never.all.fleiss.missing, NoFigure::NotAllCoded);
    EXPECT_EQ(never.all.alpha.missing, NoFigure::NothingCompared);
}

TEST(Agreement, BackgroundCountsOnlyWhereSomebodyLooked)
{
    CodedUnit unit = unitOf(1000, {{{{100, 200}, 0, 0}}, {{{100, 200}, 0, 0}}});
    unit.codings[0]->looked = std::vector<FrameSpan>{{50, 250}};
    unit.codings[1]->looked = std::vector<FrameSpan>{{0, 220}, {900, 1000}};
    const AgreementReport report = reportOf({1, 2, 1, {unit}});
    EXPECT_EQ(report.pairs[0].framesCompared, 170); // frames 50 to 219
    EXPECT_EQ(report.pairs[0].all.counts.framesA, 100);
}

TEST(Agreement, WhatAModelShowedAndWithheldIsToldApart)
{
    const std::vector<CodedSpan> a{{{0, 50}, 0, 0}, {{100, 150}, 1, 0}, {{200, 250}, 0, 0}};
    const std::vector<CodedSpan> b{{{0, 50}, 0, 0}, {{100, 150}, 0, 0}};
    CodedUnit unit = unitOf(300, {a, b});
    unit.codings[0]->shown = {{5, 45}};
    unit.codings[1]->withheld = {{5, 45}, {105, 140}};
    unit.codings[0]->withheld = {{105, 140}};
    const PairAgreement pair = reportOf({2, 2, 1, {unit}}).pairs[0];
    const auto of
        = [&pair](Hint hint) -> const LabelAgreement& { return pair.byHint[static_cast<size_t>(hint)]; };
    EXPECT_EQ(of(Hint::Shown).counts.spansA, 1); // A saw the first one, though B did not
    EXPECT_EQ(of(Hint::Withheld).counts.spansA, 1);
    EXPECT_EQ(of(Hint::Withheld).counts.named, 0);
    EXPECT_EQ(of(Hint::NotProposed).counts.spansA, 1);
    EXPECT_EQ(of(Hint::NotProposed).counts.spansB, 0);
    EXPECT_DOUBLE_EQ(of(Hint::Shown).figures.f1[0].value, 1);
    EXPECT_DOUBLE_EQ(of(Hint::Withheld).figures.f1[0].value, 0);
    EXPECT_EQ(pair.framesByHint[0], 40);
    EXPECT_EQ(pair.framesByHint[1], 35);
    EXPECT_EQ(pair.framesByHint[2], 225);
}

TEST(Agreement, LongChainsOfSpansAreMatchedBestAndQuickly)
{
    // Every span overlaps two of the other coder: only the whole chain decides. Expected by dynamic
    // programming over the chain.
    Random random(5);
    std::vector<CodedSpan> a;
    std::vector<CodedSpan> b;
    int64_t at = 0;
    for (int i = 0; i < 4000; ++i) {
        const int64_t next = at + 10 + random.below(20);
        (i % 2 == 0 ? a : b).push_back({{at, next + 4 + random.below(5)}, 0, 0});
        at = next;
    }
    const auto overlaps = overlappingPairs(a, b);
    double best = 0;
    for (const SpanMatchPair& pair : bestPairs(overlaps, a.size(), b.size(), 0))
        best += pair.overlap;
    std::vector<double> chain; // overlaps of neighbours: no two that follow each other can both count
    for (int i = 0; i + 1 < 4000; ++i)
        chain.push_back(i % 2 == 0
                ? temporalIou(a[static_cast<size_t>(i / 2)].span, b[static_cast<size_t>(i / 2)].span)
                : temporalIou(b[static_cast<size_t>(i / 2)].span, a[static_cast<size_t>(i / 2 + 1)].span));
    double with = 0;
    double before = 0;
    for (const double value : chain)
        before = std::exchange(with, std::max(with, before + value));
    EXPECT_EQ(overlaps.size(), chain.size());
    EXPECT_NEAR(best, with, kExact);
}

TEST(Agreement, StopsWhenAskedTo)
{
    CancelFlag flag;
    flag.cancel();
    const auto report = agreementOf({1, 2, 1, {unitOf(10, {{}, {}})}}, {}, &flag);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, ErrorCode::Cancelled);
}

TEST(Agreement, RefusesLabelsThatAreNone)
{
    const auto report = agreementOf({1, 2, 1, {unitOf(10, {{{{0, 5}, 1, 0}}, {}})}});
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, ErrorCode::InvalidArgument);
}

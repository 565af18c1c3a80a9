// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Pyramids and indexes against plain loops over everything, before and after random edits.
#include "base/random.h"
#include "widgets/timeline/curvepyramid.h"
#include "widgets/timeline/laneindex.h"
#include "widgets/timeline/lodpyramid.h"
#include "widgets/timeline/timelineview.h"
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <set>

using namespace telltale;

namespace {

int64_t below(Random& random, int64_t end)
{
    return static_cast<int64_t>(random.uniform() * static_cast<double>(end));
}

FrameSpan anySpan(Random& random, int64_t frames, int64_t longest)
{
    const int64_t first = below(random, frames);
    return {first, first + 1 + below(random, longest)};
}

/// The bins that a column of pixels consists of are as long as can be without being more than half of it.
int64_t binOf(const LodPyramid& pyramid, double perColumn)
{
    int64_t bin = pyramid.binFrames();
    while (static_cast<double>(bin) * 4 <= perColumn)
        bin *= 2;
    return bin;
}

uint32_t naiveMark(
    const std::vector<MarkedSpan>& spans, const LodPyramid& pyramid, double from, double to, int64_t frames)
{
    const int64_t bin = binOf(pyramid, to - from);
    const int64_t least = pyramid.binFrames();
    const auto first = static_cast<int64_t>(std::floor(from / static_cast<double>(bin))) * bin;
    const auto last = static_cast<int64_t>(std::ceil(to / static_cast<double>(bin))) * bin;
    uint32_t mark = 0;
    for (const MarkedSpan& span : spans) {
        const int64_t begin = span.span.first / least * least;
        const int64_t end = (std::min(span.span.last, frames) + least - 1) / least * least;
        if (span.span.first < frames && begin < last && end > first)
            mark = std::max(mark, span.mark);
    }
    return mark;
}

TimelineSpan spanOf(int64_t id, const FrameSpan& span, Random& random)
{
    TimelineSpan shown;
    shown.id = id;
    shown.span = span;
    shown.text = QStringLiteral("Gesture %1").arg(id % 7);
    shown.color = QColor::fromHsv(static_cast<int>(id * 53 % 360), 160, 200);
    shown.state = static_cast<SpanState>(below(random, 6));
    shown.score = random.uniform();
    shown.origin = static_cast<TimelineOrigin>(below(random, 4));
    return shown;
}

std::vector<LaneIndex::Entry> sortedEntries(const LaneIndex& index)
{
    std::vector<LaneIndex::Entry> all;
    for (const LaneIndex::Row& row : index.rows())
        all.insert(all.end(), row.begin(), row.end());
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    return all;
}

} // namespace

class TestTimelineLod : public QObject {
    Q_OBJECT
private slots:
    void columnsAreWhatALoopOverAllSpansGives()
    {
        constexpr int64_t kFrames = 30011;
        Random random(3);
        std::vector<MarkedSpan> spans;
        for (uint32_t i = 0; i < 900; ++i)
            spans.push_back({anySpan(random, kFrames + 100, 60), 1 + i % 37});
        LodPyramid pyramid;
        pyramid.build(kFrames, spans);
        QCOMPARE(pyramid.binFrames(), int64_t{8});
        QVERIFY(!pyramid.resolves(15.9));
        const auto check = [&] {
            for (const double perColumn : {16.0, 23.7, 100.0, 611.3, 40000.0}) {
                const double start = random.uniform() * 500;
                std::vector<uint32_t> marks(
                    std::min<size_t>(200, static_cast<size_t>(kFrames / perColumn) + 1));
                pyramid.columns(pyramid.plan(start, perColumn, marks.size()), marks);
                for (size_t i = 0; i < marks.size(); ++i) {
                    const double from = start + static_cast<double>(i) * perColumn;
                    QCOMPARE(marks[i], naiveMark(spans, pyramid, from, from + perColumn, kFrames));
                }
            }
        };
        check();
        for (int edit = 0; edit < 60; ++edit) {
            const auto at = static_cast<size_t>(below(random, static_cast<int64_t>(spans.size())));
            const FrameSpan before = spans[at].span;
            spans[at] = {anySpan(random, kFrames, 400), static_cast<uint32_t>(1 + below(random, 50))};
            for (const FrameSpan& range : {before, spans[at].span}) {
                const FrameSpan wide = pyramid.widened(range);
                std::vector<MarkedSpan> touching;
                for (const MarkedSpan& each : spans)
                    if (each.span.first < wide.last && each.span.last > wide.first)
                        touching.push_back(each);
                pyramid.update(range, touching);
            }
        }
        check();
    }
    void coverageIsTheShareOfFrames()
    {
        LodPyramid pyramid;
        pyramid.build(8192, {{{0, 1024}, 1}, {{1100, 1140}, 2}, {{1120, 1140}, 3}, {{8182, 9000}, 4}});
        std::vector<float> shares(8, 0);
        pyramid.coverage(0, 1024, shares);
        QCOMPARE(shares[0], 1.0F);
        QCOMPARE(shares[1], 60.0F / 1024);
        QCOMPARE(shares[5], 0.0F);
        QCOMPARE(shares[7], 10.0F / 1024);
        pyramid.coverage(0, 1024, shares);
        QCOMPARE(shares[0], 2.0F); // it adds
    }
    void manyFramesStillMakeFewBins()
    {
        LodPyramid pyramid;
        pyramid.build(50'000'000, {{{49'999'990, 50'000'000}, 9}});
        QVERIFY(50'000'000 / pyramid.binFrames() <= 1 << 16);
        std::vector<uint32_t> marks(1000, 0);
        pyramid.columns(pyramid.plan(0, 50000, marks.size()), marks);
        QCOMPARE(marks[999], 9U);
        QCOMPARE(std::count(marks.begin(), marks.end(), 0U), 999);
        LodPyramid none;
        none.build(0, {{{0, 5}, 1}});
        QVERIFY(none.empty());
        none.columns(none.plan(0, 1000, marks.size()), marks);
        none.update({0, 5}, {});
    }
    void aCurveOfAnyLengthGivesTheExtremesOfItsColumns()
    {
        Random random(8);
        for (const int64_t length : {1, 7, 8, 9, 64, 1000, 100003}) {
            std::vector<float> values(static_cast<size_t>(length));
            for (float& value : values)
                value = static_cast<float>(random.uniform());
            const CurvePyramid curve(values);
            for (const double perColumn : {1.0, 1.7, 3.9, 4.0, 70.2, 5000.0, 300000.0}) {
                const double start = random.uniform() * 5;
                const CurvePyramid::Columns columns = curve.columns(start, perColumn, 400);
                double stretch = 1; // at most half a column, but for the shortest
                while (stretch * 4 <= perColumn && stretch < static_cast<double>(length))
                    stretch *= 2;
                for (size_t i = 0; i < columns.low.size(); ++i) {
                    const double from = start + static_cast<double>(i) * perColumn;
                    const auto first = static_cast<int64_t>(std::floor(from / stretch) * stretch);
                    const double to
                        = std::ceil((start + static_cast<double>(i + 1) * perColumn) / stretch) * stretch;
                    const auto last = std::min(length, std::max(first + 1, static_cast<int64_t>(to)));
                    const auto [low, high]
                        = std::minmax_element(values.begin() + first, values.begin() + last);
                    QCOMPARE(columns.low[i], *low);
                    QCOMPARE(columns.high[i], *high);
                }
                const auto wanted = std::ceil((static_cast<double>(length) - start) / perColumn);
                QCOMPARE(columns.low.size(), static_cast<size_t>(std::clamp(wanted, 0.0, 400.0)));
            }
        }
        const CurvePyramid broken({0.5F, std::nanf(""), 0.25F});
        QCOMPARE(broken.columns(0, 3, 1).low, std::vector<float>{0});
        QCOMPARE(broken.columns(0, 3, 1).high, std::vector<float>{0.5F});
        QVERIFY(CurvePyramid().columns(0, 3, 1).low.empty());
    }
    void nearbyACurveRunsStraightBetweenItsValues()
    {
        const CurvePyramid curve({0, 1, 0.5F});
        const CurvePyramid::Columns columns = curve.columns(0, 0.5, 100);
        // The middles of the columns: 0.25, 0.75, 1.25 ...; the values stand at 0.5, 1.5 and 2.5.
        QCOMPARE(columns.low, (std::vector<float>{0, 0.25F, 0.75F, 0.875F, 0.625F, 0.5F}));
        QCOMPARE(columns.high, columns.low);
    }
    void anIndexThatFollowsEditsIsTheOneBuiltFromTheSameSpans()
    {
        for (const int64_t longest : {6, 40, 700}) { // apart, touching, all over each other
            Random random(static_cast<uint64_t>(longest));
            std::vector<LaneIndex::Entry> entries;
            for (int i = 0; i < 300; ++i)
                entries.push_back({anySpan(random, 3000, longest), 1000 + i, i, static_cast<uint32_t>(i)});
            LaneIndex index;
            index.buildFrom(entries);
            int64_t key = 5000;
            for (int edit = 0; edit < 120; ++edit) {
                const auto at = static_cast<size_t>(below(random, static_cast<int64_t>(entries.size())));
                const LaneIndex::Entry old = entries[at];
                index.remove(old.item, old.span.first);
                if (edit % 3 == 0) { // it goes, and the last one takes its number
                    index.renumber(entries.back().item, entries.back().span.first, old.item);
                    entries[at] = entries.back();
                    entries[at].item = old.item;
                    entries.pop_back();
                } else {
                    entries[at] = {anySpan(random, 3000, longest), old.key, old.item, old.mark};
                    index.insert(entries[at]);
                }
                if (edit % 4 == 0) {
                    entries.push_back({anySpan(random, 3000, longest), ++key,
                        static_cast<int>(entries.size()), static_cast<uint32_t>(key)});
                    index.insert(entries.back());
                }
                LaneIndex fresh;
                fresh.buildFrom(entries);
                QCOMPARE(index.rows().size(), fresh.rows().size());
                for (size_t r = 0; r < fresh.rows().size(); ++r) {
                    QCOMPARE(index.rows()[r].size(), fresh.rows()[r].size());
                    for (size_t i = 0; i < fresh.rows()[r].size(); ++i) {
                        QCOMPARE(index.rows()[r][i].key, fresh.rows()[r][i].key);
                        QCOMPARE(index.rows()[r][i].item, fresh.rows()[r][i].item);
                        QCOMPARE(index.rows()[r][i].span, fresh.rows()[r][i].span);
                    }
                }
                for (const LaneIndex::Entry& entry : entries)
                    QCOMPARE(index.rowOf(entry.item), fresh.rowOf(entry.item));
            }
        }
    }
    void longSpansAreFoundAmongManyShortOnes()
    {
        Random random(2);
        std::vector<FrameSpan> spans;
        for (int64_t i = 0; i < 5000; ++i)
            spans.push_back({i * 10, i * 10 + (i % 611 == 5 ? 9 : 1 + below(random, 4))});
        LaneIndex index;
        index.build(spans);
        std::set<int> found;
        index.visitLong(0, 3000, 40000, 9, [&found](const LaneIndex::Entry& e) { found.insert(e.item); });
        std::set<int> wanted;
        for (size_t i = 0; i < spans.size(); ++i)
            if (spans[i].length() >= 9 && spans[i].last > 3000 && spans[i].first <= 40000)
                wanted.insert(static_cast<int>(i));
        QVERIFY(wanted.size() > 4);
        QCOMPARE(found, wanted);
        QCOMPARE(sortedEntries(index).size(), spans.size());
    }
    void theViewAfterEditsLooksLikeOneMadeAnew_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("longest");
        QTest::newRow("few") << 60 << 300;
        QTest::newRow("around the number from which there are pyramids") << 512 << 40;
        QTest::newRow("many, folded") << 3000 << 400;
    }
    void theViewAfterEditsLooksLikeOneMadeAnew()
    {
        QFETCH(int, count);
        QFETCH(int, longest);
        constexpr int64_t kFrames = 60000;
        Random random(17);
        std::vector<std::vector<TimelineSpan>> lanes(2);
        for (int64_t id = 1; id <= count; ++id)
            lanes[static_cast<size_t>(id % 2)].push_back(
                spanOf(id, anySpan(random, kFrames, longest), random));
        const auto filled = [](TimelineView& view, const std::vector<std::vector<TimelineSpan>>& content) {
            view.resize(900, 260);
            view.setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(kFrames, 25)));
            std::vector<TimelineLane> shown(2);
            for (size_t i = 0; i < 2; ++i) {
                shown[i].title = QStringLiteral("Lane %1").arg(i);
                shown[i].spans = content[i];
                shown[i].editable = true;
            }
            view.setLanes(std::move(shown));
        };
        TimelineView edited;
        filled(edited, lanes);
        int64_t id = 100000;
        for (int edit = 0; edit < 80; ++edit) {
            auto& from = lanes[static_cast<size_t>(edit % 2)];
            auto& to = lanes[static_cast<size_t>(edit % 5 == 0 ? 1 - edit % 2 : edit % 2)];
            const auto at = static_cast<size_t>(below(random, static_cast<int64_t>(from.size())));
            if (edit % 7 == 3) {
                QVERIFY(edited.removeSpan(from[at].id));
                from.erase(from.begin() + static_cast<ptrdiff_t>(at));
                continue;
            }
            const int64_t wanted = edit % 6 == 1 ? ++id : from[at].id;
            if (wanted != id)
                from.erase(from.begin() + static_cast<ptrdiff_t>(at));
            to.push_back(spanOf(wanted, anySpan(random, kFrames, longest), random));
            QVERIFY(edited.putSpan(&to == &lanes[0] ? 0 : 1, to.back()));
        }
        QVERIFY(!edited.removeSpan(-77));
        QVERIFY(!edited.putSpan(9, lanes[0][0]));
        TimelineView anew;
        filled(anew, lanes);
        for (const FrameSpan& seen :
            {FrameSpan{0, kFrames}, FrameSpan{20000, 24000}, FrameSpan{31000, 31300}}) {
            edited.fitSpan(seen);
            anew.fitSpan(seen);
            const QImage followed = edited.grab().toImage();
            QVERIFY(followed == anew.grab().toImage());
        }
        // and what is hit is the same
        QCOMPARE(edited.laneRect(1), anew.laneRect(1));
    }
    void theStepFromColumnsOfAPyramidToSingleSpansIsNotSeen()
    {
        // The same spans, few of them alone and with many more out of sight, which are seen from afar.
        Random random(4);
        constexpr int64_t kFrames = 16 * 1000;
        std::vector<TimelineSpan> spans;
        for (int64_t at = 0, id = 1; at < kFrames; at += 8 * (1 + below(random, 12)), ++id) {
            spans.push_back(spanOf(id, {at, at + 8}, random));
            spans.back().state = SpanState::Accepted;
            spans.back().score = 1;
        }
        QVERIFY(spans.size() > 100);
        const auto few = std::vector<TimelineSpan>(spans.begin(), spans.begin() + 300); // no pyramid
        for (int64_t id = 100000; spans.size() < 1200; ++id) // more, far behind: now there is one
            spans.push_back(spanOf(id, {kFrames * 3 + id % 5000, kFrames * 3 + id % 5000 + 1}, random));
        TimelineView near;
        TimelineView far;
        for (TimelineView* view : {&near, &far}) {
            view->resize(1300, 200);
            view->setVideo(std::make_shared<FrameTimes>(FrameTimes::nominal(kFrames * 4, 25)));
            TimelineLane lane;
            lane.spans = view == &near ? few : spans;
            view->setLanes({lane});
            view->fitSpan({0, 20000}); // 20 frames a column
        }
        const auto row = [](TimelineView& view) {
            const QImage image = view.grab().toImage();
            const auto y = static_cast<int>(view.laneRect(0).top()) + 6;
            std::vector<QRgb> pixels;
            for (int x = static_cast<int>(view.xOf(0)) + 1; x < static_cast<int>(view.xOf(kCompared)); ++x)
                pixels.push_back(image.pixel(x, y));
            return pixels;
        };
        const std::vector<QRgb> a = row(near);
        const std::vector<QRgb> b = row(far);
        QVERIFY(a.size() > 200);
        QCOMPARE(a.size(), b.size());
        // Every colour is where it was, or in the next column.
        for (size_t i = 1; i + 1 < a.size(); ++i)
            QVERIFY(b[i] == a[i] || b[i] == a[i - 1] || b[i] == a[i + 1]);
    }

private:
    static constexpr int64_t kCompared = 8000;
};

QTEST_MAIN(TestTimelineLod)
#include "test_timelinelod.moc"

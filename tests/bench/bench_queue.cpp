// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The review queue over 100,000 proposals of a real project: what a decision costs with everything that
// re-ranks after it, and what reading and ordering all of it costs. Milliseconds of the GUI thread's
// processor time.
#include "base/random.h"
#include "review/expectedgain.h"
#include "review/novelty.h"
#include "review/rankedqueue.h"
#include "widgets/models/spanlistfilter.h"
#include "widgets/models/spanlistmodel.h"
#include <QApplication>
#include <QTableView>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace telltale {
namespace {

constexpr int kVideos = 10;
constexpr int kProposals = 10000; ///< of each video
constexpr int kDecisions = 200;
constexpr int kClasses = 17;
constexpr int64_t kFrames = 200000;

/// Time of the processor, which other programs do not lengthen; all that is measured runs on one thread.
class Clock {
public:
    double milliseconds() const { return (now() - m_start) * 1e-6; }

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
    }
    double m_start = now();
};

void print(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    const auto at = [&times](double share) {
        return times[std::min(
            times.size() - 1, static_cast<size_t>(share * static_cast<double>(times.size())))];
    };
    std::printf("%-52s %8.2f ms median %8.2f ms p95 %8.2f ms worst\n", what, at(0.5), at(0.95), times.back());
}

void print(const char* what, double time) { std::printf("%-52s %8.2f ms\n", what, time); }

std::vector<float> randomShares(Random& random)
{
    std::vector<float> shares(kClasses);
    for (float& share : shares)
        share = static_cast<float>(std::pow(random.uniform(), 8));
    return shares;
}

void measureQueueAlone()
{
    Random random(1);
    RankedQueue queue;
    std::vector<RankedQueue::Item> items;
    for (int64_t id = 1; id <= int64_t{kVideos} * kProposals; ++id)
        items.push_back({id, static_cast<int>(random.below(kClasses)), {random.uniform()}});
    Clock all;
    queue.assign(items);
    print("queue alone: put 100,000 items in order", all.milliseconds());
    std::vector<double> times;
    for (int i = 0; i < kDecisions; ++i) {
        const RankedQueue::Item& item = items[static_cast<size_t>(random.below(std::ssize(items)))];
        Clock one;
        queue.remove(item.id);
        queue.setStanding(item.group, {0, rarityFactor(i, {})});
        const auto order = queue.order();
        times.push_back(one.milliseconds());
        if (order.size() != queue.size())
            std::abort();
        queue.put(item);
    }
    print("queue alone: one decision and the whole order", times);
}

void fill(Document& document)
{
    Random random(2);
    for (int i = 0; i < kVideos; ++i) {
        VideoEntry video;
        video.name = std::string("v").append(std::to_string(i));
        video.path = std::string(video.name).append(".mp4");
        video.subject = "s";
        video.frameCount = kFrames;
        video.fps = 25;
        video.offline = true;
        PredictionRun run;
        run.videoId = *document.addVideo(video);
        run.model = "bench";
        std::vector<Prediction> made(kProposals);
        for (Prediction& one : made) {
            one.videoId = run.videoId;
            one.span.first = random.below(kFrames - 200);
            one.span.last = one.span.first + 10 + random.below(100);
            one.detectorScore = random.uniform();
            one.fused = randomShares(random);
            for (const char* modality : {"heatmap", "joint", "rgb"})
                one.modalities[modality] = {randomShares(random), {}};
        }
        if (const auto entered = document.importRun(run, made); !entered) {
            std::fprintf(stderr, "%s\n", entered.error().message.c_str());
            std::exit(1);
        }
    }
}

/// Decides what comes first, as review does: the edit, then the next one is taken up.
void decide(Document& document, SpanListFilter* queue, const std::vector<int64_t>& ids, const char* what)
{
    std::vector<double> times;
    size_t next = 0;
    for (int i = 0; i < kDecisions; ++i) {
        const int64_t id = queue ? queue->idAt(0) : ids[next++];
        Clock one;
        if (queue)
            queue->setPinned(id);
        if (!document.setState(id, SpanState::Accepted))
            std::abort();
        if (queue)
            queue->setPinned(queue->idAt(1));
        times.push_back(one.milliseconds());
        QApplication::processEvents();
    }
    print(what, times);
}

void measureProject()
{
    const QTemporaryDir folder;
    const auto scheme = loadLabelScheme("smg");
    const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "project";
    {
        auto made = Document::create(path, *scheme);
        fill(**made);
    }
    DocumentOptions options;
    options.background = true;
    auto document = std::move(*Document::open(path, options));
    std::vector<int64_t> ids;
    for (const Annotation& one : document->allAnnotations())
        ids.push_back(one.id);
    std::printf("project with %zu proposals\n", ids.size());
    decide(*document, nullptr, ids, "decision without a queue");
    SpanListModel spans;
    SpanListFilter queue;
    queue.setOrder(SpanListFilter::Order::Gain);
    queue.setSourceModel(&spans);
    Clock first;
    spans.setDocument(document.get());
    print("first reading and ordering", first.milliseconds());
    QObject::connect(document.get(), &Document::changed, &spans, &SpanListModel::refresh);
    decide(*document, &queue, ids, "decision with re-ranking by gain");
    QTableView view;
    view.setModel(&queue);
    view.resize(400, 600);
    view.show();
    QApplication::processEvents();
    decide(*document, &queue, ids, "the same with a table that shows it");
    for (const auto& [order, name] : {std::pair{SpanListFilter::Order::Time, "another order: by time"},
             std::pair{SpanListFilter::Order::TailHunt, "another order: tail hunt"},
             std::pair{SpanListFilter::Order::Gain, "another order: by gain"}}) {
        Clock one;
        queue.setOrder(order);
        print(name, one.milliseconds());
    }
    Clock estimates;
    const size_t classes = spans.stopEstimates().size();
    print("what is left, by class", estimates.milliseconds());
    std::printf("%zu rows\n", classes);
    spans.setDocument(nullptr);
}

void measureNovelty()
{
    Random random(3);
    FeatureRows items{768, std::vector<float>(768 * 2000)};
    FeatureRows examples{768, std::vector<float>(768 * 512)};
    for (FeatureRows* rows : {&items, &examples})
        for (float& value : rows->values)
            value = static_cast<float>(random.uniform());
    Clock one;
    const auto found = novelty(items, examples);
    print("novelty of 2,000 proposals beside 512 examples, 768", one.milliseconds());
    if (found.size() != 2000)
        std::abort();
}

} // namespace
} // namespace telltale

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    telltale::measureQueueAlone();
    telltale::measureNovelty();
    telltale::measureProject();
    return 0;
}

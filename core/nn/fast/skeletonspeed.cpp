// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/fast/skeletonspeed.h"
#include "nn/fast/faststgcn.h"
#include "nn/threadcount.h"
#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <torch/torch.h>

namespace telltale {

namespace {

using torch::Tensor;

constexpr int64_t kProductSide = 1024; ///< of the great matrix product
constexpr int64_t kClasses = 32;

double millisecondsOf(bool cpuTime, const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t cpuStart = std::clock();
    work();
    if (cpuTime)
        return static_cast<double>(std::clock() - cpuStart) * 1e3 / CLOCKS_PER_SEC;
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

SkeletonGraph chain(int points)
{
    SkeletonGraph graph{points, {}, 0};
    for (int i = 1; i < points; ++i)
        graph.inward.emplace_back(i, i - 1);
    return graph;
}

Status checkWork(const SkeletonWork& work)
{
    if (work.points < 1 || work.points > 2000 || work.frames < 1 || work.frames > 10'000 || work.clips < 1
        || work.clips > 4096 || work.threads < 1)
        return Error{ErrorCode::InvalidArgument, "there is nothing to measure with such sizes"};
    return {};
}

Result<std::shared_ptr<SkeletonNetwork>> networkFor(const SkeletonWork& work)
{
    if (Status status = checkWork(work); !status)
        return status.error();
    auto network = makeStGcn(chain(work.points), stGcnPlusPlus());
    if (network)
        (*network)->drawWeights(1);
    return network;
}

Tensor clipsFor(const SkeletonWork& work)
{
    return torch::rand({work.clips, 1, work.frames, work.points, 3});
}

class Training : public SkeletonTraining {
public:
    Training(std::shared_ptr<SkeletonNetwork> network, const SkeletonWork& work)
        : m_work(work)
        , m_network(std::move(network))
        , m_classifier(m_network->features(), kClasses)
        , m_optimizer(parameters(), torch::optim::SGDOptions(0.01).momentum(0.9).nesterov(true))
        , m_clips(clipsFor(work))
        , m_labels(torch::arange(work.clips, torch::kLong) % kClasses)
    {
        m_network->train();
    }

    double run(int steps) override
    {
        const ThreadCount threads(m_work.threads);
        Tensor loss = torch::zeros({});
        for (int step = 0; step < steps; ++step) {
            m_optimizer.zero_grad();
            loss = torch::nn::functional::cross_entropy(m_classifier(m_network->embed(m_clips)), m_labels);
            loss.backward();
            m_optimizer.step();
        }
        return loss.item<double>();
    }

private:
    std::vector<Tensor> parameters() const
    {
        auto all = m_network->parameters();
        const auto more = m_classifier->parameters();
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    SkeletonWork m_work;
    std::shared_ptr<SkeletonNetwork> m_network;
    torch::nn::Linear m_classifier;
    torch::optim::SGD m_optimizer;
    Tensor m_clips;
    Tensor m_labels;
};

} // namespace

double SkeletonSpeed::shareOfProduct() const
{
    std::vector<double> shares;
    shares.reserve(rounds.size());
    for (const SkeletonRound& round : rounds)
        shares.push_back(
            static_cast<double>(products) / round.fast / (round.productOperations / round.product));
    if (shares.empty())
        return 0;
    std::ranges::nth_element(shares, shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2));
    return shares[shares.size() / 2];
}

Result<SkeletonSpeed> measureSkeletonSpeed(const SkeletonWork& work, int rounds)
{
    const auto network = networkFor(work);
    if (!network)
        return network.error();
    (*network)->eval();
    const auto fast = FastStGcn::create(**network, stGcnPlusPlus());
    if (!fast)
        return fast.error();
    const ThreadCount threads(work.threads);
    const torch::NoGradGuard guard;
    const auto clips = clipsFor(work);
    const auto a = torch::rand({kProductSide, kProductSide});
    const auto b = torch::rand({kProductSide, kProductSide});
    auto c = torch::empty({kProductSide, kProductSide});
    const bool cpuTime = work.threads == 1;
    SkeletonSpeed speed;
    speed.products = (*fast)->products(work.frames) * work.clips;
    const auto wanted = (*network)->embed(clips);
    speed.worstDifference
        = ((*fast)->embed(clips) - wanted).abs().max().item<double>() / wanted.abs().max().item<double>();
    constexpr int kProducts = 4;
    for (int i = 0; i < rounds; ++i) {
        SkeletonRound round;
        round.productOperations = static_cast<double>(kProducts * kProductSide * kProductSide) * kProductSide;
        round.product = millisecondsOf(cpuTime, [&] {
            for (int j = 0; j < kProducts; ++j)
                at::mm_out(c, a, b);
        });
        round.fast = millisecondsOf(cpuTime, [&] { (*fast)->embed(clips); });
        round.layers = millisecondsOf(cpuTime, [&] { (*network)->embed(clips); });
        speed.rounds.push_back(round);
    }
    return speed;
}

Status runSkeletonOnce(const SkeletonWork& work, bool fast)
{
    const auto network = networkFor(work);
    if (!network)
        return network.error();
    (*network)->eval();
    const auto form = FastStGcn::create(**network, stGcnPlusPlus());
    if (!form)
        return form.error();
    const ThreadCount threads(work.threads);
    const torch::NoGradGuard guard;
    if (fast)
        (*form)->embed(clipsFor(work));
    else
        (*network)->embed(clipsFor(work));
    return {};
}

Result<std::unique_ptr<SkeletonTraining>> SkeletonTraining::create(const SkeletonWork& work)
{
    auto network = networkFor(work);
    if (!network)
        return network.error();
    return std::unique_ptr<SkeletonTraining>(std::make_unique<Training>(*std::move(network), work));
}

} // namespace telltale

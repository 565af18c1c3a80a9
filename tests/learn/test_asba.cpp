// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/track2/asba.h"
#include <cmath>
#include <gtest/gtest.h>

namespace telltale {
namespace {

TEST(Asba, RarityIsTheEffectiveNumberOnALogarithmicScale)
{
    const std::vector<int64_t> counts{900, 90, 9, 1};
    const double all = 1000;
    const auto effective = [&](double n) { return (1 - std::pow(1 - 1 / all, n)) * all; };
    const std::vector<double> rarity = classRarity(counts);
    ASSERT_EQ(rarity.size(), counts.size());
    EXPECT_EQ(rarity.front(), 0);
    EXPECT_EQ(rarity.back(), 1);
    for (size_t i = 0; i < counts.size(); ++i)
        EXPECT_NEAR(rarity[i],
            (std::log(effective(900)) - std::log(effective(static_cast<double>(counts[i]))))
                / (std::log(effective(900)) - std::log(effective(1))),
            1e-9);
}

TEST(Asba, ClassesThatAreEquallyFrequentAreNotRare)
{
    EXPECT_EQ(classRarity({5, 5, 5}), (std::vector<double>{0, 0, 0}));
    EXPECT_EQ(classRarity({1}), (std::vector<double>{0}));
    EXPECT_TRUE(classRarity({}).empty());
    EXPECT_EQ(
        classRarity({0, 1}), (std::vector<double>{0, 0})); // one that is missing is as rare as one can be
}

TEST(Asba, AHardClassIsVariedMoreThanAnEasyOneThatIsAsFrequent)
{
    ClassIntensities classes({10, 10, 10}, {});
    classes.addLoss(0, 4, 2); // a mean of 2
    classes.addLoss(1, 1, 2);
    classes.closeEpoch();
    EXPECT_EQ(classes.difficulty(), (std::vector<double>{1, 0.25, 0.5})); // the last has not been seen
    EXPECT_GT(classes.strengthFor({0}).strength, classes.strengthFor({1}).strength);
    EXPECT_EQ(classes.strengthFor({0, 1}).chance, classes.strengthFor({0}).chance); // the greatest counts
}

TEST(Asba, WithoutGesturesAWindowIsVariedLeast)
{
    const AsbaOptions options;
    ClassIntensities classes({100, 1}, options);
    EXPECT_DOUBLE_EQ(classes.strengthFor({}).chance, options.chanceLeast);
    EXPECT_DOUBLE_EQ(classes.strengthFor({1}).chance, options.chanceMost); // the rarest, however easy it is
    EXPECT_DOUBLE_EQ(classes.strengthFor({1}).strength, options.strengthMost);
}

TEST(Asba, LossesRunOnFromEpochToEpoch)
{
    AsbaOptions options;
    options.difficultyDecay = 0.5;
    ClassIntensities classes({10, 10}, options);
    classes.addLoss(0, 4, 1);
    classes.addLoss(1, 4, 1);
    classes.closeEpoch();
    classes.addLoss(0, 2, 1);
    classes.closeEpoch();
    EXPECT_EQ(
        classes.losses(), (std::vector<double>{3, 4})); // half of the old, half of the new; none is none
    ClassIntensities other({10, 10}, options);
    ASSERT_TRUE(other.restore(classes.losses()));
    EXPECT_EQ(other.intensity(), classes.intensity());
    EXPECT_FALSE(other.restore({1}));
}

TEST(Asba, TheControlVariesAllWindowsAlike)
{
    AsbaOptions options;
    options.adaptive = false;
    const ClassIntensities classes({100, 1}, options);
    EXPECT_EQ(classes.intensity(), (std::vector<double>{0.5, 0.5}));
    EXPECT_EQ(classes.strengthFor({}).strength, classes.strengthFor({1}).strength);
}

TEST(Asba, LossesThatAreNoNumbersDoNotCount)
{
    ClassIntensities classes({10, 10}, {});
    classes.addLoss(0, std::nan(""), 1);
    classes.addLoss(1, 1, 0);
    classes.addLoss(7, 1, 1);
    classes.closeEpoch();
    EXPECT_EQ(classes.losses(), (std::vector<double>{-1, -1}));
}

} // namespace
} // namespace telltale

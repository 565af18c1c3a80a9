// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/safety/projectcheck.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace telltale {

/// What checkProject() says of a project that has to be whole.
inline CheckReport checked(const std::string& project)
{
    ProgressSink quiet;
    auto report = checkProject(project, quiet);
    EXPECT_TRUE(report.ok()) << (report ? "" : report.error().message);
    if (!report)
        return {};
    EXPECT_THAT(report->problems, testing::IsEmpty());
    EXPECT_EQ(report->stateHash, report->replayHash);
    return *report;
}

} // namespace telltale

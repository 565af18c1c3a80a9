// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/format.h"
#include <array>
#include <memory>

namespace telltale {

std::unique_ptr<ExchangeFormat> makeActivityNetFormat();
std::unique_ptr<ExchangeFormat> makeSmgFormat();
std::unique_ptr<ExchangeFormat> makeImigueFormat();
std::unique_ptr<ExchangeFormat> makeCsvFormat();
std::unique_ptr<ExchangeFormat> makeEafFormat();
std::unique_ptr<ExchangeFormat> makeWebVttFormat();
std::unique_ptr<ExchangeFormat> makeSrtFormat();
std::unique_ptr<ExchangeFormat> makeTextGridFormat();
std::unique_ptr<ExchangeFormat> makeNovaFormat();
std::unique_ptr<ExchangeFormat> makeCvatFormat();
std::unique_ptr<ExchangeFormat> makeBorisFormat();
std::unique_ptr<ExchangeFormat> makeBorisEventsFormat();
std::unique_ptr<ExchangeFormat> makeBorisAggregatedFormat();
std::unique_ptr<ExchangeFormat> makeLabelStudioFormat();
std::unique_ptr<ExchangeFormat> makeMigaTrack1Format();
std::unique_ptr<ExchangeFormat> makeMigaTrack2Format();
std::unique_ptr<ExchangeFormat> makeMigaFormat();
std::unique_ptr<ExchangeFormat> makePosesFormat();
std::unique_ptr<ExchangeFormat> makeDatasetFormat();

/// One maker for each format, in the order in which dialogs and the command line list them.
inline constexpr auto kFormatMakers = std::to_array<std::unique_ptr<ExchangeFormat> (*)()>({
    makeActivityNetFormat,
    makeSmgFormat,
    makeImigueFormat,
    makeCsvFormat,
    makeEafFormat,
    makeWebVttFormat,
    makeSrtFormat,
    makeTextGridFormat,
    makeNovaFormat,
    makeCvatFormat,
    makeBorisFormat,
    makeBorisEventsFormat,
    makeBorisAggregatedFormat,
    makeLabelStudioFormat,
    makeMigaTrack1Format,
    makeMigaTrack2Format,
    makeMigaFormat,
    makePosesFormat,
    makeDatasetFormat,
});

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "eval/agreement/agreement.h"
#include "eval/agreement/groupagreement.h"
#include "eval/agreement/pairagreement.h"
#include <algorithm>
#include <numeric>
#include <string>

namespace telltale {
namespace {

const char* faultOf(const CodedSet& set, const CodedUnit& unit)
{
    if (unit.group < 0 || unit.group >= set.groups)
        return "a unit belongs to no group";
    if (unit.codings.size() != static_cast<size_t>(set.coders))
        return "a unit has not one place for each coder";
    for (const auto& coding : unit.codings)
        if (coding)
            for (const CodedSpan& span : coding->spans)
                if (span.label < 0 || span.label >= set.labels)
                    return "a span has a label that is none";
    return nullptr;
}

Status check(const CodedSet& set, const AgreementOptions& options)
{
    for (const CodedUnit& unit : set.units)
        if (const char* fault = faultOf(set, unit))
            return Error{ErrorCode::InvalidArgument, std::string("agreement cannot be computed: ") + fault};
    for (const auto* coders : {&options.coders, &options.group})
        if (std::ranges::any_of(*coders, [&](int coder) { return coder < 0 || coder >= set.coders; }))
            return Error{ErrorCode::InvalidArgument, "agreement is asked for of a coder who is not there"};
    return {};
}

} // namespace

Result<AgreementReport> agreementOf(const CodedSet& set, const AgreementOptions& options, ProgressSink* sink)
{
    if (const Status status = check(set, options); !status)
        return status.error();
    AgreementReport report;
    report.coders = options.coders;
    if (report.coders.empty()) {
        report.coders.resize(static_cast<size_t>(set.coders));
        std::iota(report.coders.begin(), report.coders.end(), 0);
    }
    report.group = options.group.empty() ? report.coders : options.group;
    const auto drawn
        = set.groups > 1 ? resampledSubjects(set.groups, options.bootstrap) : std::vector<std::vector<int>>();
    ProgressSink nobody;
    ProgressSink& progress = sink ? *sink : nobody;
    const Error cancelled{ErrorCode::Cancelled, "stopped"};
    if (!addGroupAgreement(set, options, drawn, progress, report))
        return cancelled;
    const auto coders = static_cast<int64_t>(report.coders.size());
    const int64_t pairs = coders * (coders - 1) / 2;
    for (size_t i = 0; i < report.coders.size(); ++i)
        for (size_t j = i + 1; j < report.coders.size(); ++j) {
            progress.report(std::ssize(report.pairs), pairs, "agreement");
            PairAgreement& pair = report.pairs.emplace_back();
            pair.a = report.coders[i];
            pair.b = report.coders[j];
            if (!fillPairAgreement(set, options, drawn, progress, pair))
                return cancelled;
        }
    return report;
}

} // namespace telltale

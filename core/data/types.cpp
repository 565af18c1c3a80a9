// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/types.h"
#include "base/random.h"
#include <array>

namespace telltale {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 4> kRoles{"train", "validation", "test", "unlabelled"};
constexpr std::array<std::string_view, 6> kStates{
    "proposed", "accepted", "corrected", "rejected", "skipped", "flagged"};
constexpr std::array<std::string_view, 3> kOrigins{"human", "model", "import"};
constexpr std::array<std::string_view, 3> kMemberRoles{"annotator", "reviewer", "owner"};

template <typename Enum, size_t N>
bool parse(const std::array<std::string_view, N>& names, std::string_view name, Enum& out)
{
    for (size_t i = 0; i < N; ++i)
        if (names[i] == name) {
            out = static_cast<Enum>(i);
            return true;
        }
    return false;
}

} // namespace

std::string_view nameOf(SubjectRole role) { return kRoles.at(static_cast<size_t>(role)); }
std::string_view nameOf(SpanState state) { return kStates.at(static_cast<size_t>(state)); }
std::string_view nameOf(SpanOrigin origin) { return kOrigins.at(static_cast<size_t>(origin)); }
std::string_view nameOf(MemberRole role) { return kMemberRoles.at(static_cast<size_t>(role)); }
bool parseName(std::string_view name, SubjectRole& out) { return parse(kRoles, name, out); }
bool parseName(std::string_view name, SpanState& out) { return parse(kStates, name, out); }
bool parseName(std::string_view name, SpanOrigin& out) { return parse(kOrigins, name, out); }
bool parseName(std::string_view name, MemberRole& out) { return parse(kMemberRoles, name, out); }

bool isWithheld(int64_t predictionId, int percent)
{
    return Random(static_cast<uint64_t>(predictionId)).below(100) < percent;
}

} // namespace telltale

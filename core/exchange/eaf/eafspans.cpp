// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/eaf/eafspans.h"
#include "exchange/csv.h"
#include <utility>

namespace telltale {
namespace {

constexpr const char* kChosen = "telltale-tiers";

/// `*` stands for any text. Linear in the name for each star.
bool matches(std::string_view name, std::string_view pattern)
{
    size_t n = 0;
    size_t p = 0;
    size_t star = std::string_view::npos;
    size_t resume = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = n;
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

/// What the child tiers of this program say of an annotation.
struct Remarks {
    std::optional<double> score;
    std::optional<SpanState> state;
};

std::vector<Remarks> remarksIn(EafDocument& document, const EafProblem& problem)
{
    std::vector<Remarks> remarks(document.annotations().size());
    for (const EafTier& tier : document.tiers()) {
        if (tier.role != EafRole::Score && tier.role != EafRole::State)
            continue;
        for (const int index : tier.annotations) {
            const EafAnnotation& one = document.annotations()[static_cast<size_t>(index)];
            if (!one.good || one.parent < 0)
                continue;
            Remarks& about = remarks[static_cast<size_t>(one.parent)];
            const std::string value = document.labelOf(one).value_or("");
            if (tier.role == EafRole::Score && !(about.score = decimalNumber(value)))
                problem(one.node, "the score '" + value + "' is not a number");
            SpanState state{};
            if (tier.role == EafRole::State && parseName(value, state))
                about.state = state;
            else if (tier.role == EafRole::State)
                problem(one.node, "there is no state '" + value + "'");
        }
    }
    return remarks;
}

IntakeSpan spanOf(const EafDocument& document, const EafAnnotation& one, const Remarks& remarks)
{
    const EafTier& tier = document.tiers()[static_cast<size_t>(one.tier)];
    IntakeSpan span;
    span.inSeconds = true;
    span.start = one.start;
    span.end = one.end;
    span.personName = tier.participant;
    span.annotator = tier.annotator;
    span.tier = tier.name;
    span.state = remarks.state.value_or(tier.predicted ? SpanState::Proposed : SpanState::Accepted);
    if (span.state == SpanState::Proposed)
        span.score = remarks.score;
    return span;
}

} // namespace

bool inTierList(const std::string& name, const std::string& wanted)
{
    for (size_t at = 0; at <= wanted.size();) {
        const size_t comma = std::min(wanted.find(',', at), wanted.size());
        std::string_view word = std::string_view(wanted).substr(at, comma - at);
        while (word.starts_with(' '))
            word.remove_prefix(1);
        while (word.ends_with(' '))
            word.remove_suffix(1);
        if (!word.empty() && matches(name, word))
            return true;
        at = comma + 1;
    }
    return false;
}

std::vector<EafSpan> spansOf(EafDocument& document, const std::string& wanted, const EafProblem& problem)
{
    const std::vector<Remarks> remarks = remarksIn(document, problem);
    std::vector<EafSpan> spans;
    spans.reserve(remarks.size());
    for (const EafTier& tier : document.tiers()) {
        if (tier.role != EafRole::Spans || (!wanted.empty() && !inTierList(tier.name, wanted)))
            continue;
        for (const int index : tier.annotations) {
            const EafAnnotation& one = document.annotations()[static_cast<size_t>(index)];
            if (!one.good)
                continue;
            auto label = document.labelOf(one);
            if (!label) {
                problem(one.node,
                    "CVE_REF names an entry that the vocabulary '" + tier.vocabulary
                        + "' of the file does not have, and there is no value");
                continue;
            }
            EafSpan made{index, spanOf(document, one, remarks[static_cast<size_t>(index)])};
            made.span.label = std::move(*label);
            made.span.place = document.file().at(one.node);
            spans.push_back(std::move(made));
        }
    }
    return spans;
}

std::string chosenTiers(XmlFile& file)
{
    for (const pugi::xml_node node : file.document().children())
        if (node.type() == pugi::node_pi && std::string_view(node.name()) == kChosen)
            return xmlText(node.value());
    return {};
}

void setChosenTiers(XmlFile& file, const std::string& wanted)
{
    pugi::xml_document& document = file.document();
    for (pugi::xml_node node = document.first_child(); node;) {
        const pugi::xml_node next = node.next_sibling();
        if (node.type() == pugi::node_pi && std::string_view(node.name()) == kChosen)
            document.remove_child(node);
        node = next;
    }
    if (wanted.empty())
        return;
    std::string text = xmlText(wanted);
    // The end of such an instruction cannot stand inside it; a star means those two characters too.
    for (size_t at = 0; (at = text.find("?>", at)) != std::string::npos;)
        text.replace(at, 2, "*");
    pugi::xml_node node = document.append_child(pugi::node_pi);
    node.set_name(kChosen);
    node.set_value(text.c_str());
}

} // namespace telltale

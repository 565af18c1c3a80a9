// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/headmodels.h"
#include "learn/ensemble.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace telltale {
namespace {

constexpr const char* kKind = "heads";

const ModelEntry* headsOf(const Document& document, int64_t id)
{
    const auto all = allHeads(document);
    const auto found
        = std::find_if(all.begin(), all.end(), [id](const ModelEntry* one) { return one->id == id; });
    return found == all.end() ? nullptr : *found;
}

} // namespace

std::vector<const ModelEntry*> allHeads(const Document& document)
{
    std::vector<const ModelEntry*> heads;
    for (const ModelEntry& model : document.models())
        if (model.kind == kKind)
            heads.push_back(&model);
    return heads;
}

const ModelEntry* activeHeads(const Document& document) { return activeHeads(document.models()); }

const ModelEntry* activeHeads(const std::vector<ModelEntry>& models)
{
    const auto found = std::find_if(models.rbegin(), models.rend(),
        [](const ModelEntry& one) { return one.kind == kKind && one.active; });
    return found == models.rend() ? nullptr : &*found;
}

std::optional<int64_t> formerHeads(const Document& document)
{
    const ModelEntry* active = activeHeads(document);
    if (!active)
        return {};
    const auto recipe = nlohmann::json::parse(active->recipe, nullptr, false);
    if (recipe.is_object() && recipe.contains("former") && recipe["former"].is_number_integer()) {
        const auto former = recipe["former"].get<int64_t>();
        return former == 0 || headsOf(document, former) ? former : 0;
    }
    // Heads of an earlier version of the program do not say: those that were registered before them.
    int64_t before = 0;
    for (const ModelEntry* one : allHeads(document))
        if (one->id < active->id)
            before = one->id;
    return before;
}

const ModelEntry* candidateHeads(const Document& document)
{
    const auto all = allHeads(document);
    return all.empty() || all.back()->active ? nullptr : all.back();
}

Status promoteHeads(Document& document, int64_t id)
{
    const ModelEntry* model = headsOf(document, id);
    if (!model)
        return Error{ErrorCode::NotFound,
            "There are no heads with the number " + std::to_string(id)
                + " in the project; list them to see which there are."};
    const Result<HeadSet> heads = readHeads(document.absolute(model->file));
    if (!heads)
        return heads.error();
    if (heads->classes > document.scheme().classCount())
        return Error{ErrorCode::Conflict,
            model->file + " knows " + std::to_string(heads->classes) + " classes and the label scheme only "
                + std::to_string(document.scheme().classCount()) + "; retrain to make heads for it."};
    return document.useModel(id, kKind);
}

Status rollBackHeads(Document& document)
{
    const std::optional<int64_t> former = formerHeads(document);
    if (!former)
        return Error{ErrorCode::Conflict,
            "The heads that came with the program are in use; there is nothing to go back to."};
    return *former == 0 ? document.useModel(0, kKind) : promoteHeads(document, *former);
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/skeleton/skeletonkinds.h"
#include "nn/skeleton/skeletonnetworks.h"

namespace telltale {

namespace {

using Made = Result<std::shared_ptr<ClipNetwork>>;

GraphStages stagesOf(const NetworkSpec& spec, const NetworkInput& input)
{
    GraphStages stages;
    stages.channels = input.channels;
    stages.baseChannels = spec.count("base_channels", stages.baseChannels);
    stages.count = spec.count("stages", stages.count);
    stages.inflate = spec.counts("inflate", stages.inflate);
    stages.down = spec.counts("down", stages.down);
    return stages;
}

Made asClipNetwork(Result<std::shared_ptr<SkeletonNetwork>> made)
{
    if (!made)
        return made.error();
    return std::shared_ptr<ClipNetwork>(*std::move(made));
}

Made stGcnKind(StGcnOptions options, const NetworkSpec& spec, const NetworkInput& input)
{
    options.stages = stagesOf(spec, input);
    return asClipNetwork(makeStGcn(input.graph, options));
}

} // namespace

Made makeStGcnPlusPlusKind(const NetworkSpec& spec, const NetworkInput& input)
{
    return stGcnKind(stGcnPlusPlus(), spec, input);
}

Made makeStGcnKind(const NetworkSpec& spec, const NetworkInput& input)
{
    return stGcnKind(stGcn(), spec, input);
}

Made makeCtrGcnKind(const NetworkSpec& spec, const NetworkInput& input)
{
    CtrGcnOptions options;
    options.stages = stagesOf(spec, input);
    options.kernel = spec.count("kernel", options.kernel);
    options.dilations = spec.counts("dilations", options.dilations);
    options.persons = spec.count("persons", options.persons);
    options.original = spec.count("original", 0) != 0;
    return asClipNetwork(makeCtrGcn(input.graph, options));
}

Made makeDecoupledKind(const NetworkSpec& spec, const NetworkInput& input)
{
    DecoupledOptions options;
    options.channels = input.channels;
    options.widths = spec.counts("widths", options.widths);
    if (spec.find("widths")) { // what belongs to other widths has no meaning for these
        options.strides.assign(options.widths.size(), 1);
        options.places.assign(options.widths.size(), 0);
    }
    options.strides = spec.counts("strides", options.strides);
    options.places = spec.counts("places", options.places);
    options.groups = spec.count("groups", options.groups);
    options.kernel = spec.count("kernel", options.kernel);
    options.dilations = spec.counts("dilations", options.dilations);
    options.motion = spec.count("motion", 0) != 0;
    options.bones = spec.count("bones", 0) != 0;
    return makeDecoupled(input.graph, options);
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/weightfiles/pickleglobals.h"
#include <algorithm>
#include <array>
#include <utility>

namespace telltale::pickle {

namespace {

using Entry = std::pair<std::string_view, Call>;

// Python 2 and 3 call some modules differently; Ignored are those that training states of VideoMAE, PYSKL and
// MMAction2 carry beside the model: arguments, histories, random states.
constexpr std::array kCalls = {
    Entry{"torch._utils._rebuild_tensor_v2", Call::Tensor},
    Entry{"torch._utils._rebuild_tensor", Call::Tensor},
    Entry{"torch._utils._rebuild_parameter", Call::First},
    Entry{"torch._utils._rebuild_parameter_with_state", Call::First},
    Entry{"collections.OrderedDict", Call::Dict},
    Entry{"collections.defaultdict", Call::Ignored},
    Entry{"collections.Counter", Call::Ignored},
    Entry{"collections.deque", Call::Ignored},
    Entry{"builtins.dict", Call::Dict},
    Entry{"builtins.list", Call::List},
    Entry{"builtins.tuple", Call::List},
    Entry{"builtins.set", Call::List},
    Entry{"builtins.frozenset", Call::List},
    Entry{"builtins.slice", Call::Ignored},
    Entry{"builtins.complex", Call::Ignored},
    Entry{"builtins.bytearray", Call::Ignored},
    Entry{"__builtin__.dict", Call::Dict},
    Entry{"__builtin__.list", Call::List},
    Entry{"__builtin__.tuple", Call::List},
    Entry{"__builtin__.set", Call::List},
    Entry{"__builtin__.frozenset", Call::List},
    Entry{"__builtin__.bytearray", Call::Ignored},
    Entry{"torch.Size", Call::List},
    Entry{"torch.device", Call::Ignored},
    Entry{"torch.Generator", Call::Ignored},
    Entry{"argparse.Namespace", Call::Ignored},
    Entry{"_codecs.encode", Call::Ignored},
    Entry{"numpy.dtype", Call::Ignored},
    Entry{"numpy.ndarray", Call::Ignored},
    Entry{"numpy.core.multiarray.scalar", Call::Ignored},
    Entry{"numpy.core.multiarray._reconstruct", Call::Ignored},
    Entry{"numpy._core.multiarray.scalar", Call::Ignored},
    Entry{"numpy._core.multiarray._reconstruct", Call::Ignored},
    Entry{"pathlib.PosixPath", Call::Ignored},
    Entry{"pathlib.WindowsPath", Call::Ignored},
    Entry{"pathlib.PurePosixPath", Call::Ignored},
    Entry{"datetime.datetime", Call::Ignored},
    Entry{"mmengine.logging.history_buffer.HistoryBuffer", Call::Ignored},
};

} // namespace

Call callFor(std::string_view global)
{
    const auto found = std::find_if(
        kCalls.begin(), kCalls.end(), [&](const Entry& entry) { return entry.first == global; });
    return found == kCalls.end() ? Call::Refused : found->second;
}

} // namespace telltale::pickle

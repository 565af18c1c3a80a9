// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/weightfiles/torchpickle.h"
#include <array>

namespace telltale {

namespace {

using pickle::Action;
using pickle::Callable;

// Python 2 and 3 call some modules differently; ignored are those that training states of VideoMAE, PYSKL and
// MMAction2 carry beside the model: arguments, histories, random states.
constexpr auto kCallables = std::to_array<Callable>({
    {"torch._utils._rebuild_tensor_v2", Action::Keep},
    {"torch._utils._rebuild_tensor", Action::Keep},
    {"torch._utils._rebuild_parameter", Action::First},
    {"torch._utils._rebuild_parameter_with_state", Action::First},
    {"collections.OrderedDict", Action::Dict},
    {"collections.defaultdict", Action::Ignore},
    {"collections.Counter", Action::Ignore},
    {"collections.deque", Action::Ignore},
    {"builtins.dict", Action::Dict},
    {"builtins.list", Action::List},
    {"builtins.tuple", Action::List},
    {"builtins.set", Action::List},
    {"builtins.frozenset", Action::List},
    {"builtins.slice", Action::Ignore},
    {"builtins.complex", Action::Ignore},
    {"builtins.bytearray", Action::Ignore},
    {"__builtin__.dict", Action::Dict},
    {"__builtin__.list", Action::List},
    {"__builtin__.tuple", Action::List},
    {"__builtin__.set", Action::List},
    {"__builtin__.frozenset", Action::List},
    {"__builtin__.bytearray", Action::Ignore},
    {"torch.Size", Action::List},
    {"torch.device", Action::Ignore},
    {"torch.Generator", Action::Ignore},
    {"argparse.Namespace", Action::Ignore},
    {"_codecs.encode", Action::Ignore},
    {"numpy.dtype", Action::Ignore},
    {"numpy.ndarray", Action::Ignore},
    {"numpy.core.numeric._frombuffer", Action::Ignore},
    {"numpy.core.multiarray.scalar", Action::Ignore},
    {"numpy.core.multiarray._reconstruct", Action::Ignore},
    {"numpy._core.numeric._frombuffer", Action::Ignore},
    {"numpy._core.multiarray.scalar", Action::Ignore},
    {"numpy._core.multiarray._reconstruct", Action::Ignore},
    {"pathlib.PosixPath", Action::Ignore},
    {"pathlib.WindowsPath", Action::Ignore},
    {"pathlib.PurePosixPath", Action::Ignore},
    {"datetime.datetime", Action::Ignore},
    {"mmengine.logging.history_buffer.HistoryBuffer", Action::Ignore},
});

constexpr pickle::Rules kRules = {
    .callables = kCallables,
    .namesOthers = true,
    .persistentIds = true,
    .wideIntegers = true,
    // Ours: the training state of a network with 1,000 tensors has about 60,000 values.
    .mostValues = 2'000'000,
    .mostItems = 16'000'000,
    .mostSteps = 8'000'000,
    .tooMuch = "any file of weights. Save the model's state_dict() alone, or as .safetensors.",
    .refusal = "it wants to run ",
    .refusalEnd
    = ", which is no part of a file of weights; nothing was run. If you trust where it comes from, "
      "save the model's state_dict() alone, or as .safetensors.",
};

} // namespace

Result<pickle::Content> readTorchPickle(std::string_view bytes, const std::string& name)
{
    return pickle::read(bytes, name, kRules);
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <string_view>

namespace telltale::pickle {

/// What stands here for a callable that a pickle names.
enum class Call {
    Refused,
    Tensor, ///< the arguments describe a tensor
    First, ///< the first argument, which is a tensor already
    Dict, ///< a dictionary, of the pairs given if any
    List, ///< a list, of the items given if any
    Ignored, ///< harmless and not needed
};

/// The whitelist, by "module.name". Whatever is not on it is Refused.
Call callFor(std::string_view global);

} // namespace telltale::pickle

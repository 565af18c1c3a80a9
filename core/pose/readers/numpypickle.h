// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/pickle/pickle.h"
#include <optional>

namespace telltale {

/// Reads a pickle of skeletons. It may name numpy's arrays and numbers, bytes as the older protocols write
/// them, and Python's containers; one that names anything else is Unsupported, with that name. Other errors:
/// pickle::read().
Result<pickle::Content> readNumpyPickle(std::string_view bytes, const std::string& name);

/// Whether the value is one of numpy's arrays.
bool isNumpyArray(const pickle::Value& value);

/// The numbers of one of numpy's arrays in C order. BadFormat: it is none, its numbers are of a kind that is
/// not read, or there are fewer than its shape says; `place` is used in messages.
Result<NdArray> numpyNumbers(
    const pickle::Content& content, const pickle::Value& value, const std::string& place);

/// An integer of Python or numpy; nothing: it is none.
std::optional<int64_t> wholeNumber(const pickle::Content& content, const pickle::Value& value);

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace telltale::pickle {

/// A value by its number; values name each other by number, so that cycles and depth do no harm.
using Ref = uint32_t;

enum class Kind : uint8_t {
    None, ///< None, and the state of things that are of no interest
    Bool, ///< `number`
    Int, ///< `number`
    Real,
    Text, ///< `text`: str and bytes, and integers too long for 64 bits as their bytes
    List, ///< `items`: list, tuple, set
    Dict, ///< `items`: key, value, key, value, ...
    Global, ///< `text`: "module.name"
    Storage, ///< `items`: what the file says of it: "storage", type, key, place, count of numbers
    Tensor, ///< `items`: storage, offset, sizes, strides, ...
    Object, ///< something harmless that is not needed: settings, histories, numpy's numbers
};

struct Value {
    Kind kind = Kind::None;
    int64_t number = 0;
    std::string_view text;
    std::vector<Ref> items;
};

/// What a pickle holds. Texts point into the bytes it was read from, or into `names`.
struct Content {
    std::vector<Value> values;
    std::deque<std::string> names;
    Ref root = 0;
    size_t size = 0; ///< bytes of the pickle, up to and with its end

    const Value& operator[](Ref ref) const { return values[ref]; }
    const Value& top() const { return values[root]; }
    /// The value of a key of a Dict; nullptr: none.
    const Value* find(const Value& dict, std::string_view key) const;
};

/// Reads one pickle from the start of `bytes`, which must outlive the content; `name` is used in messages. No
/// code runs: of the callables that a pickle may name, those for tensors and plain containers are replaced by
/// ours, and a call of any other is refused by its name (Unsupported). BadFormat: damaged, or more values
/// than a file of weights has.
Result<Content> read(std::string_view bytes, const std::string& name);

} // namespace telltale::pickle

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/ndarray.h"
#include "base/result.h"
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace telltale::pyobject {

/// A value by its number; values name each other by number, so that cycles and depth do no harm.
using Ref = uint32_t;

enum class Kind : uint8_t {
    None,
    Bool, ///< `number`
    Int, ///< `number`
    Real, ///< `real`
    Text, ///< `text`: str, UTF-8 as the file has it
    Bytes, ///< `text`: bytes and bytearray
    List, ///< `items`: list, tuple, set
    Dict, ///< `items`: key, value, key, value, ...
    Global, ///< `number`: a row of the table of names
    Dtype, ///< `text`: as numpy writes it, "<f4"
    Array, ///< `number`: index in Content::arrays
    Object, ///< something harmless that is not needed
};

struct Value {
    Kind kind = Kind::None;
    union {
        int64_t number = 0;
        double real;
    };
    std::string_view text;
    std::vector<Ref> items;
};

struct Array {
    std::string dtype; ///< "f4" and so on, little-endian; empty: numbers that are not read
    std::vector<int64_t> shape;
    std::string_view bytes;
    bool fortran = false;
};

/// What a pickle holds. Texts and arrays point into the bytes it was read from, or into `made`.
struct Content {
    std::vector<Value> values;
    std::vector<Array> arrays;
    std::deque<std::string> made;
    Ref root = 0;

    const Value& operator[](Ref ref) const { return values[ref]; }
    const Value& top() const { return values[root]; }
    /// The value of a key of a Dict; nullptr: none.
    const Value* find(const Value& dict, std::string_view key) const;
    /// The array's numbers in C order. BadFormat where they are of a kind that is not read, or where there
    /// are fewer than its shape says; `place` is used in messages.
    Result<NdArray> numbers(const Array& array, const std::string& place) const;
};

/// Reads one Python pickle (protocols 0 to 5) from the start of `bytes`, which must outlive the content;
/// `name` is used in messages. No code runs: a pickle may name numpy's arrays, _codecs.encode and
/// OrderedDict, for which ours stand; one that names anything else is Unsupported, with that name. BadFormat:
/// damaged, or with more values than skeletons need.
Result<Content> readPickle(std::string_view bytes, const std::string& name);

} // namespace telltale::pyobject

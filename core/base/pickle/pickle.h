// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <cstdint>
#include <deque>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Python's pickles, protocols 0 to 5 (Lib/pickletools.py of CPython), read without Python. No code runs: the
/// machine knows instructions alone, and what a pickle may name beside is a table of its reader.
namespace telltale::pickle {

/// A value by its number; values name each other by number, so that cycles and depth do no harm.
using Ref = uint32_t;

enum class Kind : uint8_t {
    None,
    Bool, ///< `number`
    Int, ///< `number`
    Real, ///< `real`
    Text, ///< `text`: str as UTF-8
    Bytes, ///< `text`: bytes, bytearray, Python 2's str; integers too long for 64 bits (Rules::wideIntegers)
    List, ///< `items`: list, tuple, set
    Dict, ///< `items`: key, value, key, value, ...
    Global, ///< `text`: "module.name"; `number`: its row in Rules::callables, -1: none
    Made, ///< what a call that is kept stands for: `number` is Callable::meaning; argument() and state()
    Outside, ///< `items`: the one value that names something outside the pickle, its persistent id
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

    bool isText() const { return kind == Kind::Text || kind == Kind::Bytes; }
};

/// What stands for a call.
enum class Action : uint8_t {
    Keep, ///< a value of Kind::Made with the arguments; what it means is its reader's business
    First, ///< the first argument
    Dict, ///< a dictionary, of the pairs given if any
    List, ///< a list, of the items given if any
    Ignore, ///< an Object
};

/// Something that a pickle may call.
struct Callable {
    std::string_view name; ///< "module.name"
    Action action = Action::Ignore;
    int meaning = 0; ///< of what is kept: a number of its reader's
};

/// What one kind of file may hold. Its texts and table outlive the contents that were read by it.
struct Rules {
    std::span<const Callable> callables;
    bool namesOthers = false; ///< a pickle may name what it does not call, as PyTorch does with types
    bool persistentIds = false;
    bool wideIntegers = false; ///< integers of more than 64 bits are kept as their bytes
    size_t mostValues = 0;
    size_t mostItems = 0; ///< of all containers together
    size_t mostSteps = 0;
    std::string_view tooMuch; ///< ends "FILE: its pickle has more values than "
    std::string_view refusal; ///< what is said before and behind the name of what may not be called
    std::string_view refusalEnd;
};

/// What a pickle holds. Texts point into the bytes it was read from, or into `decoded` and `names`.
struct Content {
    std::vector<Value> values;
    std::deque<std::string> decoded; ///< texts that the file has in another form
    std::set<std::string, std::less<>> names; ///< of globals that are in no table
    Ref root = 0;
    size_t size = 0; ///< bytes of the pickle, up to and with its end

    const Value& operator[](Ref ref) const { return values[ref]; }
    const Value& top() const { return values[root]; }
    /// The value of a key of a Dict, as in Python that of the last one; nullptr: none, or no Dict.
    const Value* find(const Value& dict, std::string_view key) const;
    /// An item of a List; nullptr: it has fewer, or is none.
    const Value* item(const Value& list, size_t index) const;
    /// An argument of a Made; nullptr: it has fewer, or is none.
    const Value* argument(const Value& made, size_t index) const;
    /// What a Made was given as its state; nullptr: nothing.
    const Value* state(const Value& made) const;
};

/// Reads one pickle from the start of `bytes`, which must outlive the content; `name` is used in messages.
/// Unsupported: it calls, or names, what the rules do not have, and says what. BadFormat: damaged, or more
/// values than the rules allow.
Result<Content> read(std::string_view bytes, const std::string& name, const Rules& rules);

} // namespace telltale::pickle

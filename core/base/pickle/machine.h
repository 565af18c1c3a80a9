// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/pickle/pickle.h"
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <unordered_map>

namespace telltale::pickle {

constexpr Ref kNone = 0;
constexpr Ref kFalse = 1;
constexpr Ref kTrue = 2;

/// The stack machine of Python's pickle format; its steps are in steps.cpp, its calls in calls.cpp.
class Machine {
public:
    Machine(std::string_view bytes, const std::string& name, const Rules& rules)
        : m_bytes(bytes)
        , m_name(name)
        , m_rules(rules)
    {
    }
    Result<Content> run();

private:
    using Step = void (Machine::*)();
    static std::array<Step, 256> makeTable();

    // Failures: the first one stays and ends the run.
    void fail(ErrorCode code, const std::string& what);
    void damaged(const std::string& what);
    void tooMuch();
    void refuse(std::string_view global);

    // The bytes.
    std::string_view take(uint64_t count);
    template <typename T> uint64_t number();
    std::string_view line();
    template <typename T> T lineNumber(std::string_view text);
    template <typename T> T lineNumber() { return lineNumber<T>(line()); }

    // The stack. Nothing is taken from below the last mark.
    Ref make(Kind kind, int64_t number = 0, std::string_view text = {}, std::vector<Ref> items = {});
    void push(Ref ref);
    bool has(size_t count);
    Ref pop();
    std::vector<Ref> popToMark();

    // Steps, several instructions each where only a number differs.
    void protocol();
    template <typename T> void skip() { take(sizeof(T)); }
    void stop() { m_done = true; }
    template <Ref ref> void constant() { push(ref); }
    template <typename T> void integer() { push(make(Kind::Int, static_cast<int64_t>(number<T>()))); }
    template <typename T> void longInteger();
    void textInteger();
    void pushReal(double value);
    void binaryReal();
    void textReal() { pushReal(lineNumber<double>()); }
    template <Kind kind, typename T> void text() { push(make(kind, 0, take(number<T>()))); }
    void pushDecoded(Kind kind, std::optional<std::string> text);
    void lineText();
    void quotedText();
    template <Kind kind> void emptyContainer() { push(make(kind)); }
    void list() { push(make(Kind::List, 0, {}, popToMark())); }
    void dict();
    template <size_t count> void tuple();
    void extend(const std::vector<Ref>& items, Kind kind);
    void append() { extend({pop()}, Kind::List); }
    void appends() { extend(popToMark(), Kind::List); }
    void setItem();
    void setItems() { extend(popToMark(), Kind::Dict); }
    void mark();
    void dropMark() { popToMark(); }
    void drop();
    void duplicate();
    void remember(uint64_t key);
    template <typename T> void put() { remember(number<T>()); }
    void putLine() { remember(lineNumber<uint64_t>()); }
    void memoize() { remember(m_memo.size() + m_sparseMemo.size()); }
    void recall(uint64_t key);
    template <typename T> void get() { recall(number<T>()); }
    void getLine() { recall(lineNumber<uint64_t>()); }
    Ref global(std::string_view module, std::string_view name);
    Ref globalOfLines();
    void globalLines() { push(globalOfLines()); }
    void globalStack();
    void reduce();
    void newObjectNamed();
    void objectFromMark();
    void instance();
    void call(Ref callable, std::vector<Ref> arguments);
    void copyInto(Kind kind, const std::vector<Ref>& arguments);
    void build();
    void persistent();

    std::string_view m_bytes;
    const std::string& m_name;
    const Rules& m_rules;
    size_t m_at = 0;
    std::vector<Ref> m_stack;
    std::vector<size_t> m_marks;
    std::vector<Ref> m_memo; ///< by key, as Python counts them; keys out of this order:
    std::unordered_map<uint64_t, Ref> m_sparseMemo;
    Content m_content;
    size_t m_items = 0;
    std::optional<Error> m_error;
    bool m_done = false;
};

/// Little-endian, sign extended where T has one; 0 where bytes are missing.
template <typename T> uint64_t Machine::number()
{
    T value{};
    if (const std::string_view bytes = take(sizeof value); !bytes.empty())
        std::memcpy(&value, bytes.data(), sizeof value);
    return static_cast<uint64_t>(static_cast<int64_t>(value));
}

template <typename T> T Machine::lineNumber(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        damaged("its pickle has a number that is none");
    return value;
}

} // namespace telltale::pickle

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/weightfiles/pickle.h"
#include "nn/weightfiles/pickleglobals.h"
#include "nn/weightfiles/printable.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <unordered_map>

namespace telltale::pickle {

namespace {

// Ours: the training state of a network with 1,000 tensors has about 60,000 values.
constexpr size_t kMostValues = 2'000'000;
constexpr size_t kMostSteps = 8'000'000;
constexpr size_t kMostItems = 16'000'000; // of all containers together
constexpr size_t kMostArguments = 64;

/// The stack machine of Python's pickle format, protocols 0 to 5 as far as PyTorch writes them.
class Machine {
public:
    Machine(std::string_view bytes, const std::string& name) : m_bytes(bytes), m_name(name) { }
    Result<Content> run();

private:
    using Step = void (Machine::*)();
    struct Opcode {
        char code;
        Step step;
    };
    static std::array<Step, 256> makeTable();

    // Failures: the first one stays and ends the run.
    void fail(ErrorCode code, const std::string& what);
    void damaged(const std::string& what);
    void refuseCall(std::string_view global);

    // The bytes.
    std::string_view take(uint64_t count);
    template <typename T> uint64_t number() { return wide<T>(take(sizeof(T))); }
    template <typename T> static uint64_t wide(std::string_view bytes);
    std::string_view line();

    // The stack. Nothing is taken from below the last mark.
    void push(Value value);
    void pushRef(Ref ref);
    Ref pop();
    std::vector<Ref> popToMark();
    bool isNext(size_t count);
    Value& target();

    // Steps, several opcodes each where only a number differs.
    template <typename T> void skip() { take(sizeof(T)); }
    template <Kind kind, int64_t value> void constant() { push({kind, value, {}, {}}); }
    template <typename T> void integer();
    void binaryReal();
    template <typename T> void longInteger();
    void textInteger();
    void textReal();
    template <typename T> void text();
    void quotedText();
    void lineText();
    template <Kind kind> void emptyContainer() { push({kind, 0, {}, {}}); }
    template <Kind kind> void container() { push({kind, 0, {}, popToMark()}); }
    template <size_t count> void tuple();
    void append();
    void appends() { extend(popToMark(), Kind::List); }
    void setItem();
    void setItems() { extend(popToMark(), Kind::Dict); }
    void extend(const std::vector<Ref>& items, Kind kind);
    void mark() { m_marks.push_back(m_stack.size()); }
    void dropMark() { popToMark(); }
    void drop();
    void duplicate();
    template <typename T> void put() { remember(number<T>()); }
    void putLine() { remember(lineNumber()); }
    void memoize() { remember(m_memo.size()); }
    template <typename T> void get() { recall(number<T>()); }
    void getLine() { recall(lineNumber()); }
    uint64_t lineNumber();
    void remember(uint64_t key);
    void recall(uint64_t key);
    void globalLines();
    void globalStack();
    void pushGlobal(std::string_view module, std::string_view name);
    void reduce();
    void newObject() { reduce(); }
    void newObjectNamed();
    void objectFromMark();
    void instance();
    void call(Ref callable, const std::vector<Ref>& arguments);
    void build();
    void persistent();
    void stop() { m_done = true; }

    std::string_view m_bytes;
    const std::string& m_name;
    size_t m_at = 0;
    std::vector<Ref> m_stack;
    std::vector<size_t> m_marks;
    std::unordered_map<uint64_t, Ref> m_memo;
    Content m_content;
    size_t m_items = 0;
    std::optional<Error> m_error;
    bool m_done = false;
};

std::array<Machine::Step, 256> Machine::makeTable()
{
    static constexpr Opcode kOpcodes[] = {
        {'\x80', &Machine::skip<uint8_t>}, // PROTO
        {'\x95', &Machine::skip<uint64_t>}, // FRAME
        {'.', &Machine::stop},
        {'(', &Machine::mark},
        {'1', &Machine::dropMark}, // POP_MARK
        {'0', &Machine::drop}, // POP
        {'2', &Machine::duplicate},
        {'N', &Machine::constant<Kind::None, 0>},
        {'\x88', &Machine::constant<Kind::Bool, 1>},
        {'\x89', &Machine::constant<Kind::Bool, 0>},
        {'I', &Machine::textInteger},
        {'L', &Machine::textInteger},
        {'J', &Machine::integer<int32_t>},
        {'K', &Machine::integer<uint8_t>},
        {'M', &Machine::integer<uint16_t>},
        {'\x8a', &Machine::longInteger<uint8_t>},
        {'\x8b', &Machine::longInteger<uint32_t>},
        {'F', &Machine::textReal},
        {'G', &Machine::binaryReal},
        {'S', &Machine::quotedText},
        {'V', &Machine::lineText},
        {'T', &Machine::text<uint32_t>}, // BINSTRING
        {'U', &Machine::text<uint8_t>}, // SHORT_BINSTRING
        {'X', &Machine::text<uint32_t>}, // BINUNICODE
        {'\x8c', &Machine::text<uint8_t>}, // SHORT_BINUNICODE
        {'\x8d', &Machine::text<uint64_t>}, // BINUNICODE8
        {'B', &Machine::text<uint32_t>}, // BINBYTES
        {'C', &Machine::text<uint8_t>}, // SHORT_BINBYTES
        {'\x8e', &Machine::text<uint64_t>}, // BINBYTES8
        {'\x96', &Machine::text<uint64_t>}, // BYTEARRAY8
        {']', &Machine::emptyContainer<Kind::List>},
        {')', &Machine::emptyContainer<Kind::List>}, // EMPTY_TUPLE
        {'\x8f', &Machine::emptyContainer<Kind::List>}, // EMPTY_SET
        {'}', &Machine::emptyContainer<Kind::Dict>},
        {'l', &Machine::container<Kind::List>},
        {'t', &Machine::container<Kind::List>}, // TUPLE
        {'\x91', &Machine::container<Kind::List>}, // FROZENSET
        {'d', &Machine::container<Kind::Dict>},
        {'\x85', &Machine::tuple<1>},
        {'\x86', &Machine::tuple<2>},
        {'\x87', &Machine::tuple<3>},
        {'a', &Machine::append},
        {'e', &Machine::appends},
        {'\x90', &Machine::appends}, // ADDITEMS
        {'s', &Machine::setItem},
        {'u', &Machine::setItems},
        {'p', &Machine::putLine},
        {'q', &Machine::put<uint8_t>},
        {'r', &Machine::put<uint32_t>},
        {'\x94', &Machine::memoize},
        {'g', &Machine::getLine},
        {'h', &Machine::get<uint8_t>},
        {'j', &Machine::get<uint32_t>},
        {'c', &Machine::globalLines},
        {'\x93', &Machine::globalStack},
        {'R', &Machine::reduce},
        {'\x81', &Machine::newObject},
        {'\x92', &Machine::newObjectNamed}, // NEWOBJ_EX
        {'o', &Machine::objectFromMark},
        {'i', &Machine::instance},
        {'b', &Machine::build},
        {'Q', &Machine::persistent},
    };
    std::array<Step, 256> table{};
    for (const Opcode& opcode : kOpcodes)
        table.at(static_cast<unsigned char>(opcode.code)) = opcode.step;
    return table;
}

Result<Content> Machine::run()
{
    static const std::array<Step, 256> kTable = makeTable();
    push({}); // what a failed pop gives
    m_stack.clear();
    for (size_t steps = 0; !m_done && !m_error; ++steps) {
        const std::string_view code = take(1);
        if (code.empty())
            break;
        const Step step = kTable.at(static_cast<unsigned char>(code[0]));
        if (!step)
            damaged("its pickle has the unknown instruction "
                + std::to_string(static_cast<unsigned char>(code[0])));
        else if (steps >= kMostSteps)
            damaged("its pickle takes more steps than any file of weights");
        else
            (this->*step)();
    }
    if (!m_error)
        m_content.root = pop();
    if (m_error)
        return *m_error;
    m_content.size = m_at;
    return std::move(m_content);
}

void Machine::fail(ErrorCode code, const std::string& what)
{
    if (!m_error)
        m_error = Error{code, m_name + ": " + what};
}

void Machine::damaged(const std::string& what)
{
    fail(ErrorCode::BadFormat,
        what + " (at byte " + std::to_string(m_at) + " of the pickle). The file is damaged; fetch it again.");
}

void Machine::refuseCall(std::string_view global)
{
    fail(ErrorCode::Unsupported,
        "it wants to run " + printable(global)
            + ", which is no part of a file of weights; nothing was run. If you trust where it comes from, "
              "save the model's state_dict() alone, or as .safetensors.");
}

std::string_view Machine::take(uint64_t count)
{
    if (count > m_bytes.size() - m_at) {
        damaged("its pickle ends too early");
        return {};
    }
    const std::string_view part = m_bytes.substr(m_at, count);
    m_at += count;
    return part;
}

/// Little-endian, sign extended where T has one; 0 where bytes are missing.
template <typename T> uint64_t Machine::wide(std::string_view bytes)
{
    T value{};
    if (bytes.size() == sizeof value)
        std::memcpy(&value, bytes.data(), sizeof value);
    return static_cast<uint64_t>(static_cast<int64_t>(value));
}

std::string_view Machine::line()
{
    const size_t end = m_bytes.find('\n', m_at);
    if (end == std::string_view::npos) {
        damaged("its pickle ends inside a line");
        return {};
    }
    const std::string_view text = m_bytes.substr(m_at, end - m_at);
    m_at = end + 1;
    return text;
}

void Machine::push(Value value)
{
    m_items += value.items.size();
    if (m_content.values.size() >= kMostValues || m_items > kMostItems)
        return damaged("its pickle has more values than any file of weights");
    m_content.values.push_back(std::move(value));
    m_stack.push_back(static_cast<Ref>(m_content.values.size() - 1));
}

void Machine::pushRef(Ref ref) { m_stack.push_back(ref); }

bool Machine::isNext(size_t count)
{
    const size_t floor = m_marks.empty() ? 0 : m_marks.back();
    if (m_stack.size() >= floor + count)
        return true;
    damaged("its pickle takes more values than it has");
    return false;
}

Ref Machine::pop()
{
    if (!isNext(1))
        return 0;
    const Ref ref = m_stack.back();
    m_stack.pop_back();
    return ref;
}

std::vector<Ref> Machine::popToMark()
{
    if (m_marks.empty()) {
        damaged("its pickle lacks a mark");
        return {};
    }
    const auto from = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
    std::vector<Ref> items(from, m_stack.end());
    m_stack.erase(from, m_stack.end());
    m_marks.pop_back();
    return items;
}

/// The container below what was popped.
Value& Machine::target() { return m_content.values[isNext(1) ? m_stack.back() : 0]; }

template <typename T> void Machine::integer()
{
    push({Kind::Int, static_cast<int64_t>(number<T>()), {}, {}});
}

void Machine::binaryReal()
{
    take(sizeof(double));
    push({Kind::Real, 0, {}, {}});
}

template <typename T> void Machine::longInteger()
{
    const std::string_view bytes = take(number<T>());
    if (bytes.size() > sizeof(int64_t))
        return push({Kind::Text, 0, bytes, {}});
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.size(); ++i)
        value |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    if (!bytes.empty() && bytes.size() < sizeof value && (bytes.back() & '\x80') != 0)
        value |= ~uint64_t{0} << (8 * bytes.size());
    push({Kind::Int, static_cast<int64_t>(value), {}, {}});
}

void Machine::textInteger()
{
    std::string_view text = line();
    if (text == "00" || text == "01")
        return push({Kind::Bool, text == "01", {}, {}});
    if (text.ends_with('L'))
        text.remove_suffix(1);
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return damaged("its pickle has a number that is none");
    push({Kind::Int, value, {}, {}});
}

void Machine::textReal()
{
    line();
    push({Kind::Real, 0, {}, {}});
}

template <typename T> void Machine::text() { push({Kind::Text, 0, take(number<T>()), {}}); }

void Machine::quotedText()
{
    const std::string_view quoted = line();
    if (quoted.size() < 2 || quoted.front() != quoted.back())
        return damaged("its pickle has a text without quotes");
    push({Kind::Text, 0, quoted.substr(1, quoted.size() - 2), {}});
}

void Machine::lineText() { push({Kind::Text, 0, line(), {}}); }

template <size_t count> void Machine::tuple()
{
    if (!isNext(count))
        return;
    std::vector<Ref> items(m_stack.end() - static_cast<std::ptrdiff_t>(count), m_stack.end());
    m_stack.resize(m_stack.size() - count);
    push({Kind::List, 0, {}, std::move(items)});
}

void Machine::append()
{
    const Ref item = pop();
    extend({item}, Kind::List);
}

void Machine::setItem()
{
    const Ref value = pop();
    const Ref key = pop();
    extend({key, value}, Kind::Dict);
}

void Machine::extend(const std::vector<Ref>& items, Kind kind)
{
    Value& container = target();
    m_items += items.size();
    if (m_error || container.kind == Kind::Object)
        return;
    if (m_items > kMostItems)
        return damaged("its pickle has more values than any file of weights");
    if (container.kind != kind || (kind == Kind::Dict && items.size() % 2 != 0))
        return damaged("its pickle fills what is no container");
    container.items.insert(container.items.end(), items.begin(), items.end());
}

void Machine::drop()
{
    if (!m_marks.empty() && m_marks.back() == m_stack.size())
        m_marks.pop_back();
    else
        pop();
}

void Machine::duplicate()
{
    if (isNext(1))
        pushRef(m_stack.back());
}

uint64_t Machine::lineNumber()
{
    const std::string_view text = line();
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        damaged("its pickle has a number that is none");
    return value;
}

void Machine::remember(uint64_t key)
{
    if (m_memo.size() >= kMostValues)
        return damaged("its pickle keeps more values than any file of weights");
    if (isNext(1))
        m_memo[key] = m_stack.back();
}

void Machine::recall(uint64_t key)
{
    const auto found = m_memo.find(key);
    if (found == m_memo.end())
        return damaged("its pickle recalls what it never kept");
    pushRef(found->second);
}

void Machine::globalLines()
{
    const std::string_view module = line();
    pushGlobal(module, line());
}

void Machine::globalStack()
{
    const Ref name = pop();
    const Ref module = pop();
    const auto& values = m_content.values;
    if (values[name].kind != Kind::Text || values[module].kind != Kind::Text)
        return damaged("its pickle names a callable with what is no text");
    pushGlobal(values[module].text, values[name].text);
}

void Machine::pushGlobal(std::string_view module, std::string_view name)
{
    constexpr size_t kLongestName = 200;
    if (module.size() > kLongestName || name.size() > kLongestName)
        return damaged("its pickle names a callable at great length");
    m_content.names.push_back(std::string(module) + "." + std::string(name));
    push({Kind::Global, 0, m_content.names.back(), {}});
}

void Machine::reduce()
{
    const Ref arguments = pop();
    const Ref callable = pop();
    if (m_error)
        return;
    const std::vector<Ref>& items = m_content.values[arguments].items;
    if (items.size() > kMostArguments)
        return damaged("its pickle calls with more arguments than anything takes");
    call(callable, std::vector<Ref>(items));
}

void Machine::newObjectNamed()
{
    pop(); // arguments by name
    reduce();
}

void Machine::objectFromMark()
{
    std::vector<Ref> items = popToMark();
    if (items.empty())
        return damaged("its pickle makes an object of nothing");
    const Ref callable = items.front();
    items.erase(items.begin());
    call(callable, items);
}

void Machine::instance()
{
    const std::vector<Ref> arguments = popToMark();
    globalLines();
    if (const Ref callable = pop(); !m_error)
        call(callable, arguments);
}

void Machine::call(Ref callable, const std::vector<Ref>& arguments)
{
    const Value& function = m_content.values[callable];
    if (function.kind != Kind::Global)
        return damaged("its pickle calls what cannot be called");
    const auto first = [&]() -> const Value& { return m_content.values[arguments.front()]; };
    switch (callFor(function.text)) {
    case Call::Refused:
        return refuseCall(function.text);
    case Call::Tensor:
        return push({Kind::Tensor, 0, {}, arguments});
    case Call::Ignored:
        return push({Kind::Object, 0, {}, {}});
    case Call::First:
        if (arguments.empty())
            return damaged("its pickle has a parameter without a tensor");
        return pushRef(arguments.front());
    case Call::List: {
        const bool copies = !arguments.empty() && first().kind == Kind::List;
        return push({Kind::List, 0, {}, copies ? first().items : std::vector<Ref>()});
    }
    case Call::Dict:
        break;
    }
    std::vector<Ref> pairs;
    if (!arguments.empty() && first().kind == Kind::Dict)
        pairs = first().items;
    if (!arguments.empty() && first().kind == Kind::List)
        for (const Ref pair : first().items) {
            const Value& value = m_content.values[pair];
            if (value.kind != Kind::List || value.items.size() != 2)
                return damaged("its pickle makes a dictionary of what are no pairs");
            pairs.insert(pairs.end(), value.items.begin(), value.items.end());
        }
    push({Kind::Dict, 0, {}, std::move(pairs)});
}

/// The state of an object: an ordered dictionary's attributes, settings, nothing that is needed.
void Machine::build()
{
    pop();
    const Kind kind = target().kind;
    if (kind != Kind::Dict && kind != Kind::Object && kind != Kind::Tensor && kind != Kind::List)
        damaged("its pickle gives a state to what has none");
}

void Machine::persistent()
{
    const Ref id = pop();
    const Value& description = m_content.values[id];
    if (m_error)
        return;
    if (description.kind != Kind::List || description.items.size() < 5
        || description.items.size() > kMostArguments)
        return damaged("its pickle points to something that is no storage");
    push({Kind::Storage, 0, {}, std::vector<Ref>(description.items)});
}

} // namespace

const Value* Content::find(const Value& dict, std::string_view key) const
{
    for (size_t i = 0; dict.kind == Kind::Dict && i + 1 < dict.items.size(); i += 2) {
        const Value& name = values[dict.items[i]];
        if (name.kind == Kind::Text && name.text == key)
            return &values[dict.items[i + 1]];
    }
    return nullptr;
}

Result<Content> read(std::string_view bytes, const std::string& name) { return Machine(bytes, name).run(); }

} // namespace telltale::pickle

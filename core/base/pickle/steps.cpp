// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/pickle/machine.h"
#include "base/pickle/pickletext.h"

namespace telltale::pickle {
namespace {

constexpr uint64_t kNewestProtocol = 5;
constexpr size_t kMostMarks = 1'000'000; ///< ours: Python itself gives up at a depth of 1,000

} // namespace

void Machine::protocol()
{
    if (const uint64_t version = number<uint8_t>(); version > kNewestProtocol)
        fail(ErrorCode::Unsupported,
            "its pickle is of protocol " + std::to_string(version)
                + ", which is newer than what is read. Save it with protocol 4.");
}

template <typename T> void Machine::longInteger()
{
    const std::string_view bytes = take(number<T>());
    if (bytes.size() > sizeof(int64_t)) {
        if (!m_rules.wideIntegers)
            return damaged("its pickle has an integer of more than 64 bits");
        return push(make(Kind::Bytes, 0, bytes));
    }
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.size(); ++i)
        value |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    if (!bytes.empty() && bytes.size() < sizeof value && (bytes.back() & '\x80') != 0)
        value |= ~uint64_t{0} << (8 * bytes.size());
    push(make(Kind::Int, static_cast<int64_t>(value)));
}

void Machine::textInteger()
{
    std::string_view text = line();
    if (text == "00" || text == "01")
        return push(text == "01" ? kTrue : kFalse);
    if (text.ends_with('L'))
        text.remove_suffix(1);
    push(make(Kind::Int, lineNumber<int64_t>(text)));
}

void Machine::pushReal(double value)
{
    const Ref ref = make(Kind::Real);
    if (!m_error)
        m_content.values[ref].real = value;
    push(ref);
}

void Machine::binaryReal()
{
    uint64_t bits = 0;
    for (const char c : take(sizeof bits)) // big-endian, alone in this format
        bits = bits << 8 | static_cast<unsigned char>(c);
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    pushReal(value);
}

void Machine::pushDecoded(Kind kind, std::optional<std::string> text)
{
    if (!text)
        return damaged("its pickle has a text with an escape that is none");
    push(make(kind, 0, m_content.decoded.emplace_back(*std::move(text))));
}

void Machine::lineText()
{
    const std::string_view text = line();
    if (isPlain(text))
        return push(make(Kind::Text, 0, text));
    pushDecoded(Kind::Text, fromRawUnicode(text));
}

void Machine::quotedText()
{
    const std::string_view quoted = line();
    if (quoted.size() < 2 || quoted.front() != quoted.back())
        return damaged("its pickle has a text without quotes");
    const std::string_view inner = quoted.substr(1, quoted.size() - 2);
    if (isPlain(inner))
        return push(make(Kind::Bytes, 0, inner));
    pushDecoded(Kind::Bytes, fromQuoted(inner));
}

void Machine::dict()
{
    std::vector<Ref> items = popToMark();
    if (items.size() % 2 != 0)
        return damaged("its pickle has a key without a value");
    push(make(Kind::Dict, 0, {}, std::move(items)));
}

template <size_t count> void Machine::tuple()
{
    if (!has(count))
        return;
    std::vector<Ref> items(m_stack.end() - static_cast<std::ptrdiff_t>(count), m_stack.end());
    m_stack.resize(m_stack.size() - count);
    push(make(Kind::List, 0, {}, std::move(items)));
}

void Machine::extend(const std::vector<Ref>& items, Kind kind)
{
    if (m_error || !has(1))
        return;
    Value& container = m_content.values[m_stack.back()];
    if (container.kind == Kind::Object)
        return;
    m_items += items.size();
    if (m_items > m_rules.mostItems)
        return tooMuch();
    if (container.kind != kind || (kind == Kind::Dict && items.size() % 2 != 0))
        return damaged("its pickle fills what is no container");
    container.items.insert(container.items.end(), items.begin(), items.end());
}

void Machine::setItem()
{
    const Ref value = pop();
    const Ref key = pop();
    extend({key, value}, Kind::Dict);
}

void Machine::mark()
{
    if (m_marks.size() >= kMostMarks)
        return damaged("its pickle has containers in each other without end");
    m_marks.push_back(m_stack.size());
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
    if (has(1))
        push(m_stack.back());
}

void Machine::remember(uint64_t key)
{
    if (m_error || !has(1))
        return;
    const Ref ref = m_stack.back();
    if (key < m_memo.size()) {
        m_memo[key] = ref;
        return;
    }
    if (m_memo.size() + m_sparseMemo.size() >= m_rules.mostValues)
        return tooMuch();
    if (key > m_memo.size()) {
        m_sparseMemo[key] = ref;
        return;
    }
    m_memo.push_back(ref);
    m_sparseMemo.erase(key);
}

void Machine::recall(uint64_t key)
{
    if (key < m_memo.size())
        return push(m_memo[key]);
    const auto found = m_sparseMemo.find(key);
    if (found == m_sparseMemo.end())
        return damaged("its pickle recalls a value that is not there");
    push(found->second);
}

std::array<Machine::Step, 256> Machine::makeTable()
{
    struct Opcode {
        char code;
        Step step;
    };
    static constexpr Opcode kOpcodes[] = {
        {'\x80', &Machine::protocol},
        {'\x95', &Machine::skip<uint64_t>}, // FRAME
        {'.', &Machine::stop},
        {'(', &Machine::mark},
        {'1', &Machine::dropMark}, // POP_MARK
        {'0', &Machine::drop}, // POP
        {'2', &Machine::duplicate},
        {'N', &Machine::constant<kNone>},
        {'\x88', &Machine::constant<kTrue>},
        {'\x89', &Machine::constant<kFalse>},
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
        {'T', &Machine::text<Kind::Bytes, uint32_t>}, // BINSTRING
        {'U', &Machine::text<Kind::Bytes, uint8_t>}, // SHORT_BINSTRING
        {'X', &Machine::text<Kind::Text, uint32_t>}, // BINUNICODE
        {'\x8c', &Machine::text<Kind::Text, uint8_t>}, // SHORT_BINUNICODE
        {'\x8d', &Machine::text<Kind::Text, uint64_t>}, // BINUNICODE8
        {'B', &Machine::text<Kind::Bytes, uint32_t>}, // BINBYTES
        {'C', &Machine::text<Kind::Bytes, uint8_t>}, // SHORT_BINBYTES
        {'\x8e', &Machine::text<Kind::Bytes, uint64_t>}, // BINBYTES8
        {'\x96', &Machine::text<Kind::Bytes, uint64_t>}, // BYTEARRAY8
        {']', &Machine::emptyContainer<Kind::List>},
        {')', &Machine::emptyContainer<Kind::List>}, // EMPTY_TUPLE
        {'\x8f', &Machine::emptyContainer<Kind::List>}, // EMPTY_SET
        {'}', &Machine::emptyContainer<Kind::Dict>},
        {'l', &Machine::list},
        {'t', &Machine::list}, // TUPLE
        {'\x91', &Machine::list}, // FROZENSET
        {'d', &Machine::dict},
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
        {'\x81', &Machine::reduce}, // NEWOBJ
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

} // namespace telltale::pickle

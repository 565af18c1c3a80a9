// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/pickle.h"
#include "base/npy.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <unordered_map>

namespace telltale::pyobject {
namespace {

// Ours: a published set of 114,480 clips has about 3.5 million values.
constexpr size_t kMostValues = 6'000'000;
constexpr size_t kMostItems = 24'000'000; ///< of all containers together
constexpr size_t kMostSteps = 64'000'000;
constexpr size_t kMostDimensions = 8;
constexpr int64_t kLargestSize = int64_t{1} << 40;

/// What stands here for a callable that a pickle names.
enum class Call : uint8_t { Reconstruct, NdArray, FromBuffer, Scalar, Dtype, Encode, Dict };

struct KnownName {
    std::string_view name;
    Call call;
};
/// All that a pickle may name; numpy's modules have an underscore since 2.0.
constexpr auto kKnownNames = std::to_array<KnownName>({
    {"numpy.core.multiarray._reconstruct", Call::Reconstruct},
    {"numpy._core.multiarray._reconstruct", Call::Reconstruct},
    {"numpy.core.multiarray.scalar", Call::Scalar},
    {"numpy._core.multiarray.scalar", Call::Scalar},
    {"numpy.core.numeric._frombuffer", Call::FromBuffer},
    {"numpy._core.numeric._frombuffer", Call::FromBuffer},
    {"numpy.ndarray", Call::NdArray},
    {"numpy.dtype", Call::Dtype},
    {"_codecs.encode", Call::Encode},
    {"collections.OrderedDict", Call::Dict},
});

constexpr Ref kNone = 0;
constexpr Ref kFalse = 1;
constexpr Ref kTrue = 2;

/// Names come from strangers: what is no plain sign becomes '?'.
std::string printable(std::string_view text)
{
    std::string out(text.substr(0, 80));
    for (char& c : out)
        if (c < ' ' || c > '~')
            c = '?';
    return out;
}

/// str to bytes as latin-1; false where a sign has no place in it.
bool toLatin1(std::string_view text, std::string& out)
{
    for (size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x80) {
            out += text[i];
            continue;
        }
        if ((c != 0xc2 && c != 0xc3) || i + 1 >= text.size())
            return false;
        out += static_cast<char>((c & 0x03) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3f));
    }
    return true;
}

/// The stack machine of Python's pickle format as far as data need it (Lib/pickletools.py).
class Machine {
public:
    Machine(std::string_view bytes, const std::string& name) : m_bytes(bytes), m_name(name) { }
    Result<Content> run();

private:
    using Step = void (Machine::*)();
    static std::array<Step, 256> makeTable();

    // Failures: the first one stays and ends the run.
    void fail(ErrorCode code, const std::string& what);
    void damaged(const std::string& what);

    // The bytes.
    std::string_view take(uint64_t count);
    template <typename T> uint64_t number()
    {
        T value{};
        if (const std::string_view bytes = take(sizeof(T)); bytes.size() == sizeof(T))
            std::memcpy(&value, bytes.data(), sizeof(T));
        return static_cast<uint64_t>(static_cast<int64_t>(value));
    }
    std::string_view line();

    // The stack. Nothing is taken from below the last mark.
    Ref make(Kind kind, int64_t number = 0, std::string_view text = {}, std::vector<Ref> items = {});
    void push(Ref ref) { m_stack.push_back(ref); }
    void pushText(Kind kind, std::string_view text) { push(make(kind, 0, text)); }
    bool has(size_t count);
    Ref pop();
    std::vector<Ref> popToMark();

    template <typename T> void skip() { take(sizeof(T)); }
    template <Ref ref> void constant() { push(ref); }
    template <typename T> void integer() { push(make(Kind::Int, static_cast<int64_t>(number<T>()))); }
    template <typename T> void longInteger();
    template <Kind kind, typename T> void text() { pushText(kind, take(number<T>())); }
    void binaryReal();
    void textInteger();
    void textReal();
    void quotedText();
    void lineText() { pushText(Kind::Text, line()); }
    template <Kind kind> void emptyContainer() { push(make(kind)); }
    template <Kind kind> void container() { push(make(kind, 0, {}, popToMark())); }
    template <size_t count> void tuple();
    void append() { extend({pop()}, Kind::List); }
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
    void stop() { m_done = true; }
    void build();

    // What stands for the known names.
    const Value* item(const Value& list, size_t index) const;
    void makeArray(const Value& arguments, size_t shape, size_t dtype, size_t bytes);
    void setDtype(Array& array, const Value* dtype);
    bool setShape(Array& array, const Value* shape);
    void makeDtype(const Value& arguments);
    void makeScalar(const Value& arguments);
    void makeBytes(const Value& arguments);
    void buildArray(Array& array, const Value& state);

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
    struct Opcode {
        char code;
        Step step;
    };
    static constexpr Opcode kOpcodes[] = {
        {'\x80', &Machine::skip<uint8_t>}, // PROTO
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
        {'\x81', &Machine::reduce}, // NEWOBJ
        {'b', &Machine::build},
    };
    std::array<Step, 256> table{};
    for (const Opcode& opcode : kOpcodes)
        table.at(static_cast<unsigned char>(opcode.code)) = opcode.step;
    return table;
}

Result<Content> Machine::run()
{
    static const std::array<Step, 256> kTable = makeTable();
    make(Kind::None);
    make(Kind::Bool, 0);
    make(Kind::Bool, 1);
    for (size_t steps = 0; !m_done && !m_error; ++steps) {
        const std::string_view code = take(1);
        if (code.empty())
            break;
        const auto byte = static_cast<unsigned char>(code[0]);
        if (const Step step = kTable.at(byte); !step)
            damaged(std::string("the pickle has the instruction ")
                        .append(std::to_string(byte))
                        .append(", which data do not need"));
        else if (steps >= kMostSteps)
            damaged("the pickle takes more steps than skeletons need");
        else
            (this->*step)();
    }
    if (!m_error)
        m_content.root = pop();
    if (m_error)
        return *m_error;
    return std::move(m_content);
}

void Machine::fail(ErrorCode code, const std::string& what)
{
    if (!m_error)
        m_error = Error{code, m_name + ": " + what};
}

void Machine::damaged(const std::string& what)
{
    fail(ErrorCode::BadFormat, what + " (at byte " + std::to_string(m_at) + "); the file is damaged");
}

std::string_view Machine::take(uint64_t count)
{
    if (count > m_bytes.size() - m_at) {
        damaged("the pickle ends too early");
        return {};
    }
    const std::string_view part = m_bytes.substr(m_at, count);
    m_at += count;
    return part;
}

std::string_view Machine::line()
{
    const size_t end = m_bytes.find('\n', m_at);
    if (end == std::string_view::npos) {
        damaged("the pickle ends inside a line");
        return {};
    }
    const std::string_view text = m_bytes.substr(m_at, end - m_at);
    m_at = end + 1;
    return text;
}

Ref Machine::make(Kind kind, int64_t number, std::string_view text, std::vector<Ref> items)
{
    m_items += items.size();
    if (m_content.values.size() >= kMostValues || m_items > kMostItems) {
        damaged("the pickle has more values than skeletons need");
        return kNone;
    }
    Value& value = m_content.values.emplace_back();
    value.kind = kind;
    value.number = number;
    value.text = text;
    value.items = std::move(items);
    return static_cast<Ref>(m_content.values.size() - 1);
}

bool Machine::has(size_t count)
{
    const size_t floor = m_marks.empty() ? 0 : m_marks.back();
    if (m_stack.size() >= floor + count)
        return true;
    damaged("the pickle takes more values than it has");
    return false;
}

Ref Machine::pop()
{
    if (!has(1))
        return kNone;
    const Ref ref = m_stack.back();
    m_stack.pop_back();
    return ref;
}

std::vector<Ref> Machine::popToMark()
{
    if (m_marks.empty()) {
        damaged("the pickle lacks a mark");
        return {};
    }
    const auto from = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
    std::vector<Ref> items(from, m_stack.end());
    m_stack.erase(from, m_stack.end());
    m_marks.pop_back();
    return items;
}

void Machine::binaryReal()
{
    const std::string_view bytes = take(sizeof(double));
    uint64_t bits = 0;
    for (const char c : bytes) // big-endian, alone in this format
        bits = bits << 8 | static_cast<unsigned char>(c);
    const Ref ref = make(Kind::Real);
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!m_error)
        m_content.values[ref].real = value;
    push(ref);
}

template <typename T> void Machine::longInteger()
{
    const std::string_view bytes = take(number<T>());
    if (bytes.size() > sizeof(int64_t))
        return damaged("the pickle has an integer of more than 64 bits");
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
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return damaged("the pickle has a number that is none");
    push(make(Kind::Int, value));
}

void Machine::textReal()
{
    const std::string_view text = line();
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    const Ref ref = make(Kind::Real);
    if (!m_error)
        m_content.values[ref].real = value;
    push(ref);
}

void Machine::quotedText()
{
    const std::string_view quoted = line();
    if (quoted.size() < 2 || quoted.front() != quoted.back())
        return damaged("the pickle has a text without quotes");
    pushText(Kind::Bytes, quoted.substr(1, quoted.size() - 2));
}

template <size_t count> void Machine::tuple()
{
    if (!has(count))
        return;
    std::vector<Ref> items(m_stack.end() - static_cast<std::ptrdiff_t>(count), m_stack.end());
    m_stack.resize(m_stack.size() - count);
    push(make(Kind::List, 0, {}, std::move(items)));
}

void Machine::setItem()
{
    const Ref value = pop();
    const Ref key = pop();
    extend({key, value}, Kind::Dict);
}

void Machine::extend(const std::vector<Ref>& items, Kind kind)
{
    if (m_error || !has(1))
        return;
    Value& container = m_content.values[m_stack.back()];
    m_items += items.size();
    if (m_items > kMostItems)
        return damaged("the pickle has more values than skeletons need");
    if (container.kind != kind || (kind == Kind::Dict && items.size() % 2 != 0))
        return damaged("the pickle fills what is no container");
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
    if (has(1))
        push(m_stack.back());
}

uint64_t Machine::lineNumber()
{
    const std::string_view text = line();
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        damaged("the pickle has a number that is none");
    return value;
}

void Machine::remember(uint64_t key)
{
    if (m_memo.size() >= kMostValues)
        return damaged("the pickle has more values than skeletons need");
    if (has(1))
        m_memo[key] = m_stack.back();
}

void Machine::recall(uint64_t key)
{
    const auto found = m_memo.find(key);
    if (found == m_memo.end())
        return damaged("the pickle names a value that is not there");
    push(found->second);
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
    if (!m_error)
        pushGlobal(m_content[module].text, m_content[name].text);
}

void Machine::pushGlobal(std::string_view module, std::string_view name)
{
    if (m_error)
        return;
    const std::string full = std::string(module).append(".").append(name);
    const auto found = std::ranges::find(kKnownNames, full, &KnownName::name);
    if (found == kKnownNames.end())
        return fail(ErrorCode::Unsupported,
            "calls " + printable(full) + "; a pickle may run code, this one is not opened");
    push(make(Kind::Global, found - kKnownNames.begin()));
}

const Value* Machine::item(const Value& list, size_t index) const
{
    return list.kind == Kind::List && index < list.items.size() ? &m_content[list.items[index]] : nullptr;
}

void Machine::reduce()
{
    const Ref arguments = pop();
    const Ref callable = pop();
    if (m_error)
        return;
    if (m_content[callable].kind != Kind::Global || m_content[arguments].kind != Kind::List)
        return damaged("the pickle calls what is no function");
    // A copy: what is made below may move the values.
    const Value list = m_content[arguments];
    switch (kKnownNames.at(static_cast<size_t>(m_content[callable].number)).call) {
    case Call::Reconstruct: // the state follows
        m_content.arrays.emplace_back();
        return push(make(Kind::Array, static_cast<int64_t>(m_content.arrays.size() - 1)));
    case Call::NdArray:
        return makeArray(list, 0, 1, 2);
    case Call::FromBuffer:
        return makeArray(list, 2, 1, 0);
    case Call::Dtype:
        return makeDtype(list);
    case Call::Scalar:
        return makeScalar(list);
    case Call::Encode:
        return makeBytes(list);
    case Call::Dict:
        return push(make(Kind::Dict));
    }
}

void Machine::makeArray(const Value& arguments, size_t shape, size_t dtype, size_t bytes)
{
    Array array;
    const Value* buffer = item(arguments, bytes);
    if (!setShape(array, item(arguments, shape)))
        return damaged("the pickle has an array without a shape");
    setDtype(array, item(arguments, dtype));
    if (buffer && buffer->kind == Kind::Bytes)
        array.bytes = buffer->text;
    else
        array.dtype.clear();
    const Value* order = bytes == 0 ? item(arguments, 3) : nullptr;
    array.fortran = order && order->text == "F";
    m_content.arrays.push_back(std::move(array));
    push(make(Kind::Array, static_cast<int64_t>(m_content.arrays.size() - 1)));
}

/// "<f4" and "f4" are read, "|u1" too; other byte orders and kinds are not.
void Machine::setDtype(Array& array, const Value* dtype)
{
    if (!dtype || (dtype->kind != Kind::Dtype && dtype->kind != Kind::Text && dtype->kind != Kind::Bytes))
        return;
    std::string_view text = dtype->text;
    if (text.starts_with('>'))
        return;
    if (text.starts_with('<') || text.starts_with('|') || text.starts_with('='))
        text.remove_prefix(1);
    array.dtype = text.substr(0, 8);
}

bool Machine::setShape(Array& array, const Value* shape)
{
    if (!shape || shape->kind != Kind::List || shape->items.size() > kMostDimensions)
        return false;
    array.shape.clear();
    for (const Ref ref : shape->items) {
        const Value& size = m_content[ref];
        if (size.kind != Kind::Int || size.number < 0 || size.number > kLargestSize)
            return false;
        array.shape.push_back(size.number);
    }
    return true;
}

void Machine::makeDtype(const Value& arguments)
{
    const Value* text = item(arguments, 0);
    if (!text || (text->kind != Kind::Text && text->kind != Kind::Bytes))
        return damaged("the pickle has numbers of no kind");
    pushText(Kind::Dtype, text->text);
}

void Machine::makeScalar(const Value& arguments)
{
    const Value* bytes = item(arguments, 1);
    Array array;
    setDtype(array, item(arguments, 0));
    if (!bytes || bytes->kind != Kind::Bytes || array.dtype.empty())
        return push(make(Kind::Object));
    array.bytes = bytes->text;
    const auto number = m_content.numbers(array, m_name);
    if (!number || number->values.empty())
        return push(make(Kind::Object));
    const double value = number->values.front();
    const Ref ref = make(Kind::Real);
    if (!m_error)
        m_content.values[ref].real = value;
    push(ref);
}

/// _codecs.encode(text, 'latin1'): how bytes look in pickles of protocol 2.
void Machine::makeBytes(const Value& arguments)
{
    const Value* text = item(arguments, 0);
    const Value* codec = item(arguments, 1);
    std::string bytes;
    if (!text || text->kind != Kind::Text || !codec || (codec->text != "latin1" && codec->text != "latin-1")
        || !toLatin1(text->text, bytes))
        return damaged("the pickle has bytes in a form that is not known");
    pushText(Kind::Bytes, m_content.made.emplace_back(std::move(bytes)));
}

void Machine::build()
{
    const Ref state = pop();
    if (m_error || !has(1))
        return;
    Value& target = m_content.values[m_stack.back()];
    const Value values = m_content[state];
    if (target.kind == Kind::Array)
        return buildArray(m_content.arrays[static_cast<size_t>(target.number)], values);
    if (target.kind == Kind::Dtype) {
        const Value* order = item(values, 1);
        const bool named = target.text.starts_with('<') || target.text.starts_with('>');
        if (order && order->text == ">" && !named)
            target.text = m_content.made.emplace_back(">" + std::string(target.text));
        return;
    }
    if (target.kind != Kind::Dict && target.kind != Kind::Object)
        damaged("the pickle gives a state to what has none");
}

/// (version, shape, dtype, is_fortran, bytes)
void Machine::buildArray(Array& array, const Value& state)
{
    if (!setShape(array, item(state, 1)))
        return damaged("the pickle has an array without a shape");
    setDtype(array, item(state, 2));
    const Value* fortran = item(state, 3);
    const Value* bytes = item(state, 4);
    array.fortran = fortran && fortran->number != 0;
    if (bytes && bytes->kind == Kind::Bytes)
        array.bytes = bytes->text;
    else
        array.dtype.clear();
}

/// From Fortran's order of the numbers to C's.
NdArray inCOrder(const NdArray& in)
{
    NdArray out(in.shape);
    const size_t dimensions = in.shape.size();
    std::vector<int64_t> steps(dimensions, 1);
    for (size_t d = 1; d < dimensions; ++d)
        steps[d] = steps[d - 1] * in.shape[d - 1];
    std::vector<int64_t> at(dimensions, 0);
    int64_t from = 0;
    for (float& value : out.values) {
        value = in.values[static_cast<size_t>(from)];
        for (size_t d = dimensions; d-- > 0;) {
            from += steps[d];
            if (++at[d] < in.shape[d])
                break;
            from -= steps[d] * in.shape[d];
            at[d] = 0;
        }
    }
    return out;
}

} // namespace

const Value* Content::find(const Value& dict, std::string_view key) const
{
    if (dict.kind != Kind::Dict)
        return nullptr;
    for (size_t i = 0; i + 1 < dict.items.size(); i += 2) {
        const Value& name = values[dict.items[i]];
        if ((name.kind == Kind::Text || name.kind == Kind::Bytes) && name.text == key)
            return &values[dict.items[i + 1]];
    }
    return nullptr;
}

Result<NdArray> Content::numbers(const Array& array, const std::string& place) const
{
    if (array.dtype.empty())
        return Error{ErrorCode::BadFormat,
            place + ": is an array of something that is no little-endian number; save it as float32"};
    // toFloat() looks at the bytes before it takes memory only if the count cannot overflow.
    int64_t count = 1;
    const auto most = static_cast<int64_t>(array.bytes.size());
    const bool nothing = std::ranges::find(array.shape, 0) != array.shape.end();
    for (const int64_t size : array.shape) {
        if (!nothing && size > most / count)
            return Error{ErrorCode::BadFormat, place + ": the array has fewer numbers than its shape says"};
        count *= nothing ? 1 : size;
    }
    auto all = toFloat({array.dtype, array.shape, std::string(array.bytes)}, place);
    if (!all || !array.fortran || array.shape.size() < 2)
        return all;
    return inCOrder(*all);
}

Result<Content> readPickle(std::string_view bytes, const std::string& name)
{
    return Machine(bytes, name).run();
}

} // namespace telltale::pyobject

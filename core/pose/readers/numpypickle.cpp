// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/numpypickle.h"
#include "base/npy.h"
#include "base/pickle/pickletext.h"
#include <array>
#include <cmath>

namespace telltale {
namespace {

using pickle::Action;
using pickle::Callable;
using pickle::Content;
using pickle::Kind;
using pickle::Value;

constexpr size_t kMostDimensions = 8;
constexpr int64_t kLargestSize = int64_t{1} << 40;

/// What is kept for us: numpy's ways to say an array, a number and a type, and bytes.
enum Meaning : int {
    Reconstruct, ///< the array is the state
    NdArrayOf, ///< shape, dtype, bytes
    FromBuffer, ///< bytes, dtype, shape, order
    Scalar, ///< dtype, bytes
    Dtype, ///< name; the order of bytes is in the state
    Encoded, ///< str, codec: bytes in protocols below 3
    BytesOf, ///< bytes, or nothing
};

// numpy's modules have an underscore since 2.0; Python 2 calls builtins differently, and so do protocols
// below 3.
constexpr auto kCallables = std::to_array<Callable>({
    {"numpy.core.multiarray._reconstruct", Action::Keep, Reconstruct},
    {"numpy._core.multiarray._reconstruct", Action::Keep, Reconstruct},
    {"numpy.core.multiarray.scalar", Action::Keep, Scalar},
    {"numpy._core.multiarray.scalar", Action::Keep, Scalar},
    {"numpy.core.numeric._frombuffer", Action::Keep, FromBuffer},
    {"numpy._core.numeric._frombuffer", Action::Keep, FromBuffer},
    {"numpy.ndarray", Action::Keep, NdArrayOf},
    {"numpy.dtype", Action::Keep, Dtype},
    {"_codecs.encode", Action::Keep, Encoded},
    {"builtins.bytes", Action::Keep, BytesOf},
    {"__builtin__.bytes", Action::Keep, BytesOf},
    {"builtins.bytearray", Action::Keep, BytesOf},
    {"__builtin__.bytearray", Action::Keep, BytesOf},
    {"collections.OrderedDict", Action::Dict},
    {"collections.defaultdict", Action::Dict},
    {"builtins.dict", Action::Dict},
    {"__builtin__.dict", Action::Dict},
    {"builtins.list", Action::List},
    {"__builtin__.list", Action::List},
    {"builtins.tuple", Action::List},
    {"__builtin__.tuple", Action::List},
    {"builtins.set", Action::List},
    {"__builtin__.set", Action::List},
    {"builtins.frozenset", Action::List},
    {"__builtin__.frozenset", Action::List},
});

constexpr pickle::Rules kRules = {
    .callables = kCallables,
    // Ours: a published set of 114,480 clips has about 3.5 million values.
    .mostValues = 6'000'000,
    .mostItems = 24'000'000,
    .mostSteps = 64'000'000,
    .tooMuch = "skeletons need. Save the clip of your video alone.",
    .refusal = "calls ",
    .refusalEnd = "; a pickle may run code, this one is not opened. Save it with numbers, texts, lists, "
                  "dictionaries and numpy's arrays alone.",
};

bool isMade(const Value& value, Meaning meaning)
{
    return value.kind == Kind::Made && value.number == meaning;
}

/// Bytes in any of the forms that pickles have for them; `decoded` keeps those that have to be made.
std::optional<std::string_view> bytesOf(const Content& content, const Value* value, std::string& decoded)
{
    if (value && isMade(*value, BytesOf)) {
        value = content.argument(*value, 0);
        if (!value)
            return std::string_view();
    }
    if (value && value->kind == Kind::Bytes)
        return value->text;
    const Value* text = value && isMade(*value, Encoded) ? content.argument(*value, 0) : nullptr;
    const Value* codec = text ? content.argument(*value, 1) : nullptr;
    if (!codec || text->kind != Kind::Text || (codec->text != "latin1" && codec->text != "latin-1"))
        return std::nullopt;
    auto bytes = pickle::toLatin1(text->text);
    if (!bytes)
        return std::nullopt;
    decoded = *std::move(bytes);
    return decoded;
}

/// "f4" of "<f4", "f4" and "|u1"; empty: numbers of another order of bytes, or none.
std::string dtypeOf(const Content& content, const Value* value)
{
    const Value* order = nullptr;
    if (value && isMade(*value, Dtype)) {
        const Value* state = content.state(*value);
        order = state ? content.item(*state, 1) : nullptr;
        value = content.argument(*value, 0);
    }
    if (!value || !value->isText() || value->text.empty())
        return {};
    std::string_view text = value->text;
    const bool named = text.find_first_of("<>|=") == 0;
    if (text.starts_with('>') || (!named && order && order->text == ">"))
        return {};
    text.remove_prefix(named ? 1 : 0);
    return std::string(text.substr(0, 8));
}

std::optional<std::vector<int64_t>> shapeOf(const Content& content, const Value* value)
{
    if (!value || value->kind != Kind::List || value->items.size() > kMostDimensions)
        return std::nullopt;
    std::vector<int64_t> shape;
    for (const pickle::Ref ref : value->items) {
        const Value& size = content[ref];
        if (size.kind != Kind::Int || size.number < 0 || size.number > kLargestSize)
            return std::nullopt;
        shape.push_back(size.number);
    }
    return shape;
}

/// Where the parts of an array are, by the way it is said.
struct Parts {
    const Value* shape = nullptr;
    const Value* dtype = nullptr;
    const Value* bytes = nullptr;
    bool fortran = false;
};

Parts partsOf(const Content& content, const Value& value)
{
    const auto argument = [&](size_t i) { return content.argument(value, i); };
    if (isMade(value, NdArrayOf))
        return {argument(0), argument(1), argument(2), false};
    if (isMade(value, FromBuffer))
        return {argument(2), argument(1), argument(0), argument(3) && argument(3)->text == "F"};
    const Value* state = isMade(value, Reconstruct) ? content.state(value) : nullptr;
    if (!state) // version, shape, dtype, is it Fortran's order, bytes
        return {};
    const Value* fortran = content.item(*state, 3);
    return {content.item(*state, 1), content.item(*state, 2), content.item(*state, 4),
        fortran && fortran->number != 0};
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

Result<Content> readNumpyPickle(std::string_view bytes, const std::string& name)
{
    return pickle::read(bytes, name, kRules);
}

bool isNumpyArray(const Value& value)
{
    return isMade(value, Reconstruct) || isMade(value, NdArrayOf) || isMade(value, FromBuffer);
}

Result<NdArray> numpyNumbers(const Content& content, const Value& value, const std::string& place)
{
    if (!isNumpyArray(value))
        return Error{ErrorCode::BadFormat, place + ": is no array of numpy"};
    const Parts parts = partsOf(content, value);
    auto shape = shapeOf(content, parts.shape);
    if (!shape)
        return Error{ErrorCode::BadFormat, place + ": the array has no shape; the file is damaged"};
    const std::string dtype = dtypeOf(content, parts.dtype);
    std::string decoded;
    const auto bytes = bytesOf(content, parts.bytes, decoded);
    if (dtype.empty() || !bytes)
        return Error{ErrorCode::BadFormat,
            place + ": is an array of something that is no little-endian number; save it as float32"};
    auto all = toFloat(NpyView{dtype, *std::move(shape), *bytes}, place);
    if (!all || !parts.fortran || all->values.empty() || all->shape.size() < 2)
        return all;
    return inCOrder(*all);
}

std::optional<int64_t> wholeNumber(const Content& content, const Value& value)
{
    if (value.kind == Kind::Int)
        return value.number;
    if (!isMade(value, Scalar))
        return std::nullopt;
    std::string decoded;
    const auto bytes = bytesOf(content, content.argument(value, 1), decoded);
    if (!bytes)
        return std::nullopt;
    const auto number = toFloat(NpyView{dtypeOf(content, content.argument(value, 0)), {}, *bytes}, "");
    constexpr float kMost = 1 << 24; // whole numbers up to this are exact
    if (!number || std::abs(number->values.front()) > kMost
        || std::trunc(number->values.front()) != number->values.front())
        return std::nullopt;
    return static_cast<int64_t>(number->values.front());
}

} // namespace telltale

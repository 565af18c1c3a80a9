// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/npy.h"
#include "base/files.h"
#include "base/half.h"
#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <utility>

namespace telltale {
namespace {

Error bad(const std::string& name, const std::string& what)
{
    return {ErrorCode::BadFormat, name + ": " + what + "; expected a NumPy .npy array"};
}

std::string_view valueOf(std::string_view header, std::string_view key)
{
    const size_t at = header.find("'" + std::string(key) + "'");
    if (at == std::string_view::npos)
        return {};
    const size_t colon = header.find(':', at);
    return colon == std::string_view::npos ? std::string_view{} : header.substr(colon + 1);
}

bool parseShape(std::string_view text, std::vector<int64_t>& shape)
{
    const size_t open = text.find('(');
    const size_t close = text.find(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return false;
    std::string number;
    for (const char c : std::string(text.substr(open + 1, close - open - 1)) + ",") {
        if (c >= '0' && c <= '9')
            number += c;
        else if (c == ',' && !number.empty()) {
            if (number.size() > 15)
                return false;
            shape.push_back(std::stoll(number));
            number.clear();
        }
    }
    return true;
}

template <typename T> void widen(std::string_view bytes, std::vector<float>& out)
{
    for (size_t i = 0; i < out.size(); ++i) {
        T value;
        std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
        out[i] = static_cast<float>(value);
    }
}

void widenHalves(std::string_view bytes, std::vector<float>& out)
{
    for (size_t i = 0; i < out.size(); ++i) {
        uint16_t half = 0;
        std::memcpy(&half, bytes.data() + i * sizeof half, sizeof half);
        out[i] = fromHalf(half);
    }
}

template <typename T> bool takeWhole(std::string_view bytes, std::vector<int64_t>& out)
{
    out.resize(bytes.size() / sizeof(T));
    for (size_t i = 0; i < out.size(); ++i) {
        T value;
        std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
        if (!std::in_range<int64_t>(value))
            return false;
        out[i] = static_cast<int64_t>(value);
    }
    return true;
}

struct DtypeReader {
    size_t size;
    void (*read)(std::string_view, std::vector<float>&);
    bool (*readWhole)(std::string_view, std::vector<int64_t>&) = nullptr; ///< nullptr: not whole
};

const std::map<std::string, DtypeReader>& dtypeReaders()
{
    static const std::map<std::string, DtypeReader> table = {{"f2", {2, widenHalves}},
        {"f4", {4, widen<float>}}, {"f8", {8, widen<double>}}, {"i1", {1, widen<int8_t>, takeWhole<int8_t>}},
        {"i2", {2, widen<int16_t>, takeWhole<int16_t>}}, {"i4", {4, widen<int32_t>, takeWhole<int32_t>}},
        {"i8", {8, widen<int64_t>, takeWhole<int64_t>}}, {"u1", {1, widen<uint8_t>, takeWhole<uint8_t>}},
        {"u2", {2, widen<uint16_t>, takeWhole<uint16_t>}}, {"u4", {4, widen<uint32_t>, takeWhole<uint32_t>}},
        {"u8", {8, widen<uint64_t>, takeWhole<uint64_t>}}, {"b1", {1, widen<uint8_t>}}};
    return table;
}

} // namespace

Result<NpyView> viewNpy(std::string_view bytes, const std::string& name)
{
    if (bytes.size() < 12 || bytes.substr(0, 6) != std::string_view("\x93NUMPY", 6))
        return bad(name, "no NumPy header");
    const auto byte = [&](size_t i) { return static_cast<size_t>(static_cast<uint8_t>(bytes[i])); };
    const bool wide = byte(6) >= 2;
    const size_t start = wide ? 12 : 10;
    const size_t length
        = wide ? byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24 : byte(8) | byte(9) << 8;
    if (start + length > bytes.size())
        return bad(name, "the header is cut short");
    const std::string_view header = bytes.substr(start, length);

    NpyView array;
    const std::string_view descr = valueOf(header, "descr");
    const size_t open = descr.find('\'');
    const size_t close = open == std::string_view::npos ? open : descr.find('\'', open + 1);
    if (close == std::string_view::npos || close - open < 4)
        return bad(name, "the header names no simple dtype");
    if (descr[open + 1] == '>')
        return bad(name, "big-endian numbers are not read");
    array.dtype = descr.substr(open + 2, close - open - 2);
    const std::string_view order = valueOf(header, "fortran_order");
    if (order.find("True") < order.find(','))
        return bad(name, "Fortran order is not read, save it with numpy.ascontiguousarray");
    if (!parseShape(valueOf(header, "shape"), array.shape))
        return bad(name, "the header has no shape");

    const size_t digits = array.dtype.find_first_of("0123456789");
    if (digits == std::string::npos || array.dtype.size() > 8)
        return bad(name, "unknown dtype '" + array.dtype + "'");
    const int64_t itemSize = std::stoll(array.dtype.substr(digits)) * (array.dtype[0] == 'U' ? 4 : 1);
    const bool nothing = std::ranges::find(array.shape, 0) != array.shape.end();
    int64_t wanted = nothing ? 0 : itemSize;
    const auto available = static_cast<int64_t>(bytes.size() - start - length);
    int64_t most = std::numeric_limits<int64_t>::max(); ///< what the other dimensions may multiply to
    for (const int64_t dim : array.shape) {
        if (!nothing && wanted > available / dim)
            return bad(name, "the data is cut short");
        wanted *= dim;
        most /= std::max<int64_t>(dim, 1);
    }
    if (most == 0)
        return bad(name, "the header's shape is larger than any array");
    array.bytes = bytes.substr(start + length, static_cast<size_t>(wanted));
    return array;
}

Result<NpyArray> parseNpy(std::string_view bytes, const std::string& name)
{
    auto view = viewNpy(bytes, name);
    if (!view)
        return view.error();
    return NpyArray{std::move(view->dtype), std::move(view->shape), std::string(view->bytes)};
}

std::string formatNpyHeader(const std::string& dtype, const std::vector<int64_t>& dimensions)
{
    std::string shape;
    for (const int64_t dim : dimensions)
        shape += std::to_string(dim) + (dimensions.size() == 1 ? "," : ", ");
    if (dimensions.size() > 1)
        shape.resize(shape.size() - 2);
    const bool bytewise = dtype == "u1" || dtype == "i1" || dtype[0] == 'S';
    std::string header = "{'descr': '" + std::string(bytewise ? "|" : "<") + dtype
        + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    header.append(63 - (10 + header.size()) % 64, ' ');
    header += '\n';
    std::string out("\x93NUMPY\x01\x00", 8);
    out += static_cast<char>(header.size() & 0xff);
    out += static_cast<char>(header.size() >> 8);
    return out + header;
}

std::string formatNpy(const NpyArray& array)
{
    return formatNpyHeader(array.dtype, array.shape) + array.bytes;
}

Result<NpyArray> readNpy(const std::filesystem::path& file)
{
    const auto bytes = readFile(file);
    return bytes ? parseNpy(*bytes, file.string()) : Result<NpyArray>(bytes.error());
}

Status writeNpy(const std::filesystem::path& file, const NpyArray& array)
{
    return writeFileAtomically(file, formatNpy(array));
}

Result<NdArray> toFloat(const NpyView& array, const std::string& name)
{
    const auto reader = dtypeReaders().find(array.dtype);
    if (reader == dtypeReaders().end())
        return bad(name, "dtype '" + array.dtype + "' is not a number this program reads");
    // The bytes are looked at before memory is taken, and so that no product of dimensions overflows.
    const bool nothing = std::ranges::find(array.shape, 0) != array.shape.end();
    size_t most = array.bytes.size() / reader->second.size;
    for (const int64_t size : array.shape) {
        if (size < 0 || (!nothing && static_cast<uint64_t>(size) > most))
            return bad(name, "the array has fewer numbers than its shape says");
        most /= nothing ? 1 : static_cast<uint64_t>(size);
    }
    NdArray out;
    if (nothing) {
        out.shape = array.shape;
        return out;
    }
    out = NdArray(array.shape);
    if (array.bytes.size() < out.values.size() * reader->second.size)
        return bad(name, "the array has fewer numbers than its shape says");
    reader->second.read(array.bytes, out.values);
    return out;
}

Result<std::vector<int64_t>> toWholeNumbers(const NpyView& array, const std::string& name)
{
    const auto reader = dtypeReaders().find(array.dtype);
    if (reader == dtypeReaders().end() || !reader->second.readWhole)
        return bad(name, "dtype '" + array.dtype + "' is not one of whole numbers, save it as int64");
    std::vector<int64_t> numbers;
    if (!reader->second.readWhole(array.bytes, numbers))
        return bad(name, "a number is larger than any frame");
    return numbers;
}

std::string toText(const NpyView& array)
{
    std::string text;
    const size_t step = array.dtype[0] == 'U' ? 4 : 1;
    for (size_t i = 0; i < array.bytes.size(); i += step)
        if (array.bytes[i] != '\0')
            text += array.bytes[i];
    return text;
}

NpyArray fromFloat(const NdArray& array)
{
    return {"f4", array.shape,
        std::string(reinterpret_cast<const char*>(array.values.data()), array.values.size() * sizeof(float))};
}

} // namespace telltale

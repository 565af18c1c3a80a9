// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Files as PyTorch writes them, made by hand for tests.
namespace telltale::sample {

template <typename T> std::string little(T number)
{
    return std::string(reinterpret_cast<const char*>(&number), sizeof number);
}

// Pieces of a pickle.
inline std::string text(std::string_view content)
{
    // Not "X" + ...: GCC 12 sees an overflow in that where there is none (GCC bug 105329).
    return std::string("X").append(little(static_cast<uint32_t>(content.size()))).append(content);
}
inline std::string integer(int64_t number) { return std::string("\x8a\x08").append(little(number)); }
inline std::string global(const std::string& module, const std::string& name)
{
    return std::string("c").append(module).append("\n").append(name).append("\n");
}
inline std::string tuple(const std::vector<std::string>& items)
{
    std::string pickle = "(";
    for (const std::string& item : items)
        pickle += item;
    return pickle + "t";
}
inline std::string numbers(const std::vector<int64_t>& list)
{
    std::vector<std::string> items;
    items.reserve(list.size());
    for (const int64_t number : list)
        items.push_back(integer(number));
    return tuple(items);
}
inline std::string dict(const std::vector<std::pair<std::string, std::string>>& entries)
{
    std::string pickle = "}(";
    for (const auto& [key, value] : entries)
        pickle += text(key) + value;
    return pickle + "u";
}
inline std::string call(const std::string& callable, const std::vector<std::string>& arguments)
{
    return callable + tuple(arguments) + "R";
}
inline std::string pickle(const std::string& value) { return "\x80\x02" + value + "."; }

struct TensorSample {
    std::string storage = "FloatStorage";
    std::string key = "0";
    int64_t numbers = 0; ///< of the storage
    int64_t offset = 0;
    std::vector<int64_t> shape;
    std::vector<int64_t> strides;
};
inline std::string tensor(const TensorSample& sample)
{
    const std::string storage = tuple({text("storage"), global("torch", sample.storage), text(sample.key),
                                    text("cpu"), integer(sample.numbers)})
        + "Q";
    return call(global("torch._utils", "_rebuild_tensor_v2"),
        {storage, integer(sample.offset), numbers(sample.shape), numbers(sample.strides), "\x89",
            call(global("collections", "OrderedDict"), {})});
}

using Members = std::vector<std::pair<std::string, std::string>>;

/// A zip archive with stored members; `wide`: with a zip64 end and zip64 fields.
inline std::string zip(const Members& members, bool wide = false)
{
    std::string bytes;
    std::string contents;
    for (const auto& [name, content] : members) {
        const uint64_t offset = bytes.size();
        const auto size = static_cast<uint32_t>(content.size());
        const std::string sizes = wide ? std::string(8, '\xff') : little(size) + little(size);
        const std::string extra = wide ? little<uint16_t>(1) + little<uint16_t>(24) + little<uint64_t>(size)
                + little<uint64_t>(size) + little(offset)
                                       : "";
        const std::string common = little<uint16_t>(20) + std::string(8, '\0') + little<uint32_t>(0) + sizes
            + little(static_cast<uint16_t>(name.size()));
        bytes += "PK\x03\x04" + common + little<uint16_t>(0) + name + content;
        contents += "PK\x01\x02" + little<uint16_t>(20) + common + little(static_cast<uint16_t>(extra.size()))
            + std::string(10, '\0') + (wide ? std::string(4, '\xff') : little(static_cast<uint32_t>(offset)))
            + name + extra;
    }
    const uint64_t at = bytes.size();
    const uint64_t end = at + contents.size();
    const uint64_t count = members.size();
    bytes += contents;
    if (wide)
        bytes += "PK\x06\x06" + little<uint64_t>(44) + std::string(12, '\0') + little(count) + little(count)
            + little<uint64_t>(contents.size()) + little(at) + "PK\x06\x07" + little<uint32_t>(0)
            + little(end) + little<uint32_t>(1);
    const auto short16 = wide ? uint16_t{0xffff} : static_cast<uint16_t>(count);
    return bytes + "PK\x05\x06" + little<uint32_t>(0) + little(short16) + little(short16)
        + little(static_cast<uint32_t>(contents.size()))
        + little(wide ? 0xffffffffU : static_cast<uint32_t>(at)) + little<uint16_t>(0);
}

/// A .pth since 1.6: `root` is the pickled value, `storages` by key.
inline std::string torchZip(const std::string& root, const Members& storages, bool wide = false)
{
    Members members = {{"w/data.pkl", pickle(root)}};
    for (const auto& [key, content] : storages)
        members.emplace_back("w/data/" + key, content);
    members.emplace_back("w/version", "3\n");
    return zip(members, wide);
}

struct StorageSample {
    std::string key;
    int64_t numbers = 0;
    std::string bytes;
};
/// A .pth before 1.6.
inline std::string torchLegacy(const std::string& root, const std::vector<StorageSample>& storages)
{
    std::string bytes = pickle("\x8a\x0a" + std::string("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"))
        + pickle(integer(1001)) + pickle(dict({{"little_endian", "\x88"}})) + pickle(root);
    std::string keys = "](";
    for (const StorageSample& storage : storages)
        keys += text(storage.key);
    bytes += pickle(keys + "e");
    for (const StorageSample& storage : storages)
        bytes += little(storage.numbers) + storage.bytes;
    return bytes;
}

template <typename T> std::string packed(const std::vector<T>& list)
{
    return std::string(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(T));
}

} // namespace telltale::sample

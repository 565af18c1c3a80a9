// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/weightfiles/torchfile.h"
#include "base/printable.h"
#include "nn/tensortypes.h"
#include "nn/weightfiles/torchpickle.h"
#include "nn/weightfiles/ziparchive.h"
#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <map>
#include <optional>

namespace telltale {

namespace {

using pickle::Kind;
using pickle::Value;

// Under these keys training states keep their model; the first that holds one is taken.
constexpr std::array<std::string_view, 8> kRoots
    = {"state_dict", "model", "module", "model_state_dict", "model_state", "net", "network", "weights"};
constexpr int kDeepest = 2;
// Numbers of all tensors together, beside the bytes of the file: tied weights share bytes, but not more
// often.
constexpr uint64_t kNumbersPerByte = 4;
constexpr uint64_t kFewNumbers = 1 << 16;
constexpr int64_t kLargest = int64_t{1} << 48;
// Names come again and again by their numbers: without an end to their length a small file is a lot of work.
constexpr size_t kLongestName = 1000;
constexpr std::string_view kLegacyMagic("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10);
constexpr int64_t kLegacyProtocol = 1001;
constexpr std::string_view kReserved = "__metadata__"; // of .safetensors

Error damaged(const std::string& name, const std::string& what)
{
    return {ErrorCode::BadFormat, name + ": " + what + ". The file is damaged; fetch it again."};
}

Error withoutModel(const std::string& name)
{
    return {ErrorCode::BadFormat,
        name + ": it holds no named tensors. Save the model's state_dict() and read that file."};
}

/// One run of numbers in the file.
struct Storage {
    const TensorType* type = nullptr;
    std::string_view key;
    int64_t first = 0; ///< where a view of another storage begins
    int64_t count = 0;
};

/// key, numbers -> the bytes of that storage, as many as it has.
using FindStorage = std::function<std::optional<std::string_view>(const Storage&)>;

std::optional<Storage> storageOf(const pickle::Content& content, const Value& value)
{
    if (value.kind != Kind::Outside || content[value.items.front()].kind != Kind::List)
        return std::nullopt;
    const std::vector<pickle::Ref>& items = content[value.items.front()].items;
    if (items.size() < 5)
        return std::nullopt;
    const Value& type = content[items[1]];
    const Value& count = content[items[4]];
    constexpr std::string_view kModule = "torch.";
    if (type.kind != Kind::Global || !type.text.starts_with(kModule) || count.kind != Kind::Int)
        return std::nullopt;
    Storage storage;
    storage.type = findStorageType(type.text.substr(kModule.size()));
    storage.key = content[items[2]].text;
    storage.count = count.number;
    if (items.size() > 5 && content[items[5]].kind == Kind::List) { // a view: its key, its start, its length
        const auto& view = content[items[5]].items;
        if (view.size() != 3 || content[view[1]].kind != Kind::Int || content[view[2]].kind != Kind::Int)
            return std::nullopt;
        storage.first = content[view[1]].number;
        storage.count = content[view[2]].number;
    }
    if (storage.first < 0 || storage.first > kLargest || storage.count < 0 || storage.count > kLargest
        || storage.key.size() > kLongestName)
        return std::nullopt;
    return storage;
}

std::optional<std::vector<int64_t>> numbersOf(const pickle::Content& content, const Value& list)
{
    constexpr size_t kMostDimensions = 16;
    if (list.kind != Kind::List || list.items.size() > kMostDimensions)
        return std::nullopt;
    std::vector<int64_t> numbers;
    numbers.reserve(list.items.size());
    for (const pickle::Ref ref : list.items) {
        const Value& value = content[ref];
        if (value.kind != Kind::Int || value.number < 0 || value.number > kLargest)
            return std::nullopt;
        numbers.push_back(value.number);
    }
    return numbers;
}

/// Where the numbers of a tensor lie in its storage.
struct Layout {
    std::vector<int64_t> shape;
    std::vector<int64_t> strides;
    int64_t offset = 0;
    int64_t count = 1;
    int64_t end = 0; ///< behind the last number
};

std::optional<Layout> layoutOf(const pickle::Content& content, const Value& tensor)
{
    const Value* start = content.argument(tensor, 1);
    const Value* sizes = content.argument(tensor, 2);
    const Value* steps = content.argument(tensor, 3);
    if (!start || start->kind != Kind::Int || !sizes || !steps)
        return std::nullopt;
    auto shape = numbersOf(content, *sizes);
    auto strides = numbersOf(content, *steps);
    const int64_t offset = start->number;
    if (!shape || !strides || shape->size() != strides->size() || offset < 0 || offset > kLargest)
        return std::nullopt;
    Layout layout{*std::move(shape), *std::move(strides), offset, 1, offset + 1};
    for (size_t i = 0; i < layout.shape.size(); ++i) {
        const int64_t size = layout.shape[i];
        if (size > 0 && layout.count > kLargest / size)
            return std::nullopt;
        layout.count *= size;
        const int64_t stride = layout.strides[i];
        if (size > 1 && stride > 0 && size - 1 > (kLargest - 1) / stride)
            return std::nullopt;
        layout.end += size > 1 ? (size - 1) * stride : 0;
        if (layout.end > 2 * kLargest)
            return std::nullopt;
    }
    layout.end = layout.count == 0 ? 0 : layout.end;
    return layout;
}

NdArray widened(const Layout& layout, const TensorType& type, std::string_view bytes)
{
    NdArray array(layout.shape);
    std::vector<int64_t> index(layout.shape.size());
    int64_t at = layout.offset;
    for (float& value : array.values) {
        value = type.widen(bytes.data() + static_cast<uint64_t>(at) * type.bytes);
        for (size_t d = index.size(); d-- > 0;) {
            at += layout.strides[d];
            if (++index[d] < layout.shape[d])
                break;
            at -= layout.strides[d] * layout.shape[d];
            index[d] = 0;
        }
    }
    return array;
}

class Reader {
public:
    Reader(const pickle::Content& content, FindStorage find, size_t fileBytes, const std::string& name)
        : m_content(content)
        , m_find(std::move(find))
        , m_budget(kNumbersPerByte * fileBytes + kFewNumbers)
        , m_name(name)
    {
    }

    Result<WeightFile> read(WeightFormat format)
    {
        m_file.format = format;
        const Value* model = findModel(m_content.top(), kDeepest);
        if (!model)
            return withoutModel(m_name);
        // A name that comes twice: the last one counts, as in Python.
        std::map<std::string_view, const Value*> byName;
        for (size_t i = 0; i + 1 < model->items.size(); i += 2)
            if (const Value& key = m_content[model->items[i]]; key.isText()) {
                if (key.text.size() > kLongestName)
                    return damaged(m_name,
                        "it has a name of " + std::to_string(key.text.size()) + " bytes, which is none");
                byName[key.text] = &m_content[model->items[i + 1]];
            }
        for (const auto& [key, tensor] : byName) {
            if (tensor->kind != Kind::Made)
                continue;
            if (printable(key) != key || key == kReserved)
                return damaged(
                    m_name, "it has a tensor with the name \"" + printable(key) + "\", which is none");
            if (const Status status = readTensor(std::string(key), *tensor); !status)
                return status.error();
        }
        return std::move(m_file);
    }

private:
    bool holdsTensors(const Value& dict) const
    {
        for (size_t i = 0; dict.kind == Kind::Dict && i + 1 < dict.items.size(); i += 2)
            if (m_content[dict.items[i + 1]].kind == Kind::Made)
                return true;
        return false;
    }

    /// The dictionary with the model's tensors; notes the way to it.
    const Value* findModel(const Value& from, int depth)
    {
        std::array<const Value*, kRoots.size()> inner{};
        for (size_t i = 0; depth > 0 && from.kind == Kind::Dict && i + 1 < from.items.size(); i += 2) {
            const Value& key = m_content[from.items[i]];
            const auto root = std::find(kRoots.begin(), kRoots.end(), key.text);
            if (key.isText() && root != kRoots.end())
                inner.at(static_cast<size_t>(root - kRoots.begin())) = &m_content[from.items[i + 1]];
        }
        for (size_t i = 0; i < kRoots.size(); ++i) {
            const Value* model = inner.at(i) ? findModel(*inner.at(i), depth - 1) : nullptr;
            if (!model)
                continue;
            m_file.root = std::string(kRoots.at(i)) + (m_file.root.empty() ? "" : "." + m_file.root);
            return model;
        }
        return holdsTensors(from) ? &from : nullptr;
    }

    Status readTensor(const std::string& key, const Value& tensor)
    {
        const std::string place = "tensor \"" + key + "\" ";
        const Value* numbers = m_content.argument(tensor, 0);
        const auto storage = numbers ? storageOf(m_content, *numbers) : std::nullopt;
        const auto layout = layoutOf(m_content, tensor);
        if (!storage || !layout)
            return damaged(m_name, place + "has a malformed description");
        if (!storage->type)
            return Error{ErrorCode::Unsupported,
                m_name + ": " + place
                    + "has a type of numbers that is not read; save it as 32-bit floating point."};
        if (layout->end > storage->count)
            return damaged(m_name,
                place + "of shape " + shapeText(layout->shape) + " reaches beyond its storage of "
                    + std::to_string(storage->count) + " numbers");
        const auto bytes = m_find(*storage);
        const uint64_t wanted = static_cast<uint64_t>(storage->count) * storage->type->bytes;
        if (!bytes || bytes->size() < wanted)
            return damaged(
                m_name, place + "wants " + std::to_string(wanted) + " bytes, which are not in the file");
        const auto count = static_cast<uint64_t>(layout->count);
        if (count > m_budget)
            return damaged(m_name,
                place + "of shape " + shapeText(layout->shape)
                    + " and those before it claim more numbers than " + "a file of this size has");
        m_budget -= count;
        m_file.stored.push_back({key, std::string(storage->type->name), layout->shape});
        m_file.content.tensors[key] = widened(*layout, *storage->type, *bytes);
        return {};
    }

    const pickle::Content& m_content;
    FindStorage m_find;
    uint64_t m_budget;
    const std::string& m_name;
    WeightFile m_file;
};

template <typename T> T at(std::string_view bytes, size_t offset)
{
    T value{};
    if (offset <= bytes.size() && sizeof value <= bytes.size() - offset)
        std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

std::optional<std::string_view> viewOf(std::string_view bytes, const Storage& storage)
{
    const uint64_t skipped = static_cast<uint64_t>(storage.first) * storage.type->bytes;
    if (skipped > bytes.size())
        return std::nullopt;
    return bytes.substr(skipped);
}

/// The pickle at `at`, which moves behind it.
Result<pickle::Content> nextPickle(std::string_view bytes, size_t& at, const std::string& name)
{
    auto content = readTorchPickle(bytes.substr(at), name);
    if (content)
        at += content->size;
    return content;
}

/// The storages behind the last pickle: a count and the numbers, in the order of its list of keys.
Result<std::map<std::string_view, std::string_view>> legacyStorages(std::string_view bytes,
    const pickle::Content& keys, const std::map<std::string_view, uint64_t>& widths, const std::string& name)
{
    std::map<std::string_view, std::string_view> storages;
    if (keys.top().kind != Kind::List)
        return damaged(name, "its list of storages is none");
    for (const pickle::Ref ref : keys.top().items) {
        const std::string_view key = keys[ref].text;
        const auto width = widths.find(key);
        const auto count = at<uint64_t>(bytes, 0);
        if (width == widths.end() || bytes.size() < sizeof count
            || count > (bytes.size() - sizeof count) / width->second)
            return damaged(name, "it ends inside its storages");
        storages[key] = bytes.substr(sizeof count, count * width->second);
        bytes.remove_prefix(sizeof count + count * width->second);
    }
    return storages;
}

/// Bytes per number of every storage that the pickle points to.
std::map<std::string_view, uint64_t> widthsOf(const pickle::Content& content)
{
    std::map<std::string_view, uint64_t> widths;
    for (const Value& value : content.values) {
        const auto storage = storageOf(content, value);
        if (storage && storage->type)
            widths[storage->key] = storage->type->bytes;
    }
    return widths;
}

} // namespace

Result<WeightFile> parseTorchZip(std::string_view bytes, const std::string& name)
{
    const auto members = readZip(bytes, name);
    if (!members)
        return members.error();
    constexpr std::string_view kPickle = "/data.pkl";
    const auto pickled = std::find_if(members->begin(), members->end(),
        [&](const auto& member) { return member.first.ends_with(kPickle); });
    if (pickled == members->end())
        return damaged(name, "it is a zip archive without data.pkl");
    const std::string folder = pickled->first.substr(0, pickled->first.size() - kPickle.size());
    if (members->contains(folder + "/constants.pkl"))
        return Error{ErrorCode::Unsupported,
            name + ": it is a TorchScript module, code and weights together; name it as a backbone instead."};
    if (const auto order = members->find(folder + "/byteorder");
        order != members->end() && order->second != "little")
        return Error{ErrorCode::Unsupported,
            name + ": its numbers are big-endian; save it again on a machine with another processor."};
    const auto content = readTorchPickle(pickled->second, name);
    if (!content)
        return content.error();
    const FindStorage find = [&](const Storage& storage) -> std::optional<std::string_view> {
        const auto member = members->find(std::string(folder).append("/data/").append(storage.key));
        return member == members->end() ? std::nullopt : viewOf(member->second, storage);
    };
    return Reader(*content, find, bytes.size(), name).read(WeightFormat::Zip);
}

Result<WeightFile> parseTorchLegacy(std::string_view bytes, const std::string& name)
{
    size_t at = 0;
    const auto magic = nextPickle(bytes, at, name);
    if (!magic)
        return magic.error();
    if (!magic->top().isText() || magic->top().text != kLegacyMagic)
        return withoutModel(name);
    const auto protocol = nextPickle(bytes, at, name);
    if (!protocol)
        return protocol.error();
    if (protocol->top().kind != Kind::Int || protocol->top().number != kLegacyProtocol)
        return damaged(name, "its version is unknown");
    const auto system = nextPickle(bytes, at, name);
    if (!system)
        return system.error();
    if (const Value* little = system->find(system->top(), "little_endian"); little && little->number == 0)
        return Error{ErrorCode::Unsupported,
            name + ": its numbers are big-endian; save it again on a machine with another processor."};
    const auto content = nextPickle(bytes, at, name);
    if (!content)
        return content.error();
    const auto keys = nextPickle(bytes, at, name);
    if (!keys)
        return keys.error();
    const auto storages = legacyStorages(bytes.substr(at), *keys, widthsOf(*content), name);
    if (!storages)
        return storages.error();
    const FindStorage find = [&](const Storage& storage) -> std::optional<std::string_view> {
        const auto found = storages->find(storage.key);
        return found == storages->end() ? std::nullopt : viewOf(found->second, storage);
    };
    return Reader(*content, find, bytes.size(), name).read(WeightFormat::Legacy);
}

} // namespace telltale

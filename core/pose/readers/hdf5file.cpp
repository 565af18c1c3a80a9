// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/readers/hdf5file.h"
#include "base/files.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <hdf5.h>
#include <mutex>
#include <utility>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Deflate cannot pack better than 1032 to 1, so a larger claim is a lie; also, what would not fit.
constexpr uint64_t kBestRatio = 1032;
constexpr uint64_t kSmallArray = uint64_t{1} << 20;
constexpr uint64_t kLargestArray = uint64_t{1} << 30;
constexpr size_t kLargestText = size_t{1} << 24;
constexpr size_t kMostNames = 1000;

/// One at a time, and no messages of the library on the terminal.
class LibraryLock {
public:
    LibraryLock() : m_lock(mutex()) { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

private:
    static std::mutex& mutex()
    {
        static std::mutex one;
        return one;
    }
    std::lock_guard<std::mutex> m_lock;
};

/// Closes what the library opened.
class Id {
public:
    Id(hid_t id, herr_t (*close)(hid_t)) : m_id(id), m_close(close) { }
    ~Id()
    {
        if (m_id >= 0)
            m_close(m_id);
    }
    Id(const Id&) = delete;
    Id& operator=(const Id&) = delete;
    explicit operator bool() const { return m_id >= 0; }
    hid_t operator*() const { return m_id; }

private:
    hid_t m_id;
    herr_t (*m_close)(hid_t);
};

Result<std::vector<int64_t>> dimensionsOf(hid_t space, const std::string& place)
{
    const int count = H5Sget_simple_extent_ndims(space);
    if (count < 0 || count > H5S_MAX_RANK || H5Sget_simple_extent_type(space) == H5S_NULL)
        return Error{ErrorCode::BadFormat, place + ": has no dimensions that can be read"};
    std::vector<hsize_t> sizes(static_cast<size_t>(count) + 1);
    H5Sget_simple_extent_dims(space, sizes.data(), nullptr);
    std::vector<int64_t> shape;
    for (int i = 0; i < count; ++i) {
        if (sizes[static_cast<size_t>(i)] > kLargestArray)
            return Error{ErrorCode::BadFormat,
                place + ": claims " + std::to_string(sizes[static_cast<size_t>(i)])
                    + " entries, more than any track has"};
        shape.push_back(static_cast<int64_t>(sizes[static_cast<size_t>(i)]));
    }
    return shape;
}

/// Numbers in such a shape, 0 where one would not fit.
uint64_t countOf(const std::vector<int64_t>& shape)
{
    uint64_t count = 1;
    for (const int64_t size : shape) {
        if (size == 0)
            return 0;
        if (count > kLargestArray / static_cast<uint64_t>(size))
            return kLargestArray + 1;
        count *= static_cast<uint64_t>(size);
    }
    return count;
}

/// Whether `count` values of the dataset can be in the file at all, and are not in another one. What it packs
/// into one chunk counts too: the library takes memory for a whole chunk.
Status checkSize(hid_t dataset, uint64_t count, uint64_t valueSize, const std::string& place)
{
    const uint64_t stored = H5Dget_storage_size(dataset);
    const uint64_t most = std::min(kLargestArray, std::max(kSmallArray, stored * kBestRatio));
    uint64_t chunk = 0;
    const Id plan(H5Dget_create_plist(dataset), H5Pclose);
    if (!plan || H5Pget_layout(*plan) == H5D_VIRTUAL || H5Pget_external_count(*plan) > 0)
        return Error{ErrorCode::BadFormat,
            place + ": its values lie in another file; save them in this one (h5repack does)"};
    if (H5Pget_layout(*plan) == H5D_CHUNKED) {
        std::vector<hsize_t> sizes(H5S_MAX_RANK);
        const int rank = H5Pget_chunk(*plan, H5S_MAX_RANK, sizes.data());
        std::vector<int64_t> shape;
        for (int i = 0; i < rank; ++i)
            shape.push_back(
                static_cast<int64_t>(std::min<hsize_t>(sizes[static_cast<size_t>(i)], kLargestArray)));
        chunk = countOf(shape);
    }
    const uint64_t all = std::max(count, chunk);
    if (all > kLargestArray || all * std::max<uint64_t>(valueSize, sizeof(float)) > most)
        return Error{ErrorCode::BadFormat,
            place + ": claims " + (count > kLargestArray ? "more than " : "")
                + std::to_string(std::min(count, kLargestArray)) + " values, but the file holds "
                + std::to_string(stored) + " bytes of them; it is damaged"};
    return {};
}

bool isNumber(hid_t type)
{
    const H5T_class_t kind = H5Tget_class(type);
    return kind == H5T_INTEGER || kind == H5T_FLOAT || kind == H5T_ENUM;
}

} // namespace

struct Hdf5File::Handle {
    hid_t id = -1;
    std::string name;

    std::string place(const std::string& path) const { return name + ", " + path; }
    Error missing(const std::string& path) const
    {
        return {ErrorCode::NotFound, place(path) + ": is not there"};
    }
    Error unreadable(const std::string& path) const
    {
        return {ErrorCode::BadFormat, place(path) + ": cannot be read; the file is damaged"};
    }
    /// A link that leads nowhere but into this file: one into others would read what nobody has chosen.
    bool isInside(const std::string& path) const
    {
        H5L_info_t info{};
        return H5Lexists(id, path.c_str(), H5P_DEFAULT) > 0
            && H5Lget_info(id, path.c_str(), &info, H5P_DEFAULT) >= 0
            && (info.type == H5L_TYPE_HARD || info.type == H5L_TYPE_SOFT);
    }
    bool contains(const std::string& path) const
    {
        // Each step: the library fails at "a/b" where there is no a.
        for (size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
            const std::string part = path.substr(0, end);
            if (part != "/" && !isInside(part))
                return false;
            if (end == std::string::npos)
                return path == "/" || H5Oexists_by_name(id, path.c_str(), H5P_DEFAULT) > 0;
        }
    }
};

Hdf5File::Hdf5File(std::unique_ptr<Handle> handle) : m_handle(std::move(handle)) { }
Hdf5File::Hdf5File(Hdf5File&&) noexcept = default;
Hdf5File& Hdf5File::operator=(Hdf5File&&) noexcept = default;

Hdf5File::~Hdf5File()
{
    if (!m_handle)
        return;
    const LibraryLock lock;
    H5Fclose(m_handle->id);
}

Result<Hdf5File> Hdf5File::open(const fs::path& file)
{
    std::error_code ec;
    if (!fs::exists(file, ec))
        return Error{ErrorCode::NotFound, file.string() + ": there is no such file"};
    const LibraryLock lock;
    auto handle = std::make_unique<Handle>();
    handle->name = file.string();
    handle->id = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (handle->id < 0)
        return Error{ErrorCode::BadFormat,
            file.string() + ": is no HDF5 file that can be read; it is damaged or cut short"};
    return Hdf5File(std::move(handle));
}

bool Hdf5File::contains(const std::string& path) const
{
    const LibraryLock lock;
    return m_handle->contains(path);
}

std::vector<std::string> Hdf5File::names(const std::string& group) const
{
    const LibraryLock lock;
    std::vector<std::string> all;
    if (!m_handle->contains(group))
        return all;
    const Id id(H5Gopen2(m_handle->id, group.c_str(), H5P_DEFAULT), H5Gclose);
    if (!id)
        return all;
    H5Literate(
        *id, H5_INDEX_NAME, H5_ITER_INC, nullptr,
        [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
            auto& names = *static_cast<std::vector<std::string>*>(list);
            names.emplace_back(name);
            return names.size() >= kMostNames ? 1 : 0;
        },
        &all);
    return all;
}

Result<std::vector<int64_t>> Hdf5File::shape(const std::string& dataset) const
{
    const LibraryLock lock;
    if (!m_handle->contains(dataset))
        return m_handle->missing(dataset);
    const Id id(H5Dopen2(m_handle->id, dataset.c_str(), H5P_DEFAULT), H5Dclose);
    const Id space(id ? H5Dget_space(*id) : -1, H5Sclose);
    return space ? dimensionsOf(*space, m_handle->place(dataset))
                 : Result<std::vector<int64_t>>(m_handle->unreadable(dataset));
}

Result<Hdf5Numbers> Hdf5File::numbers(const std::string& dataset) const
{
    const LibraryLock lock;
    if (!m_handle->contains(dataset))
        return m_handle->missing(dataset);
    const std::string place = m_handle->place(dataset);
    const Id id(H5Dopen2(m_handle->id, dataset.c_str(), H5P_DEFAULT), H5Dclose);
    const Id space(id ? H5Dget_space(*id) : -1, H5Sclose);
    const Id type(id ? H5Dget_type(*id) : -1, H5Tclose);
    if (!space || !type)
        return m_handle->unreadable(dataset);
    if (!isNumber(*type))
        return Error{ErrorCode::BadFormat, place + ": holds no numbers"};
    const auto shape = dimensionsOf(*space, place);
    if (!shape)
        return shape.error();
    Hdf5Numbers result{*shape, {}};
    const uint64_t count = countOf(*shape);
    if (const Status status = checkSize(*id, count, H5Tget_size(*type), place); !status)
        return status.error();
    result.values.resize(count);
    if (count > 0 && H5Dread(*id, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.values.data()) < 0)
        return m_handle->unreadable(dataset);
    return result;
}

Result<Hdf5Column> Hdf5File::column(const std::string& dataset, const std::string& field) const
{
    const LibraryLock lock;
    if (!m_handle->contains(dataset))
        return m_handle->missing(dataset);
    const std::string place = m_handle->place(dataset) + ", column " + field;
    const Id id(H5Dopen2(m_handle->id, dataset.c_str(), H5P_DEFAULT), H5Dclose);
    const Id space(id ? H5Dget_space(*id) : -1, H5Sclose);
    const Id type(id ? H5Dget_type(*id) : -1, H5Tclose);
    if (!space || !type)
        return m_handle->unreadable(dataset);
    const int index = H5Tget_class(*type) == H5T_COMPOUND ? H5Tget_member_index(*type, field.c_str()) : -1;
    if (index < 0)
        return Error{ErrorCode::NotFound, place + ": is not there"};
    const auto shape = dimensionsOf(*space, place);
    if (!shape)
        return shape.error();
    const Id member(H5Tget_member_type(*type, static_cast<unsigned>(index)), H5Tclose);
    Hdf5Column result{*shape, {}};
    const bool isArray = member && H5Tget_class(*member) == H5T_ARRAY;
    hsize_t width = 1;
    if (isArray) {
        if (H5Tget_array_ndims(*member) != 1 || H5Tget_array_dims2(*member, &width) < 0
            || width > kLargestArray)
            return m_handle->unreadable(dataset);
        result.shape.push_back(static_cast<int64_t>(width));
    }
    const Id base(isArray ? H5Tget_super(*member) : member ? H5Tcopy(*member) : -1, H5Tclose);
    if (!base || !isNumber(*base))
        return Error{ErrorCode::BadFormat, place + ": holds no numbers"};
    const uint64_t rows = countOf(*shape);
    const uint64_t count = countOf(result.shape);
    if (const Status status = checkSize(*id, std::max(rows, uint64_t{1}), H5Tget_size(*type), place); !status)
        return status.error();
    if (count > kLargestArray / sizeof(double))
        return m_handle->unreadable(dataset);
    const Id element(
        isArray ? H5Tarray_create2(H5T_NATIVE_DOUBLE, 1, &width) : H5Tcopy(H5T_NATIVE_DOUBLE), H5Tclose);
    const Id wanted(H5Tcreate(H5T_COMPOUND, width * sizeof(double)), H5Tclose);
    if (!element || !wanted || H5Tinsert(*wanted, field.c_str(), 0, *element) < 0)
        return m_handle->unreadable(dataset);
    result.values.resize(count);
    if (count > 0 && H5Dread(*id, *wanted, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.values.data()) < 0)
        return m_handle->unreadable(dataset);
    return result;
}

Result<std::vector<std::string>> Hdf5File::texts(const std::string& dataset) const
{
    const LibraryLock lock;
    if (!m_handle->contains(dataset))
        return m_handle->missing(dataset);
    const std::string place = m_handle->place(dataset);
    const Id id(H5Dopen2(m_handle->id, dataset.c_str(), H5P_DEFAULT), H5Dclose);
    const Id space(id ? H5Dget_space(*id) : -1, H5Sclose);
    const Id type(id ? H5Dget_type(*id) : -1, H5Tclose);
    if (!space || !type)
        return m_handle->unreadable(dataset);
    const auto shape = dimensionsOf(*space, place);
    if (!shape)
        return shape.error();
    const uint64_t count = countOf(*shape);
    const size_t size = H5Tget_size(*type);
    if (H5Tget_class(*type) != H5T_STRING || shape->size() > 1 || count > kLargestText || size == 0)
        return Error{ErrorCode::BadFormat, place + ": holds no list of texts"};
    if (const Status status = checkSize(*id, count, size, place); !status)
        return status.error();
    std::vector<std::string> all;
    if (H5Tis_variable_str(*type) > 0) {
        std::vector<char*> pointers(count, nullptr);
        const Id wanted(H5Tcopy(*type), H5Tclose);
        // Many may be one and the same text in the file.
        hsize_t together = 0;
        if (count > 0
            && (H5Dvlen_get_buf_size(*id, *wanted, *space, &together) < 0 || together > kLargestText))
            return Error{ErrorCode::BadFormat, place + ": its texts are longer than any names"};
        if (count > 0 && H5Dread(*id, *wanted, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()) < 0)
            return m_handle->unreadable(dataset);
        for (const char* text : pointers)
            all.emplace_back(text ? text : "");
        H5Dvlen_reclaim(*wanted, *space, H5P_DEFAULT, static_cast<void*>(pointers.data()));
        return all;
    }
    std::string bytes(count * size, '\0');
    if (count > 0 && H5Dread(*id, *type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()) < 0)
        return m_handle->unreadable(dataset);
    for (uint64_t i = 0; i < count; ++i) {
        const std::string text = bytes.substr(i * size, size);
        all.push_back(text.substr(0, text.find('\0')));
    }
    return all;
}

Result<std::string> Hdf5File::textAttribute(const std::string& path, const std::string& attribute) const
{
    const LibraryLock lock;
    const std::string place = path + "@" + attribute;
    if (!m_handle->contains(path)
        || H5Aexists_by_name(m_handle->id, path.c_str(), attribute.c_str(), H5P_DEFAULT) <= 0)
        return m_handle->missing(place);
    const Id id(
        H5Aopen_by_name(m_handle->id, path.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    const Id type(id ? H5Aget_type(*id) : -1, H5Tclose);
    const Id space(id ? H5Aget_space(*id) : -1, H5Sclose);
    if (!type || !space || H5Tget_class(*type) != H5T_STRING || H5Sget_simple_extent_npoints(*space) != 1)
        return m_handle->unreadable(place);
    if (H5Tis_variable_str(*type) > 0) {
        char* text = nullptr;
        if (H5Aread(*id, *type, static_cast<void*>(&text)) < 0)
            return m_handle->unreadable(place);
        std::string copy(text ? text : "");
        H5Dvlen_reclaim(*type, *space, H5P_DEFAULT, static_cast<void*>(&text));
        return copy;
    }
    const size_t size = H5Tget_size(*type);
    if (size > kLargestText)
        return m_handle->unreadable(place);
    std::string bytes(size, '\0');
    if (H5Aread(*id, *type, bytes.data()) < 0)
        return m_handle->unreadable(place);
    return bytes;
}

Result<double> Hdf5File::numberAttribute(const std::string& path, const std::string& attribute) const
{
    const LibraryLock lock;
    const std::string place = path + "@" + attribute;
    if (!m_handle->contains(path)
        || H5Aexists_by_name(m_handle->id, path.c_str(), attribute.c_str(), H5P_DEFAULT) <= 0)
        return m_handle->missing(place);
    const Id id(
        H5Aopen_by_name(m_handle->id, path.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    const Id type(id ? H5Aget_type(*id) : -1, H5Tclose);
    const Id space(id ? H5Aget_space(*id) : -1, H5Sclose);
    double value = 0;
    if (!type || !space || !isNumber(*type) || H5Sget_simple_extent_npoints(*space) != 1
        || H5Aread(*id, H5T_NATIVE_DOUBLE, &value) < 0 || !std::isfinite(value))
        return m_handle->unreadable(place);
    return value;
}

namespace {

/// Texts go out padded to the length of the longest, as h5py writes numpy's bytes.
bool writeTexts(hid_t file, const Hdf5Dataset& one)
{
    size_t length = 1;
    for (const std::string& text : one.texts)
        length = std::max(length, text.size());
    std::string bytes;
    for (const std::string& text : one.texts) {
        bytes += text;
        bytes.append(length - text.size(), '\0');
    }
    const std::vector<hsize_t> sizes(one.shape.begin(), one.shape.end());
    const Id type(H5Tcopy(H5T_C_S1), H5Tclose);
    if (!type || H5Tset_size(*type, length) < 0 || H5Tset_strpad(*type, H5T_STR_NULLPAD) < 0)
        return false;
    const Id space(sizes.empty() ? H5Screate(H5S_SCALAR)
                                 : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
        H5Sclose);
    const Id set(
        H5Dcreate2(file, one.name.c_str(), *type, *space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose);
    return set && (bytes.empty() || H5Dwrite(*set, *type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()) >= 0);
}

bool writeNumbers(hid_t file, const Hdf5Dataset& one)
{
    std::vector<hsize_t> sizes(one.shape.begin(), one.shape.end());
    const Id space(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose);
    const Id set(space ? H5Dcreate2(file, one.name.c_str(), one.whole ? H5T_STD_I32LE : H5T_IEEE_F32LE,
                     *space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT)
                       : -1,
        H5Dclose);
    return set
        && (one.numbers.empty()
            || H5Dwrite(*set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, one.numbers.data()) >= 0);
}

} // namespace

Status writeHdf5(const fs::path& file, const std::vector<Hdf5Dataset>& datasets)
{
    const fs::path part = file.string() + ".part";
    bool good = false;
    {
        const LibraryLock lock;
        const Id id(H5Fcreate(part.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
        good = static_cast<bool>(id) && std::ranges::all_of(datasets, [&](const Hdf5Dataset& one) {
            return one.texts.empty() ? writeNumbers(*id, one) : writeTexts(*id, one);
        }) && H5Fflush(*id, H5F_SCOPE_GLOBAL) >= 0;
    }
    std::error_code ec;
    if (good)
        fs::rename(part, file, ec);
    if (good && !ec)
        return {};
    fs::remove(part, ec);
    return Error{ErrorCode::Io, file.string() + ": cannot be written"};
}

} // namespace telltale

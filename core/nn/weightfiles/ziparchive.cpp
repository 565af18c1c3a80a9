// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "nn/weightfiles/ziparchive.h"
#include "base/printable.h"
#include "base/zipdirectory.h"

namespace telltale {

namespace {

Error damaged(const std::string& name, const std::string& what)
{
    return {ErrorCode::BadFormat,
        name + ": " + printable(what)
            + ". The file is damaged or was not fetched to its end; fetch it again."};
}

} // namespace

Result<ZipMembers> readZip(std::string_view bytes, const std::string& name)
{
    const auto entries = readZipDirectory(bytes);
    if (!entries)
        return damaged(name, entries.error().message);
    ZipMembers members;
    for (const ZipEntry& entry : *entries) {
        if (entry.encrypted || entry.method != ZipEntry::kStored)
            return Error{ErrorCode::Unsupported,
                name + ": its member \"" + printable(entry.name)
                    + "\" is packed or encrypted; PyTorch stores members as they are. Unpack the archive and "
                      "save the weights again."};
        const auto content = packedZipBytes(bytes, entry);
        if (!content)
            return damaged(name, content.error().message);
        if (entry.size != entry.packedSize)
            return damaged(name, "its entry " + std::string(entry.name) + " has two sizes");
        members[std::string(entry.name)] = *content;
    }
    return members;
}

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <filesystem>
#include <string>

namespace telltale {

/// "file:///videos/a%20b.mp4" for an absolute path (RFC 8089).
std::string fileUrl(const std::filesystem::path& file);
/// A part of a path with what is not allowed in a URL as %XX (RFC 3986, section 2.1); '/' stays.
std::string percentEncoded(const std::string& text);
/// The path in a file URL or in a plain path of any system, with forward slashes and without %XX.
std::string pathOfUrl(const std::string& url);
/// "video/mp4" by the file's extension; "unknown" where that says nothing, as ELAN does.
std::string mimeTypeOf(const std::filesystem::path& file);

} // namespace telltale

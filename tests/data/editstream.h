// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/random.h"
#include "data/document.h"
#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>

namespace telltale {

Annotation makeSpan(int64_t videoId, FrameSpan span, int classId);
VideoEntry makeVideo(const std::string& name, const std::string& path);
LabelScheme makeScheme(const std::string& name, int classes);
ModelEntry makeHeads(const std::string& file);

/// A project with one video of 10,000 frames and five classes.
std::unique_ptr<Document> makeSmallProject(const std::filesystem::path& folder);
/// One edit, undo or redo, chosen at random. Never fails on a healthy project.
Status randomEdit(Document& document, Random& random);
/// Everything that counts, as text, so that two projects can be compared.
std::string describe(const Document& document);
/// A folder that goes away with the object.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// Edits the project at random for ever; after each edit writes "EDITS DIGEST\n" of the state to stdout. With
/// `background` edits are acknowledged before the store has them.
int runEditStream(const std::string& folder, uint64_t seed, bool background);

/// A process that runs it.
struct Victim {
    pid_t process = -1;
    int output = -1; ///< what it writes
};
Victim startEditStream(const std::filesystem::path& folder, uint64_t seed, const char* mode);
/// Digests by number of edits, of the whole lines.
std::map<int64_t, std::string> acknowledgedIn(const std::string& text);

} // namespace telltale

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/cli/benchtools.h"
#include <QProcess>
#include <memory>
#include <string>

namespace telltale {

/// A program in Debian's Python as a peer. It prints "ready" when it is, then answers each line with the CPU
/// and wall time that the work took, in nanoseconds. Belongs to one thread.
class PythonPeer {
public:
    /// NotFound tells to install `package` where the program does not become ready.
    static Result<std::unique_ptr<PythonPeer>> start(
        const char* program, const std::vector<int>& arguments, const char* package);
    ~PythonPeer();
    PythonPeer(const PythonPeer&) = delete;
    PythonPeer& operator=(const PythonPeer&) = delete;

    Result<Cost> run();

private:
    explicit PythonPeer(std::string package) : m_package(std::move(package)) { }
    Result<std::string> answer();
    std::string m_package;
    QProcess m_process;
};

} // namespace telltale
